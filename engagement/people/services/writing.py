"""The rows of an import, written in batches inside the caller's transaction."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bulk
from engagement.people.models import Affiliation, EmailAddress, Person, Tag
from engagement.people.services.planning import Step
from engagement.people.services.rows import Row

# As `_post` gives them.
POST: tuple[str, ...] = (
    "organisation_id",
    "organisation_name",
    "stated_sector",
    "function",
    "post",
)


class Writer:
    """Keeps who imports, the file's name and the tags there are between batches."""

    def __init__(self, *, by: User | None, source: str, overwrite: bool) -> None:
        self.by, self.source, self.overwrite = by, source[:200], overwrite
        self.tags = {tag.name.lower(): tag.pk for tag in Tag.objects.all()}

    def write(self, steps: list[Step]) -> None:
        new = [step for step in steps if step.kind == "new"]
        changed = [step for step in steps if step.kind == "changed"]
        self._create(new)
        self._change(changed)
        self._label(new, changed)

    def _create(self, steps: list[Step]) -> None:
        now = timezone.now()
        keys = bulk.insert(
            Person,
            ("name", "email", "language", "source", "is_synthetic", "created_at"),
            [
                (row.name, row.email, row.language or "en", self.source, False, now)
                for row in (step.row for step in steps)
            ],
        )
        for step, key in zip(steps, keys, strict=True):
            step.person = key
        bulk.insert(
            EmailAddress,
            ("person_id", "address", "digest", "created_at"),
            [(*one, now) for step in steps for one in _addresses(step)],
        )
        bulk.insert(
            Affiliation,
            ("person_id", "started_on", *POST),
            [
                (step.person, step.row.started_on, *post)
                for step in steps
                if any(post := tuple(_post(step).values()))
            ],
        )

    def _change(self, steps: list[Step]) -> None:
        people = Person.objects.in_bulk([step.person for step in steps])
        posts = Affiliation.objects.in_bulk(
            [step.record.post.pk for step in steps if step.record]
        )
        addresses, written = [], []
        for step in steps:
            person = people[step.person]
            fields = {change.field: change.after for change in step.changes}
            person.name = fields.get("name", person.name)
            person.language = fields.get("language", person.language)
            addresses += [
                EmailAddress.of(person, change.after)
                for change in step.changes
                if change.field == "address"
            ]
            if fields.keys() & {"sector", "function", "post", "organisation"}:
                now = step.record.post.pk if step.record else 0
                written.append(self._post_of(step, posts.get(now)))
        Person.objects.bulk_update(
            people.values(), ["name", "language"], batch_size=500
        )
        EmailAddress.objects.bulk_create(addresses)
        Affiliation.objects.bulk_create(post for post in written if post.pk is None)
        Affiliation.objects.bulk_update(
            [post for post in written if post.pk], POST, batch_size=500
        )
        entries.record_many(
            by=self.by, action="person.updated_by_import", targets=people.values()
        )

    def _post_of(self, step: Step, post: Affiliation | None) -> Affiliation:
        """The present post with its gaps filled; where the body is another one and the
        file wins, a new post, and the old one ends today."""
        said = {name: value for name, value in _post(step).items() if value}
        today = timezone.localdate()
        if post is None:
            return Affiliation(
                person_id=step.person, started_on=step.row.started_on, **said
            )
        if any(c.field == "organisation" and c.before for c in step.changes):
            Affiliation.objects.filter(pk=post.pk).update(ended_on=today)
            return Affiliation(person_id=step.person, started_on=today, **said)
        for name, value in said.items():
            if self.overwrite or not getattr(post, name):
                setattr(post, name, value)
        return post

    def _label(self, new: list[Step], changed: list[Step]) -> None:
        names = {name for step in (*new, *changed) for name in step.row.tags}
        for name in sorted(names):
            if name.lower() not in self.tags:
                self.tags[name.lower()] = Tag.objects.create(name=name).pk
        self._join(Person.tags.through, "tag_id", new, changed, self._tags_of)
        self._join(
            *(Person.interests.through, "interest_id", new, changed),
            lambda row: row.interests,
        )

    def _join(
        self,
        through: Any,
        column: str,
        new: list[Step],
        changed: list[Step],
        of: Callable[[Row], list[int]],
    ) -> None:
        pairs = [(step.person, key) for step in new for key in of(step.row)]
        bulk.insert(through, ("person_id", column), pairs)
        through.objects.bulk_create(
            (
                through(**{"person_id": step.person, column: key})
                for step in changed
                for key in of(step.row)
            ),
            ignore_conflicts=True,
        )

    def _tags_of(self, row: Row) -> list[int]:
        return sorted({self.tags[name.lower()] for name in row.tags})


def _addresses(step: Step) -> Iterator[tuple[int, str, str]]:
    row = step.row
    yield step.person, row.email, row.digest
    if row.other_digest not in ("", row.digest):
        yield step.person, row.other_email, row.other_digest


def _post(step: Step) -> dict[str, Any]:
    """The body by its number where it is known, else by the name in the file."""
    row = step.row
    return {
        "organisation_id": step.organisation,
        "organisation_name": "" if step.organisation else row.organisation,
        "stated_sector": "" if step.organisation else row.sector,
        "function": row.function,
        "post": row.post,
    }
