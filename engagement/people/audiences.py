"""The kinds of conditions on what people's own records say: their posts, interests,
tags and language, and when they were last written to.

A condition on posts is so where any current post of the person has it.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.people.models import (
    Affiliation,
    Area,
    Function,
    Interest,
    Organisation,
    Person,
    Sector,
    Tag,
)
from engagement.people.queries import UNKNOWN
from engagement.people.registry import RuleKind, add_kind, askings, whose
from engagement.people.rule.words import either, keys, named, telling

Values = dict[str, Any]
Fields = dict[str, forms.Field]
Choices = Callable[[], list[tuple[Any, Any]]]
UNSTATED = (UNKNOWN, _("Not stated"))


def several(name: str, label: Any, choices: Choices) -> Callable[[], Fields]:
    """Boxes to tick, at least one."""
    required = {"required": _("Choose at least one.")}

    def fields() -> Fields:
        return {
            name: forms.MultipleChoiceField(
                label=label,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("One of those you choose is enough."),
                error_messages=required,
            )
        }

    return fields


def labels(name: str, choices: Choices) -> Callable[[Values], str]:
    """What was chosen, in the order it was offered; one we no longer know as it is."""

    def told(values: Values) -> str:
        chosen, known = values[name], dict(choices())
        found = [label for key, label in known.items() if key in chosen]
        return either([*found, *(key for key in chosen if key not in known)])

    return told


def _posts() -> Any:
    return Affiliation.objects.filter(ended_on=None)


def _sectors() -> list[tuple[Any, Any]]:
    return [*Sector.choices, UNSTATED]


def in_sector(values: Values) -> Q:
    """The body's sector goes before the one a person stated, as in `sector_of`."""
    posts = _posts()
    chosen = Q(organisation__sector__in=values["sectors"]) | Q(
        organisation=None, stated_sector__in=values["sectors"]
    )
    found = whose(posts.filter(chosen))
    if UNKNOWN in values["sectors"]:
        found |= ~whose(posts.exclude(organisation=None, stated_sector=""))
    return found


def _functions() -> list[tuple[Any, Any]]:
    return [*Function.choices, UNSTATED]


def in_function(values: Values) -> Q:
    found = whose(_posts().filter(function__in=values["functions"]))
    if UNKNOWN in values["functions"]:
        found |= ~whose(_posts().exclude(function=""))
    return found


def _areas() -> list[tuple[Any, Any]]:
    return list(Area.choices)


def in_area(values: Values) -> Q:
    """The body's area; where it has none, that of the body above it."""
    there = Organisation.objects.filter(area__in=values["areas"])
    bodies = _beneath(there.values_list("pk", flat=True), Q(area=""))
    return whose(_posts().filter(organisation__in=bodies))


def _beneath(tops: Collection[int], only: Q) -> set[int]:
    """These bodies with those beneath them that `only` lets in. One query a level."""
    found, level = set(tops), set(tops)
    while level:
        below = Organisation.objects.filter(only, parent__in=level)
        level = set(below.values_list("pk", flat=True)) - found
        found |= level
    return found


def _body_fields() -> Fields:
    return {
        "organisation": forms.ChoiceField(
            label=_("Which organisation?"),
            choices=_bodies,
            error_messages={"required": _("Choose an organisation.")},
        ),
        "beneath": forms.BooleanField(
            label=_("With the bodies beneath it"),
            required=False,
            initial=True,
        ),
    }


def _bodies() -> list[tuple[Any, Any]]:
    bodies = Organisation.objects.current()
    named_ = [(str(body.pk), shown(body, "name").text) for body in bodies]
    return [
        ("", gettext("Choose one")),
        *sorted(named_, key=lambda pair: pair[1].casefold()),
    ]


def in_body(values: Values) -> Q:
    """A body that was merged into another stands for the other."""
    body = Organisation.objects.filter(pk__in=keys([values["organisation"]])).first()
    while body and body.merged_into:
        body = body.merged_into
    bodies = {body.pk} if body else set()
    if values["beneath"]:
        bodies = _beneath(bodies, Q())
    return whose(_posts().filter(organisation__in=bodies))


def _body(values: Values) -> str:
    (name,) = named(Organisation.objects.all(), [values["organisation"]], "name")
    if values["beneath"]:
        return gettext("%(body)s, or a body beneath it") % {"body": name}
    return name


