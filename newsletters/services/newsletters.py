"""Newsletters and their settings."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import resolve, reverse
from django.utils.text import slugify

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs, uploads
from newsletters.models import Newsletter

# Kept beside the row, once there is one.
MANY = ("other_studies", "owners", "testers")


def create(
    *,
    by: User | None,
    fields: Mapping[str, Any],
    masthead: "UploadedFile[Any] | None" = None,
) -> Newsletter:
    """With a slug from its English title, made once: addresses and consents know the
    newsletter by it. The form has checked the masthead."""
    newsletter = Newsletter(slug=_slug(fields["title_en"]))
    with transaction.atomic():
        _save(newsletter, fields, masthead)
        entries.record(by=by, action="newsletter.created", target=newsletter)
    return newsletter


def update(
    *,
    by: User | None,
    newsletter: Newsletter,
    fields: Mapping[str, Any],
    masthead: "UploadedFile[Any] | None" = None,
    without_masthead: bool = False,
) -> Newsletter:
    """A masthead that is replaced stays on the disk: mails that went show it."""
    with transaction.atomic():
        row = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        changed = [name for name in fields if _differs(row, name, fields[name])]
        if masthead or (without_masthead and row.masthead):
            changed.append("masthead")
        if without_masthead:
            row.masthead = ""
        if changed:
            _save(row, fields, masthead)
            entries.record(
                by=by, action="newsletter.updated", target=row, fields=changed
            )
    return row


def _save(
    newsletter: Newsletter,
    fields: Mapping[str, Any],
    masthead: "UploadedFile[Any] | None",
) -> None:
    """The file is on disk only if the row is in the database."""
    for name, value in fields.items():
        if name not in MANY:
            setattr(newsletter, name, value)
    if masthead:
        width, height = uploads.check_picture(masthead)
        newsletter.masthead_width, newsletter.masthead_height = width, height
        stem = slugify(PurePath(masthead.name or "").stem)[:50] or "masthead"
        ending = uploads.extension(masthead.name or "")
        newsletter.masthead.save(f"{stem}.{ending}", masthead, save=False)
    try:
        newsletter.save()
    except Exception:
        if masthead:
            newsletter.masthead.delete(save=False)
        raise
    for name in MANY:
        if name in fields:
            getattr(newsletter, name).set(fields[name])


def _differs(newsletter: Newsletter, name: str, value: Any) -> bool:
    if name in MANY:
        return set(getattr(newsletter, name).all()) != set(value)
    return bool(getattr(newsletter, name) != value)


def _slug(title: str) -> str:
    """One that no other newsletter has, and that hides no page."""
    slug = slugify(title)[:40]
    while not slug or _is_taken(slug):
        slug = slugs.make(title, 40).strip("-")
    return slug


def _is_taken(slug: str) -> bool:
    """Another page may stand where the newsletter's would, or where its issues' would."""
    hidden = any(
        resolve(reverse(f"newsletters:{name}", args=args)).url_name != name
        for name, args in (("detail", [slug]), ("issue", [slug, "issue"]))
    )
    return hidden or Newsletter.objects.filter(slug=slug).exists()
