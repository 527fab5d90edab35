"""Where mail programs find the pictures of a newsletter.

Nobody is signed in there, and a draft is nobody else's business: an address holds a key
that only we can make, from the name of the file, so a new file has a new address.
"""

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


def placed(picture: Picture, language: str, broadest: int) -> Placed:
    """No broader than `broadest` pixels: Outlook keeps to the attributes alone."""
    alt: Shown = shown(picture, "alt", language)
    width = min(picture.width, broadest) or 1
    height = max(1, round(picture.height * width / (picture.width or 1)))
    return Placed(address(picture), alt.text, alt.lang, width, height)


def of_article(article: Article, language: str, broadest: int) -> dict[str, Placed]:
    """By the names that the text knows them by, in their order."""
    found = article.pictures.all()
    return {each.name: placed(each, language, broadest) for each in found}


def address(picture: Picture) -> str:
    return _address("newsletter_picture", picture.pk, picture.upload)


def masthead_address(newsletter: Newsletter) -> str:
    """ "" where the newsletter has none."""
    if not newsletter.masthead:
        return ""
    return _address("newsletter_masthead", newsletter.pk, newsletter.masthead)


def fits(upload: FieldFile, key: str) -> bool:
    """Whether `key` was made for this file."""
    return bool(upload.name) and constant_time_compare(key, _key(upload))


def _address(name: str, pk: int, upload: FieldFile) -> str:
    return settings.SITE_URL + reverse(name, args=[pk, _key(upload)])


def _key(upload: FieldFile) -> str:
    return salted_hmac("dolen.picture", upload.name or "").hexdigest()[:20]
