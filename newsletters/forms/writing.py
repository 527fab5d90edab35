from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.core.fields import NO_NUL, WELSH, LineField, MarkdownField
from newsletters.models import Article, Issue

# Words of a summary: long enough to say what it is, short enough to be read.
SUMMARY = (30, 60)


class Words(forms.BaseForm):
    """What the forms of an editor share: `seen` is the save that was typed over, `over`
    the one that is to be written over, in full knowledge."""

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names()}

    def typed(self) -> dict[str, str]:
        """The words as they stand in the form, fit to be kept or not."""
        return {name: self[name].value() or "" for name in self.names()}

    def over(self) -> str:
        """The save that these words may replace."""
        return str(self.data.get("over") or self["seen"].value() or "")

    def still_same(self) -> bool:
        return bool(self.cleaned_data["same"])

    def names(self) -> list[str]:
        return [name for name in self.fields if name not in {"seen", "same"}]


def _seen() -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


def _same() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("The other language still says the same"),
        help_text=_(
            "Tick it when you changed one language and the other needs no change, such "
            "as after mending a typing error. Otherwise the other language counts as "
            "older until it is changed too."
        ),
        required=False,
    )


class IssueForm(Words, forms.ModelForm[Issue]):
    seen = _seen()
    same = _same()

    class Meta:
        model = Issue
        fields = ["title_en", "title_cy", "intro_en", "intro_cy"]
        field_classes = {
            **dict.fromkeys(("title_en", "title_cy"), LineField),
            **dict.fromkeys(("intro_en", "intro_cy"), MarkdownField),
        }
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


LONG = ("summary_en", "summary_cy", "body_en", "body_cy", "meaning_en", "meaning_cy")


class ArticleForm(Words, forms.ModelForm[Article]):
    seen = _seen()
    same = _same()

    class Meta:
        model = Article
        fields = ["title_en", "title_cy", *LONG]
        field_classes = {
            **dict.fromkeys(("title_en", "title_cy"), LineField),
            **dict.fromkeys(LONG, MarkdownField),
        }
        error_messages = {
            **dict.fromkeys(("title_cy", *LONG), NO_NUL),
            "title_en": {"required": _("Enter a title in English."), **NO_NUL},
            "summary_en": {"required": _("Enter a summary in English."), **NO_NUL},
        }
        help_texts = {
            "summary_en": _("Goes into the mail: 30 to 60 words, in plain language."),
            "summary_cy": _("Goes into the mail: 30 to 60 words, in plain language."),
            "body_en": _("Goes on the article's own page. You can use Markdown."),
            "body_cy": _("Goes on the article's own page. You can use Markdown."),
            "meaning_en": _(
                "What a reader may do differently now, in a few sentences."
            ),
            "meaning_cy": _(
                "What a reader may do differently now, in a few sentences."
            ),
        }
        widgets = {
            "title_cy": forms.TextInput(WELSH),
            "summary_en": forms.Textarea({"rows": 5}),
            "summary_cy": forms.Textarea({"rows": 5, **WELSH}),
            "body_en": forms.Textarea({"rows": 14}),
            "body_cy": forms.Textarea({"rows": 14, **WELSH}),
            "meaning_en": forms.Textarea({"rows": 4}),
            "meaning_cy": forms.Textarea({"rows": 4, **WELSH}),
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
    # Where it stood when it was taken out; otherwise it comes last.
    at = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Article.objects.filter(study=issue.newsletter.study_id)
        self.fields["article"].queryset = choices.exclude(  # type: ignore[attr-defined]
            places__issue=issue
        ).order_by("-updated_at")


class OrderForm(forms.Form):
    """The numbers of all articles of an issue, in the order that they shall have."""

    order = forms.TypedMultipleChoiceField(coerce=int, choices=[])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sent = data.getlist("order")
        numbers = [one for one in sent if one.isascii() and one.isdigit()]
        self.fields["order"].choices = [(one, one) for one in numbers]  # type: ignore[attr-defined]
