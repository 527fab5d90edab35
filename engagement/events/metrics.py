from collections import Counter

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.events import turnout
from engagement.events.models import (
    Event,
    Invitation,
    Registration,
    RegistrationQuerySet,
)
from engagement.metrics.registry import By, During, Metric, Reading, Row, register
from engagement.people.counting import by
from engagement.people.models import Function, Sector

KINDS = {"sector": "sector", "function": "function", "language": "language"}
SOURCE = _("The rows of invitations, registrations and attendance.")


def invitations(study_id: int) -> Reading:
    """Those answered, of all that stand."""
    labels = dict(Invitation.Answer.choices) | {"": _("No answer")}
    counted = Invitation.objects.for_study(study_id).by_answer()
    base = sum(number for _answer, number in counted)
    return Reading(
        value=base - dict(counted)[""],
        base=base,
        rows=tuple(Row(labels[key], number) for key, number in counted if number),
    )


def registrations(study_id: int, during: During | None = None) -> Reading:
    """Those in force, of all that were made."""
    made = _made(study_id, during)
    live = made.live()
    return Reading(
        value=live.count(),
        base=made.count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in live.by_sector()),
    )


def attendance(study_id: int, during: During | None = None) -> Reading:
    """Those who came, of those who were registered, at events that were held."""
    expected = _expected(study_id, during)
    came = expected.filter(attendance__isnull=False)
    return Reading(
        value=came.count(),
        base=expected.count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in came.by_sector()),
    )


def invited(study_id: int, during: During | None = None) -> Reading:
    """Asked by name."""
    return Reading(_invited(study_id, during).count())


def invited_by(study_id: int, during: During | None = None) -> tuple[By, ...]:
    return by(_invited(study_id, during), **KINDS)


def registrations_by(study_id: int, during: During | None = None) -> tuple[By, ...]:
    return by(_made(study_id, during).live(), **KINDS)


def attendance_by(study_id: int, during: During | None = None) -> tuple[By, ...]:
    came = _expected(study_id, during).filter(attendance__isnull=False)
    return by(came, **KINDS)


def _invited(study_id: int, during: During | None) -> QuerySet[Invitation]:
    asked = turnout.invited(event__study_id=study_id).exclude(
        event__status=Event.Status.CANCELLED
    )
    if during:
        asked = asked.filter(invited_at__gte=during[0], invited_at__lt=during[1])
    return asked


def welsh_attendance(study_id: int, during: During | None = None) -> Reading:
    """Those who registered in Welsh, of those who came."""
    came = _expected(study_id, during).filter(attendance__isnull=False)
    return Reading(came.filter(language="cy").count(), came.count())


def _made(study_id: int, during: During | None) -> RegistrationQuerySet:
    made = Registration.objects.for_study(study_id)
    if during:
        made = made.filter(created_at__gte=during[0], created_at__lt=during[1])
    return made


def _expected(study_id: int, during: During | None) -> RegistrationQuerySet:
    held = (
        Registration.objects.for_study(study_id)
        .live()
        .filter(event__status=Event.Status.HELD)
    )
    if during is None:
        return held
    return held.filter(event__starts_at__gte=during[0], event__starts_at__lt=during[1])


def _manage(_study_id: int) -> str:
    return reverse("events:manage")


def taken_up(study_id: int) -> Reading:
    """Those who said yes or sent somebody, of all who were asked by name."""
    asked = turnout.invited(event__study_id=study_id).exclude(
        event__status=Event.Status.CANCELLED
    )
    yes = asked.filter(answer__in=[Invitation.Answer.YES, Invitation.Answer.DEPUTY])
    return Reading(value=yes.count(), base=asked.count())


def functions(study_id: int) -> Reading:
    """Those who came and whose function is known, of all who came."""
    came = _came(study_id)
    counted = came.order_by().values_list("function").annotate(number=Count("pk"))
    found = Counter(dict(counted))
    rows = tuple(Row(one.label, found[one]) for one in Function if found[one])
    base = found.total()
    return Reading(value=base - found[""], base=base, rows=rows)


