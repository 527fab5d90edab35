"""Which rows to list; each form is sent by GET, each part may be left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import Role, User
from engagement.core.fields import TitleChoice
from engagement.evidence.models import EvidenceOfUse, Recommendation, Submission
from engagement.people.models import Sector
from engagement.studies.models import Study

ALL = [("", _("All"))]


def choose(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[*ALL, *choices])


def any_study() -> TitleChoice:
    return TitleChoice(
        label=_("Study"),
        queryset=Study.objects.all(),
        required=False,
        empty_label=_("All"),
    )


def staff() -> Any:
    return User.objects.filter(
        role__in=[Role.MANAGER, Role.ADMINISTRATOR], is_active=True
    ).order_by("name")


class UsesForm(forms.Form):
    """Of the public page of a study."""

    kind = choose(_("Kind of entry"), EvidenceOfUse.Kind.choices)
    use_type = choose(_("Kind of use"), EvidenceOfUse.UseType.choices)
    sector = choose(_("Sector"), Sector.choices)
    confidence = choose(_("How sure"), EvidenceOfUse.Confidence.choices)


class RegisterForm(UsesForm):
    """Of the register of staff."""

    study = any_study()
    stage = choose(_("Stage"), EvidenceOfUse.Stage.choices)
    model = choose(_("Model"), EvidenceOfUse.Model.choices)
    published = choose(_("In public"), [("yes", _("Yes")), ("no", _("No"))])
    field_order = ["study", "kind", "stage", "use_type", "model"]


class SubmissionsForm(forms.Form):
    state = choose(_("Which"), Submission.State.choices)


class RecommendationsForm(forms.Form):
    study = any_study()
    which = choose(
        _("Which"),
        [
            *Recommendation.State.choices,
            ("overdue", _("Overdue")),
            ("ownerless", _("Nobody sees to it")),
        ],
    )
    owner = forms.ModelChoiceField(
        label=_("Who sees to it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff()  # type: ignore[attr-defined]
