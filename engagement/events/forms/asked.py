from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, LinesField
from engagement.events.forms.registering import Step
from engagement.events.models import Question, Registration

Kind = Question.Kind


class QuestionsForm(Step):
    """What this event asks beside what all ask; a field for each question."""

    title = gettext_lazy("Questions about this event")

    def __init__(self, *args: Any, **more: Any) -> None:
        asked = more["event"].questions.asked().prefetch_related("options")
        self.questions = {f"question-{one.pk}": one for one in asked}
        super().__init__(*args, **more)
        for name, question in self.questions.items():
            self.fields[name] = _field(question)

    def answered(self, by: Registration) -> dict[str, Any]:
        return {
            f"question-{answer.question_id}": _value(answer)
            for answer in by.answers.select_related("question").prefetch_related(
                "options"
            )
        }

    def details(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"answers": {one.pk: data[name] for name, one in self.questions.items()}}


def _value(answer: Any) -> Any:
    kind = answer.question.kind
    if kind == Kind.TEXT:
        return answer.text
    if kind == Kind.CONSENT:
        return answer.agreed
    chosen = [option.pk for option in answer.options.all()]
    return chosen if kind == Kind.SEVERAL else next(iter(chosen), "")


def _field(question: Question) -> forms.Field:
    label = shown(question, "label").text
    common: dict[str, Any] = {
        "label": label
        if question.required
        else _("%(label)s (if you like)") % {"label": label},
        "help_text": shown(question, "hint").text,
        "required": question.required,
    }
    required = {"required": _("Answer this: %(label)s") % {"label": label}}
    if question.kind == Kind.CONSENT:
        # Whoever need not agree sees the wording and nothing else.
        return forms.BooleanField(
            **common | {"label": label},
            error_messages={
                "required": _("You can only register if you agree to this.")
            },
        )
    if question.kind == Kind.TEXT:
        area = forms.Textarea({"rows": 3})
        return LinesField(
            **common,
            max_length=2000,
            widget=area,
            error_messages={**required, **NO_NUL},
        )
    options = [(one.pk, shown(one, "label").text) for one in question.options.all()]
    several = question.kind == Kind.SEVERAL
    widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
    kind = forms.TypedMultipleChoiceField if several else forms.TypedChoiceField
    gone = {"invalid_choice": _("This answer is no longer there. Choose again.")}
    return kind(
        **common,
        coerce=int,
        choices=options,
        widget=widget,
        error_messages=required | gone,
    )