def deputies(study_id: int) -> Reading:
    came = _came(study_id)
    return Reading(value=turnout.deputies(came).count(), base=came.count())


def _came(study_id: int) -> RegistrationQuerySet:
    return Registration.objects.for_study(study_id).filter(
        event__status=Event.Status.HELD, attendance__isnull=False
    )


register(
    Metric(
        key="invitations-taken-up",
        position=36,
        title=_("Invitations taken up"),
        meaning=_(
            "People invited by name to events of this study who said yes or sent a "
            "deputy. One person invited to two events counts twice."
        ),
        base_meaning=_("All invitations to events that were not called off."),
        measure=taken_up,
        counts_people=True,
        unit=_("invitations"),
        source=SOURCE,
        behind=_manage,
    )
)
register(
    Metric(
        key="attendance-functions",
        position=51,
        title=_("Attendance by function"),
        meaning=_(
            "Those who came to events that were held and whose function is on record."
        ),
        base_meaning=_("Everybody who came to events that were held."),
        rows_title=_("Those who came, by function"),
        measure=functions,
        counts_people=True,
        unit=_("people"),
        source=SOURCE,
        behind=_manage,
    )
)
register(
    Metric(
        key="deputies",
        position=52,
        title=_("Deputies"),
        meaning=_("Those who came to events that were held in place of somebody else."),
        base_meaning=_("Everybody who came to events that were held."),
        measure=deputies,
        counts_people=True,
        unit=_("people"),
        source=SOURCE,
        behind=_manage,
    )
)
register(
    Metric(
        key="invitations",
        position=35,
        title=_("Invitations answered"),
        meaning=_(
            "Invitations sent by name to events of this study that were not called off, "
            "and answered, whatever the answer. One person invited to two events counts "
            "twice."
        ),
        base_meaning=_("All such invitations that were not taken back."),
        rows_title=_("Invitations by answer"),
        measure=invitations,
        counts_people=True,
        unit=_("invitations"),
        source=SOURCE,
        behind=_manage,
    )
)
register(
    Metric(
        key="registrations",
        position=40,
        title=_("Registrations"),
        meaning=_(
            "Registrations in force, at events of this study that took registrations "
            "through Dolen and were not called off. One person at two events counts "
            "twice."
        ),
        base_meaning=_("All registrations made, with those that were cancelled later."),
        rows_title=_("Registrations by sector"),
        measure=registrations,
        parts=registrations_by,
        counts_people=True,
        unit=_("registrations"),
        source=SOURCE,
        over_time=True,
        stage=5,
        behind=_manage,
    )
)
register(
    Metric(
        key="attendance",
        position=50,
        title=_("Attendance"),
        meaning=_(
            "Registrations whose holder was marked as having come, at events that were "
            "held. Head counts from before Dolen are not among them."
        ),
        base_meaning=_("Registrations in force at events that were held."),
        rows_title=_("Those who came, by sector"),
        measure=attendance,
        parts=attendance_by,
        counts_people=True,
        unit=_("people"),
        source=SOURCE,
        caveat=_("Whom nobody marked as having come is not counted."),
        over_time=True,
        stage=6,
        behind=_manage,
    )
)
register(
    Metric(
        key="invited",
        position=34,
        title=_("Invited"),
        meaning=_(
            "Invitations sent by name to events that were not called off. One person "
            "invited to two events counts twice."
        ),
        measure=invited,
        parts=invited_by,
        counts_people=True,
        unit=_("invitations"),
        source=SOURCE,
        over_time=True,
        stage=4,
        behind=_manage,
    )
)
register(
    Metric(
        key="welsh_attendance",
        position=53,
        title=_("Attendance in Welsh"),
        meaning=_(
            "Those who came to events that were held and had registered in Welsh."
        ),
        base_meaning=_("Everybody who came to events that were held."),
        measure=welsh_attendance,
        counts_people=True,
        unit=_("people"),
        source=SOURCE,
        caveat=_("Who was registered by staff has the language that staff chose."),
        over_time=True,
    )
)
