from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.bilingual import shown
from engagement.events.models import Event
from engagement.outputs.models import Output
from engagement.studies.models import Study
from newsletters.models import Article, Issue


class LinkForm(forms.Form):
    """What an article can lead to: outputs of the studies that the newsletter is about,
    what comes next, and their teams."""

    target = forms.ChoiceField(
        label=gettext_lazy("Where it leads"),
        error_messages={
            "required": gettext_lazy("Choose where it leads."),
            "invalid_choice": gettext_lazy("Choose where it leads."),
        },
    )

    def __init__(self, *args: Any, issue: Issue, article: Article) -> None:
        super().__init__(*args)
        newsletter = issue.newsletter
        studies = Study.objects.filter(
            pk__in=[
                *(newsletter.study_id, article.study_id),
                *newsletter.other_studies.values_list("pk", flat=True),
            ]
        )
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")),
            (_("Outputs"), _named("output", _outputs(studies))),
            (_("Coming events"), _named("event", Event.objects.upcoming())),
            (_("Ask the team"), _named("ask", studies)),
        ]


def _outputs(studies: Any) -> Any:
    """Drafts too: an output may come out with the issue."""
    return Output.objects.filter(study__in=studies).by_status()


def _named(kind: str, things: Any) -> list[tuple[str, str]]:
    return [(f"{kind}:{thing.pk}", shown(thing, "title").text) for thing in things]
