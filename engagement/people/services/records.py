"""People on record as an import compares them with a file: plain values, quickly read."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from engagement.people.models import Affiliation, EmailAddress, Person


class Post(NamedTuple):
    """The present one; all empty where there is none."""

    pk: int = 0
    organisation_id: int | None = None
    body: str = ""
    stated_sector: str = ""
    function: str = ""
    post: str = ""


@dataclass(slots=True)
class Record:
    pk: int
    name: str
    language: str
    post: Post = field(default_factory=Post)
    digests: set[str] = field(default_factory=set)
    # In lower case.
    tags: set[str] = field(default_factory=set)
    interests: set[int] = field(default_factory=set)


def load(keys: Collection[int]) -> dict[int, Record]:
    """By number; five questions, however many there are."""
    people = Person.objects.filter(pk__in=keys)
    found = {
        row[0]: Record(*row) for row in people.values_list("pk", "name", "language")
    }
    posts = Affiliation.objects.filter(person__in=keys, ended_on=None).order_by("pk")
    for person, name, *post in posts.values_list(
        *("person", "organisation_name", "pk", "organisation", "organisation__name_en"),
        *("stated_sector", "function", "post"),
    ):
        pk, organisation, body, *rest = post
        found[person].post = Post(pk, organisation, body or name, *rest)
    addresses = EmailAddress.objects.filter(person__in=keys)
    for person, digest in addresses.values_list("person", "digest"):
        found[person].digests.add(digest)
    tags = Person.tags.through.objects.filter(person__in=keys)
    for person, tag in tags.values_list("person", "tag__name"):
        found[person].tags.add(tag.lower())
    interests = Person.interests.through.objects.filter(person__in=keys)
    for person, interest in interests.values_list("person", "interest"):
        found[person].interests.add(interest)
    return found
