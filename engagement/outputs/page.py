"""What the page of an output, or of one of its editions, shows."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

from engagement.accounts.models import User
from engagement.core.bilingual import LANGUAGES
from engagement.outputs import licences
from engagement.outputs.models import Correction, Edition, File, Output
from engagement.people.models import Sector


class Neighbour(NamedTuple):
    """What came before or after: another edition, or (`edition` is None) an output."""

    output: Output
    edition: Edition | None = None

    def get_absolute_url(self) -> str:
        return (self.edition or self.output).get_absolute_url()


class Page(NamedTuple):
    """`edition` is the one that is shown: the newest public one where no other is asked
    for; None where there is none."""

    output: Output
    edition: Edition | None
    editions: list[Edition]
    files: list[File]
    missing: list[str]
    corrections: list[Correction]
    newest: Edition | None
    before: list[Neighbour]
    after: list[Neighbour]

    @property
    def is_newest(self) -> bool:
        return self.edition is not None and self.edition == self.newest

    @property
    def newer(self) -> list[Neighbour]:
        """What came after and stands; what is only planned is none."""
        return [
            one
            for one in self.after
            if one.output.status == Output.Status.PUBLISHED
            and not (one.edition and one.edition.withdrawn_at)
        ]

    @property
    def withdrawn(self) -> Output | Edition | None:
        """What the tombstone is of: the output, or the edition."""
        if self.output.status == Output.Status.WITHDRAWN:
            return self.output
        return self.edition if self.edition and self.edition.withdrawn_at else None


def of(
    output: Output, user: User | AnonymousUser, number: int | None = None
) -> Page | None:
    """None where the edition of this number is not there, or not for `user`."""
    editions = list(output.editions.visible_to(user))
    for edition in editions:
        edition.output = output
    public = [one for one in editions if one.published_at]
    newest = next((one for one in public if not one.withdrawn_at), None)
    shown = newest or next(iter(public or editions), None)
    if number is not None:
        shown = next((one for one in editions if one.number == number), None)
        if shown is None:
            return None
    files = list(shown.files.standing()) if shown else []
    corrections = (
        list(shown.corrections.select_related("old_file", "new_file")) if shown else []
    )
    before, after = _neighbours(output, user, public, shown)
    absent = _missing(files) if files else []
    return Page(
        *(output, shown, editions, files, absent, corrections, newest, before, after)
    )


def _neighbours(
    output: Output,
    user: User | AnonymousUser,
    public: list[Edition],
    shown: Edition | None,
) -> tuple[list[Neighbour], list[Neighbour]]:
    """The edition before and the one after; at either end, the outputs that this one
    takes the place of, or that take its place."""
    number = shown.number if shown else 1
    older = [one for one in public if one.number < number]
    newer = [one for one in public if one.number > number]
    before = [Neighbour(output, older[0])] if older else []
    after = [Neighbour(output, newer[-1])] if newer else []
    if not before and output.supersedes_id:
        found = Output.objects.visible_to(user).filter(pk=output.supersedes_id)
        before = [Neighbour(one) for one in found]
    if not after:
        after = [Neighbour(one) for one in output.superseded_by.visible_to(user)]
    return before, after


def _missing(files: Iterable[File]) -> list[str]:
    """The languages in which there is no file."""
    have = {file.language for file in files}
    if File.Language.BOTH in have:
        return []
    return [lang for lang in LANGUAGES if lang not in have]


def context(page: Page, user: User | AnonymousUser) -> dict[str, Any]:
    """For templates. What is not published yet is announced by title and summary alone,
    but to those who write it (`told`)."""
    output = page.output
    known = dict(Sector.choices)
    return {
        "output": output,
        "page": page,
        "authors": list(output.authors.all()),
        "subjects": list(output.subjects.all()),
        "terms": list(output.terms.all()),
        "audience": [known[code] for code in output.audience if code in known],
        "licence_url": licences.address(output),
        "told": output.status == Output.Status.PUBLISHED
        or user.has_perm("outputs.manage"),
    }