def _interests() -> list[tuple[Any, Any]]:
    return [(str(one.pk), shown(one, "name").text) for one in Interest.objects.all()]


def _tags() -> list[tuple[Any, Any]]:
    return [(str(tag.pk), tag.name) for tag in Tag.objects.all()]


def not_asked(values: Values) -> Q:
    since = timezone.now() - timedelta(days=values["days"])
    found = ~Q(pk__in=[])
    for asked_since in askings():
        asked = asked_since(since)
        found &= ~Q(pk__in=asked)
    return found


def _days_field() -> Fields:
    wrong = _("Enter a number of days from 1 to 3650.")
    return {
        "days": forms.IntegerField(
            label=_("Number of days"),
            min_value=1,
            max_value=3650,
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), wrong
            ),
        )
    }


def _linked(through: Any, column: str, name: str) -> Callable[[Values], Q]:
    return lambda values: whose(
        through.objects.filter(**{f"{column}__in": keys(values[name])})
    )


def _interest_names(values: Values) -> str:
    return either(named(Interest.objects.all(), values["interests"], "name"))


def _tag_names(values: Values) -> str:
    return either(named(Tag.objects.all(), values["tags"], "name"))


def _languages() -> list[tuple[Any, Any]]:
    return list(Person.Language.choices)


add_kind(
    RuleKind(
        key="sector",
        position=10,
        title=_("Sector"),
        fields=several("sectors", _("Which sectors?"), _sectors),
        condition=in_sector,
        words=telling(_("Sector is %(names)s"), labels("sectors", _sectors)),
        lacks=telling(_("Sector is not %(names)s"), labels("sectors", _sectors)),
    )
)
add_kind(
    RuleKind(
        key="function",
        position=20,
        title=_("Function"),
        fields=several("functions", _("Which functions?"), _functions),
        condition=in_function,
        words=telling(_("Function is %(names)s"), labels("functions", _functions)),
        lacks=telling(_("Function is not %(names)s"), labels("functions", _functions)),
    )
)
add_kind(
    RuleKind(
        key="organisation",
        position=30,
        title=_("Organisation"),
        fields=_body_fields,
        condition=in_body,
        words=telling(_("Works for %(names)s"), _body),
        lacks=telling(_("Does not work for %(names)s"), _body),
    )
)
add_kind(
    RuleKind(
        key="area",
        position=40,
        title=_("Local-authority area"),
        fields=several("areas", _("Which areas?"), _areas),
        condition=in_area,
        words=telling(_("Area is %(names)s"), labels("areas", _areas)),
        lacks=telling(_("Area is not %(names)s"), labels("areas", _areas)),
    )
)
add_kind(
    RuleKind(
        key="interest",
        position=50,
        title=_("Interest"),
        fields=several("interests", _("Which interests?"), _interests),
        condition=_linked(Person.interests.through, "interest", "interests"),
        words=telling(_("Is interested in %(names)s"), _interest_names),
        lacks=telling(_("Is not interested in %(names)s"), _interest_names),
    )
)
add_kind(
    RuleKind(
        key="tag",
        position=60,
        title=_("Tag"),
        fields=several("tags", _("Which tags?"), _tags),
        condition=_linked(Person.tags.through, "tag", "tags"),
        words=telling(_("Is tagged %(names)s"), _tag_names),
        lacks=telling(_("Is not tagged %(names)s"), _tag_names),
    )
)
add_kind(
    RuleKind(
        key="language",
        position=70,
        title=_("Order of languages"),
        fields=several("languages", _("Which order of languages?"), _languages),
        condition=lambda values: Q(language__in=values["languages"]),
        words=telling(
            _("Order of languages is %(names)s"), labels("languages", _languages)
        ),
        lacks=telling(
            _("Order of languages is not %(names)s"), labels("languages", _languages)
        ),
    )
)
add_kind(
    RuleKind(
        key="not_asked",
        position=200,
        title=_("Not written to for some time"),
        fields=_days_field,
        condition=not_asked,
        words=telling(
            _("Days since last written to: %(names)s or more, or never"),
            lambda values: str(values["days"]),
        ),
        lacks=telling(
            _("Days since last written to: fewer than %(names)s"),
            lambda values: str(values["days"]),
        ),
    )
)
