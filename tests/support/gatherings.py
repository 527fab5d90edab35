"""Events with as many guests as a test says, written at once."""

from itertools import count

from engagement.events.models import Attendance, Feedback, Registration
from engagement.people.models import Affiliation, Person
from tests import factories

_number = count(1)


def hold(*, guests, answers=None, posts=False, **fields):
    """`guests` maps (sector, function, came) to how many. With `posts` each is a person
    on record, and holds such a post. `answers` maps what was said to how many of those
    who came said so."""
    event = factories.make_event(status="held", **{"days_ahead": -9} | fields)
    each = [key for key, number in guests.items() for _one in range(number)]
    people = _people(each) if posts else [None] * len(each)
    rows = Registration.objects.bulk_create(
        Registration(
            event=event,
            person=person,
            reference=f"G{next(_number)}",
            name="Guest",
            sector=sector,
            function=function,
            language="en",
        )
        for (sector, function, _came), person in zip(each, people, strict=True)
    )
    came = [row for row, key in zip(rows, each, strict=True) if key[2]]
    Attendance.objects.bulk_create(Attendance(registration=row) for row in came)
    said = [one for one, number in (answers or {}).items() for _one in range(number)]
    Feedback.objects.bulk_create(
        Feedback(event=event, registration=row, useful=one, language="en")
        for row, one in zip(came, said, strict=False)
    )
    return event


def _people(each):
    people = Person.objects.bulk_create(Person(name="Guest") for _key in each)
    Affiliation.objects.bulk_create(
        Affiliation(person=person, stated_sector=sector, function=function)
        for person, (sector, function, _came) in zip(people, each, strict=True)
    )
    return people
