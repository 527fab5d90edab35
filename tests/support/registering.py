"""Somebody who fills in the pages of a registration."""

from datetime import timedelta

from django.utils import timezone

from engagement.events.services import registrations
from engagement.events.services.details import Details
from tests import factories

ANN = {
    "you": {"name": "Ann Example", "email": "Ann@Example.org"},
    "organisation": {
        "organisation": "Demo Council",
        "sector": "local_authority",
        "function": "research",
    },
    "sessions": {},
    "needs": {},
    "questions": {},
}


def published(**fields):
    starts = timezone.now() + timedelta(days=10)
    named = {"title_en": "Talk", "title_cy": "Sgwrs", "starts_at": starts}
    return factories.make_event(status="published", **named | fields)


def address(event, step="you", lang="en"):
    entry = f"/{lang}/events/{event.slug}/register/"
    return entry if step == "you" else f"{entry}{step}/"


def fill(client, event, lang="en", **changes):
    """Each page in turn, as the site leads from one to the next; the answer that leads
    to the last page, or to where it stops. `changes` go into the page that asks."""
    step = "you"
    for _page in range(len(ANN) + 1):
        asked = dict(ANN[step])
        for name, value in changes.items():
            if name in asked or step not in {"you", "organisation"}:
                asked[name] = value
        answer = client.post(address(event, step, lang), asked)
        if answer.status_code != 302:
            return answer
        step = answer.url.rstrip("/").rpartition("/")[2]
        if step not in ANN:
            return answer
    raise AssertionError("It leads in a circle.")


def send(client, event, lang="en", **changes):
    """As `fill`, and then sent."""
    answer = fill(client, event, lang, **changes)
    if answer.status_code != 302 or not answer.url.endswith("/check/"):
        return answer
    return client.post(answer.url)


def register(event, number=0, **fields):
    """Without the pages."""
    known = {
        "language": "en",
        "name": f"Person {number}",
        "email": f"person{number}@example.org",
        "organisation": "",
        "sector": "public",
        "wants_welsh": False,
    }
    return registrations.register(by=None, event=event, **known | fields)


def needs_soon_to_go(clock):
    """Listed a week before they go: a month after the event they are gone."""
    event = factories.make_event(published=True, days_ahead=1)
    registration = register(event, details=Details(needs=("A ramp", "")))
    clock.shift(timedelta(days=24, minutes=1))
    return registration.needs
