"""Where mail programs find the pictures of a newsletter.

Nobody is signed in there, and a draft is nobody else's business: an address holds a key
that only we can make, from the name of the file. No row is asked: what has been sent
keeps its pictures, whatever becomes of the article.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from engagement.core.bilingual import Shown, shown
from newsletters.models import Article, Picture


class Placed(NamedTuple):
    """A picture as `markup` and the mail's templates want it, in one language."""

    url: str
    alt: str
    lang: str
    width: int
    height: int


def placed(picture: Picture, language: str, broadest: int, url: str) -> Placed:
    """No broader than `broadest` pixels: Outlook keeps to the attributes alone."""
    alt: Shown = shown(picture, "alt", language)
    width = min(picture.width, broadest) or 1
    height = max(1, round(picture.height * width / (picture.width or 1)))
    return Placed(url, alt.text, alt.lang, width, height)


def of_article(
    article: Article,
    language: str,
    broadest: int,
    find: Callable[[Picture], str] = lambda picture: address(picture.upload),
) -> dict[str, Placed]:
    """By the names that the text knows them by, in their order; `find` says at what
    address each is, that for mail programs unless another is given."""
    return {
        each.name: placed(each, language, broadest, find(each))
        for each in article.pictures.all()
    }


def lead_picture(article: Article, pictures: Mapping[str, Placed]) -> Placed | None:
    """The first, which stands above the text; None where the text shows it itself."""
    name = next(iter(pictures), None)
    texts = (article.body_en, article.body_cy, article.summary_en, article.summary_cy)
    if name is None or any(f"picture:{name})" in text for text in texts):
        return None
    return pictures[name]


def address(upload: FieldFile) -> str:
    """ "" where there is no file."""
    if not upload.name:
        return ""
    path = reverse("newsletter_picture", args=[_key(upload.name), upload.name])
    return settings.SITE_URL + path


def fits(name: str, key: str) -> bool:
    """Whether `key` was made for the file of this name."""
    return constant_time_compare(key, _key(name))


def _key(name: str) -> str:
    return salted_hmac("dolen.picture", name).hexdigest()[:20]
