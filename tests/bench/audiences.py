"""Rules of one, three and eight conditions over 100,000 people."""

from datetime import timedelta
from itertools import cycle, islice

from django.db import connection
from django.test import Client
from django.utils import timezone

from engagement.core import digests
from engagement.events.models import Attendance, Registration
from engagement.groups.models import Membership
from engagement.people import previews
from engagement.people.models import (
    Affiliation,
    Area,
    Audience,
    Consent,
    EmailAddress,
    Function,
    Interest,
    Person,
    Sector,
    Suppression,
    Tag,
)
from engagement.people.services import audiences
from newsletters.models import Delivery, Subscription
from tests import factories
from tests.bench import Case

TITLE = "Finding who is in an audience, among 100,000 people, and counting them."
PEOPLE, LIMIT = 100_000, 0.3
made = {}


def prepare():
    people = _people()
    bodies = [
        factories.make_organisation(sector=sector, area=area)
        for sector, area in islice(
            zip(cycle(Sector.values), cycle(Area.values), strict=False), 500
        )
    ]
    made["body"] = bodies[0].pk
    functions = Function.values
    _fill(
        Affiliation(
            person_id=pk,
            organisation=bodies[pk % 500] if pk % 3 else None,
            stated_sector="" if pk % 3 else Sector.values[pk % 9],
            function=functions[pk % 5],
        )
        for pk in people
    )
    _said(people)
    _told(people)
    _came(people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people():
    _fill(
        Person(name=f"Person {n}", email=f"p{n}@example.org", language="en")
        for n in range(PEOPLE)
    )
    Person.objects.filter(pk__in=Person.objects.order_by("-pk")[:30_000]).update(
        language="cy"
    )
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    _fill(
        EmailAddress(
            person_id=pk,
            address=f"p{n}@example.org",
            digest=digests.of_address(f"p{n}@example.org"),
        )
        for n, pk in enumerate(people)
    )
    _fill(
        Suppression(
            digest=digests.of_address(f"p{n}@example.org"),
            reason="asked",
            at=timezone.now(),
        )
        for n in range(0, PEOPLE, 50)
    )
    return people


def _said(people):
    made["newsletter"] = newsletter = factories.make_newsletter()
    asked = people[: PEOPLE * 8 // 10]
    _fill(Subscription(newsletter=newsletter, person_id=pk) for pk in asked)
    for every, action in ((1, "given"), (4, "withdrawn"), (8, "given")):
        _fill(
            Consent(
                person_id=pk,
                purpose="newsletter",
                about=newsletter.slug,
                action=action,
                language="en",
                source="import",
            )
            for pk in asked[::every]
        )
    made["interest"] = Interest.objects.create(slug="h", name_en="H", name_cy="I").pk
    made["tag"] = Tag.objects.create(name="Analyst").pk
    for name, every in (("interest", 3), ("tag", 5)):
        through = getattr(Person, f"{name}s").through
        _fill(
            through(person_id=pk, **{f"{name}_id": made[name]})
            for pk in people[::every]
        )


def _told(people):
    issue = factories.make_issue(newsletter=made["newsletter"])
    _fill(
        Delivery(
            issue=issue,
            person_id=pk,
            address=f"p{n}@example.org",
            language="en",
            token=f"t{n}",
            state="accepted",
            due_at=timezone.now(),
            handed_over_at=timezone.now() - timedelta(days=n % 60),
        )
        for n, pk in enumerate(people)
    )


def _came(people):
    made["event"] = event = factories.make_event(days_ahead=-7, status="held")
    _fill(
        Registration(
            event=event,
            person_id=pk,
            reference=f"r{pk}",
            name=f"Person {pk}",
            email=f"p{pk}@example.org",
            sector="public",
            language="en",
        )
        for pk in people[::10]
    )
    rows = Registration.objects.values_list("pk", flat=True)
    _fill(Attendance(registration_id=pk) for pk in rows if pk % 3)
    group = factories.make_group()
    made["group"] = group.pk
    for pk in people[:200]:
        seat = factories.make_seat(group=group)
        Membership.objects.create(seat=seat, person_id=pk, started_on="2026-01-01")


def _fill(rows):
    """Reads the first to learn the model, and writes all of them."""
    rows = list(rows)
    type(rows[0]).objects.bulk_create(rows, batch_size=5000)


def _rules():
    event, newsletter = str(made["event"].pk), str(made["newsletter"].pk)
    sector = {"kind": "sector", "sectors": ["local_authority", "voluntary"]}
    came = {"kind": "attended", "event": event}
    quiet = {"kind": "not_asked", "days": 30}
    reader = {"kind": "subscribed", "newsletter": newsletter}
    yield "1 condition: sector", {"all": [sector]}
    yield "1 condition: subscription", {"all": [reader]}
    yield "1 condition: last written to", {"all": [quiet]}
    yield "3 conditions", {"all": [sector, {"not": came}, reader]}
    yield (
        "8 conditions",
        {
            "all": [
                {
                    "any": [
                        sector,
                        {"kind": "interest", "interests": [made["interest"]]},
                    ]
                },
                {"any": [reader, {"kind": "stayed_away", "event": event}]},
                {"not": came},
                quiet,
                {
                    "not": {
                        "all": [
                            {"kind": "tag", "tags": [made["tag"]]},
                            {"kind": "language", "languages": ["cy"]},
                        ]
                    }
                },
            ]
        },
    )
    yield (
        "8 conditions, any of them",
        {
            "any": [
                {"kind": "sector", "sectors": ["academic"]},
                {"kind": "function", "functions": ["policy"]},
                {"kind": "area", "areas": ["W06000015"]},
                {"kind": "organisation", "organisation": made["body"], "beneath": True},
                {"kind": "interest", "interests": [made["interest"]]},
                {"kind": "member", "group": str(made["group"])},
                {"not": reader},
                {"not": quiet},
            ]
        },
    )


def cases():
    for label, rule in _rules():
        audience = Audience(name=label, rule=rule)
        yield Case(label, lambda it=audience: _count(it), limit=LIMIT)
    yield Case("3 conditions, by sector", _sectors, limit=LIMIT)
    yield Case("who cannot be written to, of all", _stopped, limit=LIMIT)
    client, address = _preview()
    yield Case("the whole preview page, 8 conditions", lambda: _get(client, address))


def _count(audience):
    if not 0 < audiences.people_in(audience).count() < PEOPLE:
        raise AssertionError(audience.name)


def _sectors():
    rule = dict(_rules())["3 conditions"]
    previews.by_sector(audiences.people_in(Audience(rule=rule)))


def _stopped():
    if previews.unreachable(Person.objects.current()).count() != PEOPLE // 50:
        raise AssertionError


def _preview():
    """Somebody signed in, and the page's address."""
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(factories.make_user(), backend=backend)
    rule = dict(_rules())["8 conditions"]
    Audience.objects.create(name="Bench", slug="bench", rule=rule)
    return client, "/en/people/audiences/bench/"


def _get(client, address):
    if client.get(address).status_code != 200:
        raise AssertionError(address)
