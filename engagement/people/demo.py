"""The organisations of the 2011 report, its subjects, and 253 synthetic contacts.

253 addresses were asked to answer the report's survey and 29 were undeliverable
(footnote 2). The contacts are made up; their sectors and functions are in the
proportions of the 41 who answered (Annex 1 2.5, 2.6), by largest remainder. 12 of the
41 have no printed employer: their share has no stated sector, and is not spread.
"""

from engagement.core import demo
from engagement.people.models import (
    Affiliation,
    Alias,
    EmailAddress,
    Interest,
    Organisation,
    Person,
)

CONTACTS, UNDELIVERABLE = 253, 29
SECTORS = {
    "local_authority": 86,
    "": 74,
    "welsh_government": 49,
    "voluntary": 25,
    "private": 19,
}
FUNCTIONS = {
    "research": 111,
    "strategic": 49,
    "operational": 43,
    "policy": 25,
    "other": 25,
}
# The domains of the Index (Annex 1), and what Learning to Improve is about.
SUBJECTS = (
    ("income", "Income", "Incwm"),
    ("employment", "Employment", "Cyflogaeth"),
    ("health", "Health", "Iechyd"),
    ("education", "Education", "Addysg"),
    ("housing", "Housing", "Tai"),
    ("access-to-services", "Access to services", "Mynediad at wasanaethau"),
    ("environment", "Physical environment", "Amgylchedd ffisegol"),
    ("community-safety", "Community safety", "Diogelwch cymunedol"),
    ("local-government", "Local government improvement", "Gwella llywodraeth leol"),
)
SOURCE = "Annex 1 2.5, 2.6; fn 2"


def load() -> str:
    bodies: dict[str | None, Organisation] = {}
    for record in demo.read(__file__, "organisations"):
        # The files name a parent before its parts.
        parent = bodies.get(record["parent"])
        aliases = record.pop("aliases")
        body = demo.keep(Organisation, record | {"parent": parent})
        for name in aliases:
            Alias.objects.get_or_create(organisation=body, name=name)
        bodies[body.slug] = body
    for position, (slug, name_en, name_cy) in enumerate(SUBJECTS):
        names = {"name_en": name_en, "name_cy": name_cy}
        demo.keep(Interest, {"slug": slug, "position": position, **names})
    made = _contacts()
    return f"organisations {len(bodies)}, contacts {CONTACTS}, of them new {made}"


def _contacts() -> int:
    """Makes those that are missing; who has another name or address by now is not."""
    known = {
        word for pair in Person.objects.values_list("name", "email") for word in pair
    }
    everybody = map(_person, range(CONTACTS))
    people = [who for who in everybody if known.isdisjoint({who.name, who.email})]
    Person.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(EmailAddress.of(who, who.email) for who in people)
    sectors, functions = _mixed(SECTORS), _mixed(FUNCTIONS)
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person,
            stated_sector=sectors[_number(person)],
            # A step of 101, which has no divisor in common with 253, mixes the two.
            function=functions[_number(person) * 101 % CONTACTS],
        )
        for person in people
    )
    _interests(people)
    return len(people)


def _interests(people: list[Person]) -> None:
    """Two subjects for each third contact, made up."""
    subjects = list(Interest.objects.all())
    link = Person.interests.through
    link.objects.bulk_create(
        link(
            person=person,
            interest=subjects[(_number(person) // 3 + step) % len(subjects)],
        )
        for person in people
        if _number(person) % 3 == 0
        for step in (0, 4)
    )


def _person(n: int) -> Person:
    gone = n * UNDELIVERABLE // CONTACTS != (n + 1) * UNDELIVERABLE // CONTACTS
    domain = "undeliverable.example.org" if gone else "example.org"
    return Person(
        name=f"Contact {n + 1:03} (synthetic)",
        email=f"contact{n + 1:03}@{domain}",
        language="cy" if n % 4 == 3 else "en",
        is_synthetic=True,
        source=SOURCE,
    )


def _number(person: Person) -> int:
    return int(person.name.split()[1]) - 1


def _mixed(shares: dict[str, int]) -> list[str]:
    """Each value as often as its share says, spread evenly over the list."""
    places = [
        ((i + 0.5) / share, value)
        for value, share in shares.items()
        for i in range(share)
    ]
    return [value for _place, value in sorted(places)]
