from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import active, shown
from engagement.core.fields import NO_NUL, WELSH, AddressField, LineField
from engagement.people.forms.imports import SpreadsheetField
from engagement.people.models import Function, Person, Sector
from newsletters.models import Article, Issue


class SubscribeForm(forms.Form):
    """Who would like to get a newsletter."""

    name = LineField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = AddressField(
        label=_("E-mail address"),
        help_text=_("We send you a link to confirm with."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
    language = forms.ChoiceField(
        label=_("Which language first?"),
        help_text=_("Each issue comes in both."),
        choices=Person.Language.choices,
        initial=active,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
    sector = forms.ChoiceField(
        label=_("What kind of organisation do you work for?"),
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages={"required": _("Choose a kind of organisation.")},
    )
    function = forms.ChoiceField(
        label=_("What is your work about?"),
        choices=[("", _("I would rather not say")), *Function.choices],
        required=False,
    )


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


class ImportForm(forms.Form):
    """A file of people who agreed to get a newsletter."""

    file = SpreadsheetField(
        label=_("CSV or XLSX file"),
        help_text=_("With the columns name, email, sector, function and language."),
    )
    evidence = LineField(
        label=_("How did they agree?"),
        help_text=_("Kept with each consent, such as “paper form, briefing of 3 May”."),
        max_length=200,
        error_messages={"required": _("Say how they agreed.")},
    )
