"""The pages of a registration, and what somebody has answered so far."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from engagement.events.forms.asked import QuestionsForm
from engagement.events.forms.registering import (
    NeedsForm,
    OrganisationForm,
    SessionsForm,
    Step,
    YouForm,
)
from engagement.events.models import Event
from engagement.events.services import places
from engagement.events.services.details import Details

FORMS: Mapping[str, type[Step]] = {
    "you": YouForm,
    "organisation": OrganisationForm,
    "sessions": SessionsForm,
    "needs": NeedsForm,
    "questions": QuestionsForm,
}
KEY = "registering"
# Needs are written down here before they are where few can see them.
KEPT = 2 * 60 * 60


def of(event: Event) -> list[str]:
    """Which pages the event has."""
    absent = set()
    if not event.sessions.exists():
        absent.add("sessions")
    if not event.questions.asked().exists():
        absent.add("questions")
    return [step for step in FORMS if step not in absent]


def collect(forms: list[Step]) -> tuple[dict[str, Any], Details]:
    """The columns and the details that these valid forms hold together."""
    columns: dict[str, Any] = {}
    details: dict[str, Any] = {}
    for form in forms:
        columns |= form.fields_of_registration()
        details |= form.details()
    return columns, Details(**details)


class Draft:
    """In the session, so that nothing is registered before it was checked, the back
    button works, and nothing is left where somebody goes away.

    What was answered is checked anew each time: an event changes meanwhile.
    """

    def __init__(self, request: HttpRequest, event: Event) -> None:
        self.request, self.event = request, event
        self.steps = of(event)
        kept = request.session.get(KEY, {}).get(event.slug, {})
        self.reference: str = kept.get("reference") or places.new_reference()
        self.answers: dict[str, Any] = kept.get("answers", {})

    def form(self, step: str, data: QueryDict | None = None) -> Step:
        if data is None and step in self.answers:
            data = QueryDict(mutable=True)
            for name, values in self.answers[step].items():
                data.setlist(name, values)
        return FORMS[step](data, event=self.event)

    def forms(self) -> dict[str, Step]:
        return {step: self.form(step) for step in self.steps}

    def keep(self, step: str, form: Step) -> None:
        data: Any = form.data
        self.answers[step] = {name: data.getlist(name) for name in form.fields}
        session = self.request.session
        kept = {"reference": self.reference, "answers": self.answers}
        session[KEY] = session.get(KEY, {}) | {self.event.slug: kept}
        if not self.request.user.is_authenticated:
            session.set_expiry(KEPT)

    def drop(self) -> None:
        session = self.request.session
        others = session.get(KEY, {})
        others.pop(self.event.slug, None)
        session[KEY] = others

    def unanswered(self, before: str = "") -> str:
        """The first page (of those before one) that is not answered, or no longer well;
        "" where there is none."""
        for step in self.steps:
            if step == before:
                break
            if step not in self.answers or not self.form(step).is_valid():
                return step
        return ""

    def address(self, step: str) -> str:
        """Of a page; of the last one where it is ""."""
        if step == "you":
            return reverse("events:register", args=[self.event.slug])
        if not step:
            return reverse("events:check_answers", args=[self.event.slug])
        return reverse("events:register_step", args=[self.event.slug, step])

    def back(self, step: str) -> str:
        """Where the page before is."""
        place = self.steps.index(step) if step else len(self.steps)
        if place == 0:
            return self.event.get_absolute_url()
        return self.address(self.steps[place - 1])
