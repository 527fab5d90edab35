"""The pictures of an article. A file stays on the disk when its picture is taken away:
a mail that went may still show it, and it can be put back."""

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import uploads
from engagement.core.errors import Refused
from engagement.core.moving import move_row
from newsletters.models import Article, Picture
from newsletters.services.articles import held

Values = dict[str, Any]
# What a picture is put back from.
KEPT = ("name", "position", "width", "height", "alt_en", "alt_cy")


class NameTaken(Refused):
    """Another picture of the article has this name in the text."""


def add(*, by: User | None, article: Article, upload: "UploadedFile[Any]") -> Picture:
    """At the end, named after its file. The form has checked it; the file is on disk
    only if the row is in the database."""
    width, height = uploads.check_picture(upload)
    stem = slugify(PurePath(upload.name or "").stem)[:50] or "picture"
    with transaction.atomic():
        article = held(article)
        last = article.pictures.aggregate(last=Max("position"))["last"] or 0
        picture = Picture(
            article=article,
            position=last + 1,
            name=_free(article, stem),
            width=width,
            height=height,
        )
        ending = uploads.extension(upload.name or "")
        picture.upload.save(f"{stem}.{ending}", upload, save=False)
        try:
            picture.save()
            entries.record(by=by, action="article.picture_added", target=article)
        except Exception:
            picture.upload.delete(save=False)
            raise
    return picture


def change(
    *, by: User | None, picture: Picture, name: str, alt_en: str, alt_cy: str
) -> None:
    """Raises NameTaken."""
    with transaction.atomic():
        article = held(picture.article)
        _check_name(article, name, picture.pk)
        picture.name, picture.alt_en, picture.alt_cy = name, alt_en, alt_cy
        picture.save(update_fields=["name", "alt_en", "alt_cy"])
        entries.record(by=by, action="article.picture_changed", target=article)


def move(*, by: User | None, picture: Picture, up: bool) -> None:
    """One place up or down; at the end it stays."""
    with transaction.atomic():
        article = held(picture.article)
        if move_row(list(article.pictures.all()), picture.pk, up=up):
            entries.record(by=by, action="article.pictures_moved", target=article)


def remove(*, by: User | None, picture: Picture) -> Values:
    """What `restore` puts it back from."""
    values = {name: getattr(picture, name) for name in KEPT}
    values |= {"upload": picture.upload.name, "article": picture.article_id}
    with transaction.atomic():
        article = held(picture.article)
        picture.delete()
        entries.record(by=by, action="article.picture_removed", target=article)
    return values


def restore(*, by: User | None, article: Article, values: Values) -> None:
    """`values` are from `remove`. Raises NameTaken, also where it is back already."""
    with transaction.atomic():
        article = held(article)
        _check_name(article, values["name"])
        Picture.objects.create(**values | {"article": article})
        entries.record(by=by, action="article.picture_restored", target=article)


def _check_name(article: Article, name: str, own: int = 0) -> None:
    if article.pictures.filter(name=name).exclude(pk=own).exists():
        raise NameTaken(_("Another picture of this article has that name."))


def _free(article: Article, stem: str) -> str:
    taken = set(article.pictures.values_list("name", flat=True))
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
