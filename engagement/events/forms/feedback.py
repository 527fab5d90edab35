from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import LinesField
from engagement.events.models import Commitment, Feedback


def _words(label: Any, hint: Any = "") -> LinesField:
    return LinesField(
        label=label,
        help_text=hint,
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class FeedbackForm(forms.Form):
    """What somebody who came makes of it. Only the first question must be answered.

    `taken` names the questions whose answers the team has taken up.
    """

    useful = forms.ChoiceField(
        label=_("Was it useful?"),
        choices=Feedback.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how useful it was.")},
    )
    use_for = _words(_("What will you use it for?"))
    means = _words(
        _("What does this mean for you?"),
        _("Something that you will do. We ask you after three months what came of it."),
    )
    differently = _words(
        _("What do you need us to do differently?"),
        _("Something that we could do, and say that we will."),
    )
    comment = _words(_("Is there anything else?"))

    def __init__(self, *args: Any, taken: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in taken:
            self.fields[name].disabled = True
            self.fields[name].help_text = _(
                "The team has taken this up, so you can no longer change it here."
            )


class ReportForm(forms.Form):
    """What came of what somebody said they would do."""

    answer = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            (Commitment.State.DONE, _("It is done")),
            (Commitment.State.OPEN, _("Not yet")),
            (Commitment.State.DROPPED, _("No, and it will not be")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = _words(
        _("In your words"),
        _("What was done with it, or what stood in the way. It helps us to do better."),
    )
