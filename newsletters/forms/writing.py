from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, WELSH
from newsletters.models import Article, Issue


class IssueForm(forms.ModelForm[Issue]):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Issue
        fields = ["title_en", "title_cy", "intro_en", "intro_cy"]
        error_messages = {
            "title_en": {"required": _("Enter a subject in English."), **NO_NUL},
            "title_cy": NO_NUL,
            "intro_en": NO_NUL,
            "intro_cy": NO_NUL,
        }
        help_texts = {
            "intro_en": _("A sentence or two. You can use Markdown."),
            "intro_cy": _("A sentence or two. You can use Markdown."),
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "intro_en": forms.Textarea({"rows": 4}),
            "intro_cy": forms.Textarea({"rows": 4, **WELSH}),
        }


class ArticleForm(forms.ModelForm[Article]):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = [
            *("title_en", "title_cy", "summary_en", "summary_cy", "body_en", "body_cy")
        ]
        error_messages = {
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "summary_en": {"required": _("Enter a summary in English."), **NO_NUL},
            **dict.fromkeys(("title_cy", "summary_cy", "body_en", "body_cy"), NO_NUL),
        }
        help_texts = {
            "summary_en": _("Goes into the mail: 30 to 60 words, in plain language."),
            "summary_cy": _("Goes into the mail: 30 to 60 words, in plain language."),
            "body_en": _("Goes on the article's own page. You can use Markdown."),
            "body_cy": _("Goes on the article's own page. You can use Markdown."),
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "summary_en": forms.Textarea({"rows": 5}),
            "summary_cy": forms.Textarea({"rows": 5, **WELSH}),
            "body_en": forms.Textarea({"rows": 14}),
            "body_cy": forms.Textarea({"rows": 14, **WELSH}),
        }


class _ArticleChoice(forms.ModelChoiceField[Article]):
    def label_from_instance(self, obj: Article) -> str:
        return shown(obj, "title").text


class PlaceForm(forms.Form):
    """An article of the study that is not in the issue yet."""

    article = _ArticleChoice(
        label=_("An article that exists"),
        queryset=Article.objects.none(),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose an article.")},
    )

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Article.objects.filter(study=issue.newsletter.study_id)
        self.fields["article"].queryset = choices.exclude(  # type: ignore[attr-defined]
            places__issue=issue
        ).order_by("-updated_at")
