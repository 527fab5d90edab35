"""Where mail programs, pages and documents find the pictures of a newsletter.

Nobody is signed in to a mail program, and a draft is nobody else's business: an address
holds a key that only we can make, from the name of the file, and pages that show it are
shown to those who may see the draft. No row is asked: what has been sent keeps its
pictures, whatever becomes of the article.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from engagement.core.bilingual import Shown, shown
from newsletters.models import Article, Newsletter, Picture


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
    size = _fitted(picture.width, picture.height, broadest)
    return Placed(url, *alt, *size)


def masthead(newsletter: Newsletter, language: str, broadest: int) -> Placed | None:
    """For a page; None where there is none, or nobody said what it shows: for some
    readers it would be a hole. Without a size (0) where nobody could measure it."""
    alt = shown(newsletter, "masthead_alt", language)
    if not newsletter.masthead or not alt.text:
        return None
    width, height = newsletter.masthead_width, newsletter.masthead_height
    size = _fitted(width, height, broadest) if width else (0, 0)
    return Placed(path(newsletter.masthead), *alt, *size)


def _fitted(width: int, height: int, broadest: int) -> tuple[int, int]:
    fitted = min(width, broadest) or 1
    return fitted, max(1, round(height * fitted / (width or 1)))


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
    return settings.SITE_URL + path(upload) if upload.name else ""


def path(upload: FieldFile) -> str:
    """The address on a page's own host, whichever name it was asked by: the policy of
    pages wants it."""
    name = upload.name or ""
    return reverse("newsletter_picture", args=[_key(name), name])


def fits(name: str, key: str) -> bool:
    """Whether `key` was made for the file of this name."""
    return constant_time_compare(key, _key(name))


def _key(name: str) -> str:
    return salted_hmac("dolen.picture", name).hexdigest()[:20]
