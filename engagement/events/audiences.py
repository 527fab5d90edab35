"""Conditions on events: who said yes, who came, and who said yes and did not come."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.events.models import Attendance, Event, Registration
from engagement.people.registry import RuleKind, add_kind, whose
from engagement.people.rule.words import keys, named, telling

ANY = "any"
Values = dict[str, Any]


def _events() -> list[tuple[str, Any]]:
    """Those that somebody has registered for, the latest first."""
    asked = Event.objects.filter(pk__in=Registration.objects.values("event"))
    titles = [(str(event.pk), shown(event, "title").text) for event in asked]
    return [("", _("Choose one")), (ANY, _("Any event")), *titles]


def _fields(hint: Any = "") -> Callable[[], dict[str, forms.Field]]:
    return lambda: {
        "event": forms.ChoiceField(
            label=_("Which event?"),
            choices=_events,
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
