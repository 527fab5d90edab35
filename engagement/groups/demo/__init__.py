"""The groups of the 2011 report, and a made-up life of one of them."""

from engagement.events.models import Event
from engagement.groups.demo import meetings, report, reviews, seating
from engagement.groups.models import Group, Meeting, Seat

MEMBER = seating.MEMBER


def load() -> str:
    report.load()
    steering = Group.objects.get(slug="lti-steering")
    # The report knows that the group meets, and of no single meeting.
    meets = Event.objects.get(slug="l-steering-meetings")
    Meeting.objects.get_or_create(event=meets, defaults={"group": steering})
    seating.load(steering)
    held = meetings.load(steering)
    reviews.load(steering, held)
    return f"groups {Group.objects.count()}, seats {Seat.objects.count()}"
