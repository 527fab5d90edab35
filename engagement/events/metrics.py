from collections import Counter

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from engagement.events import counted
from engagement.events.models import Invitation, Registration
from engagement.metrics.registry import KINDS, During, Metric, Reading, Row, register
from engagement.people.counting import by, shares
from engagement.people.models import Function, Sector

# Rows keep sector, function and language as they were on that day.
KEPT = tuple(KINDS)
SOURCE = _("The rows of invitations, registrations and attendance.")


def invitations(study_id: int) -> Reading:
    """Those answered, of all that stand."""
    labels = dict(Invitation.Answer.choices) | {"": _("No answer")}
    answers = Invitation.objects.for_study(study_id).by_answer()
    return Reading(
        # Those of counted.answered, without asking again.
        value=sum(number for answer, number in answers if answer),
        base=sum(number for _answer, number in answers),
        rows=tuple(
            Row(labels[key], number) for key, number in answers if key and number
        ),
    )


def registrations(study_id: int, during: During | None = None) -> Reading:
    """Those in force, of all that were made."""
    live = counted.placed(study_id, during)
    return Reading(
        value=live.count(),
        base=counted.made(study_id, during).count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in live.by_sector()),
    )


def attendance(study_id: int, during: During | None = None) -> Reading:
    """Those who came, of those who were registered, at events that were held."""
    came = counted.came(study_id, during)
    return Reading(
        value=came.count(),
        base=counted.expected(study_id, during).count(),
        rows=tuple(Row(Sector(key).label, value) for key, value in came.by_sector()),
    )


def invited(study_id: int, during: During | None = None) -> Reading:
    """Asked by name."""
    return Reading(counted.invited(study_id, during).count())


def invited_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    return by(counted.invited(study_id, during), kind)


def registrations_by(
    study_id: int, during: During | None, kind: str
) -> tuple[Row, ...]:
    live = Q(state=Registration.State.PLACE)
    return shares(counted.made(study_id, during), live, kind)


def attendance_by(study_id: int, during: During | None, kind: str) -> tuple[Row, ...]:
    came = Q(attendance__isnull=False)
    return shares(counted.expected(study_id, during), came, kind)


def welsh_attendance(study_id: int, during: During | None = None) -> Reading:
    """Those who registered in Welsh, of those who came."""
    welsh = counted.came_in_welsh(study_id, during)
    return Reading(welsh.count(), counted.came(study_id, during).count())


def taken_up(study_id: int) -> Reading:
    """Those who said yes or sent somebody, of all who were asked by name."""
    yes = counted.taken_up(study_id)
    return Reading(value=yes.count(), base=counted.invited(study_id).count())


def functions(study_id: int) -> Reading:
    """Those who came and whose function is known, of all who came."""
    came = counted.came_at_all(study_id).order_by().values_list("function")
    found = Counter(dict(came.annotate(number=Count("pk"))))
    rows = tuple(Row(one.label, found[one]) for one in Function if found[one])
    base = found.total()
    return Reading(value=base - found[""], base=base, rows=rows)


def deputies(study_id: int) -> Reading:
    came = counted.came_at_all(study_id)
    return Reading(value=counted.deputies(study_id).count(), base=came.count())


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
        rows=counted.of_invitations(counted.taken_up),
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
        rows=counted.of_registrations(counted.came_with_function),
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
        rows=counted.of_registrations(counted.deputies),
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
        rows=counted.of_invitations(counted.answered),
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
        kinds=KEPT,
        counts_people=True,
        unit=_("registrations"),
        source=SOURCE,
        over_time=True,
        stage=5,
        rows=counted.of_registrations(counted.placed),
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
        kinds=KEPT,
        counts_people=True,
        unit=_("people"),
        source=SOURCE,
        caveat=_("Whom nobody marked as having come is not counted."),
        over_time=True,
        stage=6,
        rows=counted.of_registrations(counted.came),
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
        kinds=KEPT,
        counts_people=True,
        unit=_("invitations"),
        source=SOURCE,
        over_time=True,
        stage=4,
        rows=counted.of_invitations(counted.invited),
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
        rows=counted.of_registrations(counted.came_in_welsh),
    )
)
