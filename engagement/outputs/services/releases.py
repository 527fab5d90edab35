"""What goes out with a release: its words, and editions of outputs."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.outputs.models import Edition, Output, Release, ReleaseItem

# A release announces what comes: its outputs do not, by themselves.
ANNOUNCED = (Output.Status.PROPOSED, Output.Status.PLANNED)


class Out(Refused):
    """What is out stays as it went out."""


class Announced(Refused):
    """The public has been told of it."""


class NotForThis(Refused):
    """The edition is out, is of another study, or goes out with another release."""


def create(*, by: User | None, fields: Mapping[str, Any]) -> Release:
    """A draft, which nobody outside is told of; its address is made from its title."""
    with transaction.atomic():
        release = Release(**fields)
        release.slug = slugs.make(release.title_en)
        release.save()
        entries.record(by=by, action="release.created", target=release)
    return release


def update(*, by: User | None, release: Release, fields: Mapping[str, Any]) -> Release:
    """Its title, news and study. Raises Out."""
    with transaction.atomic():
        release = unpublished(release.pk)
        for name, value in fields.items():
            setattr(release, name, value)
        release.save()
        entries.record(by=by, action="release.updated", target=release)
    return release


def discard(*, by: User | None, release: Release) -> None:
    """Deletes a draft; its editions stay. Raises Announced."""
    with transaction.atomic():
        release = locked(release.pk)
        if release.state != Release.State.DRAFT or release.changes.exists():
            raise Announced(_("It has been announced: cancel it, and say why."))
        entries.record(by=by, action="release.discarded", target=release)
        release.delete()


def add_edition(*, by: User | None, release: Release, edition: Edition) -> None:
    """From here on nothing of the output shows in public until the release is out, if it
    never was. Raises Out or NotForThis."""
    with transaction.atomic():
        release = unpublished(release.pk)
        output = Output.objects.select_for_update().get(pk=edition.output_id)
        if not Edition.objects.free_for(release).filter(pk=edition.pk).exists():
            raise NotForThis(_("This edition cannot go out with this release."))
        ReleaseItem.objects.create(release=release, edition=edition)
        if output.status in ANNOUNCED:
            output.status = Output.Status.DRAFT
            output.save(update_fields=["status", "changed_at"])
        entries.record(
            by=by, action="release.edition_added", target=release, edition=str(edition)
        )


def remove_edition(*, by: User | None, item: ReleaseItem) -> None:
    """Back to the drafts. Raises Out."""
    with transaction.atomic():
        release = unpublished(item.release_id)
        edition = item.edition
        item.delete()
        entries.record(
            by=by,
            action="release.edition_removed",
            target=release,
            edition=str(edition),
        )


def for_output(*, by: User | None, output: Output) -> Release:
    """The release that its newest edition goes out with; a new draft where it has none.
    Raises NotForThis where there is no edition that is not out."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        edition = output.editions.filter(published_at=None).first()
        if edition is None or output.study is None:
            raise NotForThis(_("There is no edition that is still to come out."))
        if item := ReleaseItem.objects.filter(edition=edition).first():
            return item.release
        titles = {"title_en": output.title_en, "title_cy": output.title_cy}
        release = create(by=by, fields={"study": output.study, **titles})
        add_edition(by=by, release=release, edition=edition)
    return release


def locked(pk: int) -> Release:
    """The release, held until the end of the transaction."""
    return Release.objects.select_for_update().get(pk=pk)


def unpublished(pk: int) -> Release:
    """As `locked`. Raises Out."""
    release = locked(pk)
    if release.is_out:
        raise Out(_("This release is out, and stays as it went out."))
    return release
