from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import digests
from engagement.core.errors import Refused
from engagement.core.privacy import Subject
from engagement.people.models import Affiliation, EmailAddress, Interest, Person, Tag
from engagement.people.services import subjects


class Gone(Refused):
    """The person was erased meanwhile."""


class Known(Refused):
    """Somebody on record has the address."""


class _Elsewhere(Exception):
    """The rows are not, or no longer, those that were to be locked."""


def locked(person: Person) -> Person:
    """The person's row, locked until the transaction ends; after a merge, the row they
    were merged into. Raises Gone.

    Whoever writes something down about a person holds this lock, so that a merge or an
    erasure comes wholly before or wholly after. Only one row stays locked, so that no
    two can wait for each other: going back to the savepoint gives up a wrong one.
    """
    pk = person.pk
    while True:
        try:
            with transaction.atomic():
                return _lock(pk)
        except _Elsewhere as elsewhere:
            pk = elsewhere.args[0]


def _lock(pk: int) -> Person:
    row = Person.objects.locked().filter(pk=pk).first()
    if row is None:
        raise Gone(_("This person is no longer on record."))
    if row.merged_into_id is not None:
        raise _Elsewhere(row.merged_into_id)
    return row


def locked_with_merged(person: Person) -> tuple[Person, Subject]:
    """As `locked`, with the rows of those merged into the person, in the order of their
    numbers as every lock on several people is taken. Raises Gone."""
    while True:
        root = current(person)
        subject = subjects.of(root)
        try:
            with transaction.atomic():
                rows = Person.objects.filter(pk__in=subject.people).locked()
                found = {row.pk: row for row in rows}
                if subjects.of(root) != subject or root.pk not in found:
                    raise _Elsewhere
                if found[root.pk].merged_into_id is None:
                    return found[root.pk], subject
                raise _Elsewhere
        except _Elsewhere:
            continue


def current(person: Person) -> Person:
    """The person, or after a merge the one they became part of; not locked. Raises
    Gone."""
    pk: int | None = person.pk
    while pk is not None:
        row = Person.objects.filter(pk=pk).first()
        if row is None:
            break
        if row.merged_into_id is None:
            return row
        pk = row.merged_into_id
    raise Gone(_("This person is no longer on record."))


def find(address: str) -> Person | None:
    """Whose address this is, primary or not, whatever its capitals."""
    known = EmailAddress.objects.filter(digest=digests.of_address(address))
    found = known.select_related("person").first()
    return found.person if found else None


def create(*, by: User | None, email: str, name: str, language: str) -> Person:
    """A person with one address. Raises IntegrityError where somebody has it."""
    with transaction.atomic():
        person = Person.objects.create(
            email=email.lower(), name=name, language=language
        )
        EmailAddress.of(person, person.email).save()
        entries.record(by=by, action="person.created", target=person)
    return person


def add(
    *,
    by: User | None,
    email: str,
    name: str,
    language: str,
    interests: Iterable[Interest],
    tags: Iterable[str],
) -> Person:
    """As staff enter somebody: no consent comes of it. Raises Known."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                person = create(by=by, email=email, name=name, language=language)
        except IntegrityError as error:
            raise Known(_("Somebody on record has this address.")) from error
        person.interests.set(interests)
        person.tags.set([_tag(word) for word in tags])
    return person


def change(
    *,
    by: User | None,
    person: Person,
    name: str,
    language: str,
    interests: Iterable[Interest],
    tags: Iterable[str],
) -> Person:
    """`tags` are words; one that nobody has yet is made. Raises Gone."""
    with transaction.atomic():
        person = locked(person)
        before = _on_record(person)
        person.name, person.language = name, language
        person.save(update_fields=["name", "language"])
        person.interests.set(interests)
        person.tags.set([_tag(word) for word in tags])
        after = _on_record(person)
        changed = [field for field in after if after[field] != before[field]]
        if changed:
            entries.record(
                by=by, action="person.changed", target=person, fields=changed
            )
    return person


def _on_record(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "language": person.language,
        "interests": set(person.interests.values_list("pk", flat=True)),
        "tags": set(person.tags.values_list("pk", flat=True)),
    }


def _tag(word: str) -> Tag:
    known = Tag.objects.filter(name__iexact=word).first()
    return known or Tag.objects.create(name=word)


def find_or_create(
    *,
    by: User | None,
    email: str,
    name: str,
    language: str,
    sector: str = "",
    function: str = "",
) -> Person:
    """The person with this address, locked; made when there is none.

    Somebody known keeps the name and the post on record: a form that anybody may fill
    in must not change what the team knows. Call it within a transaction.
    """
    for _attempt in range(3):
        if known := find(email):
            try:
                return locked(known)
            except Gone:
                continue
        try:
            person = create(by=by, email=email, name=name, language=language)
        except IntegrityError:
            # Two forms sent at once: this one finds what the other made.
            continue
        if sector or function:
            Affiliation.objects.create(
                person=person, stated_sector=sector, function=function
            )
        return person
    raise Gone(_("This person is no longer on record."))
