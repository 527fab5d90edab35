"""Conditions on events: who was invited and what they answered, who said yes, who came, and who said yes and did not come."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.events.models import Attendance, Event, Invitation, Registration
from engagement.people.registry import RuleKind, add_asking, add_kind, whose
from engagement.people.rule.words import keys, named, telling

ANY = "any"
Values = dict[str, Any]


def _of(rows: Any) -> Callable[[], list[tuple[str, Any]]]:
    """The events that have any, the latest first."""

    def events() -> list[tuple[str, Any]]:
        asked = Event.objects.filter(pk__in=rows.objects.order_by().values("event"))
        titles = [(str(event.pk), shown(event, "title").text) for event in asked]
        return [("", _("Choose one")), (ANY, _("Any event")), *titles]

    return events


def _fields(
    hint: Any = "", rows: Any = Registration
) -> Callable[[], dict[str, forms.Field]]:
    return lambda: {
        "event": forms.ChoiceField(
            label=_("Which event?"),
            choices=_of(rows),
            help_text=hint,
            error_messages={"required": _("Choose an event.")},
        )
    }


def _title(values: Values) -> str:
    if values["event"] == ANY:
        return gettext("any event")
    (title,) = named(Event.objects.all(), [values["event"]], "title")
    return f"“{title}”"


def _at(values: Values, column: str) -> Q:
    if values["event"] == ANY:
        return Q()
    return Q(**{f"{column}__in": keys([values["event"]])})


def invited(values: Values) -> Q:
    return whose(Invitation.objects.standing().filter(_at(values, "event")))


def silent(values: Values) -> Q:
    return whose(Invitation.objects.unanswered().filter(_at(values, "event")))


def said_no(values: Values) -> Q:
    """Those who want to be kept informed cannot come either."""
    no = (Invitation.Answer.NO, Invitation.Answer.KEEP_INFORMED)
    rows = Invitation.objects.standing().filter(answer__in=no)
    return whose(rows.filter(_at(values, "event")))


def invited_since(since: datetime) -> "QuerySet[Any, Any]":
    """The numbers of people who were asked to an event since; one that was taken back
    asked them all the same."""
    rows = Invitation.objects.filter(invited_at__gte=since, person__isnull=False)
    return rows.order_by().values("person")


def registered(values: Values) -> Q:
    return whose(Registration.objects.live().filter(_at(values, "event")))


def attended(values: Values) -> Q:
    rows = Attendance.objects.filter(_at(values, "registration__event"))
    return whose(rows, "registration__person")


def stayed_away(values: Values) -> Q:
    """Registered for what has begun by now, and not there under any registration."""
    came = Attendance.objects.filter(
        registration__event=OuterRef("event"), registration__person=OuterRef("person")
    )
    rows = Registration.objects.live().filter(
        ~Exists(came), _at(values, "event"), event__starts_at__lte=timezone.now()
    )
    return whose(rows.exclude(event__status=Event.Status.CANCELLED))


add_asking(invited_since)
add_kind(
    RuleKind(
        key="invited",
        position=102,
        title=_("Invited to an event"),
        fields=_fields(rows=Invitation),
        condition=invited,
        words=telling(_("Invited to %(names)s"), _title),
        lacks=telling(_("Not invited to %(names)s"), _title),
    )
)
add_kind(
    RuleKind(
        key="silent",
        position=104,
        title=_("Invited to an event and has not answered"),
        fields=_fields(rows=Invitation),
        condition=silent,
        words=telling(_("Invited to %(names)s and has not answered"), _title),
        lacks=telling(_("Not invited to %(names)s, or has answered"), _title),
    )
)
add_kind(
    RuleKind(
        key="said_no",
        position=106,
        title=_("Said no to an invitation"),
        fields=_fields(
            _("Those who cannot come and want to be kept informed are among them."),
            Invitation,
        ),
        condition=said_no,
        words=telling(_("Said no to %(names)s"), _title),
        lacks=telling(_("Did not say no to %(names)s"), _title),
    )
)
add_kind(
    RuleKind(
        key="registered",
        position=110,
        title=_("Registered for an event"),
        fields=_fields(),
        condition=registered,
        words=telling(_("Registered for %(names)s"), _title),
        lacks=telling(_("Did not register for %(names)s"), _title),
    )
)
add_kind(
    RuleKind(
        key="attended",
        position=120,
        title=_("Came to an event"),
        fields=_fields(),
        condition=attended,
        words=telling(_("Came to %(names)s"), _title),
        lacks=telling(_("Did not come to %(names)s"), _title),
    )
)
add_kind(
    RuleKind(
        key="stayed_away",
        position=130,
        title=_("Registered for an event and did not come"),
        fields=_fields(
            _(
                "Who was not marked as there counts as not having come, from the "
                "beginning of the event on."
            )
        ),
        condition=stayed_away,
        words=telling(_("Registered for %(names)s and did not come"), _title),
        lacks=telling(
            _("Did not register for %(names)s, or came, or it is still to come"),
            _title,
        ),
    )
)
