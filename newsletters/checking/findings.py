"""What a check says, and where."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.bilingual import shown
from newsletters.models import Article, Issue

BLOCK, WARN, HINT = "block", "warn", "hint"
PARITY = "parity."
FIELDS = {
    "title": gettext_lazy("title"),
    "intro": gettext_lazy("opening"),
    "summary": gettext_lazy("summary"),
    "body": gettext_lazy("full text"),
    "meaning": gettext_lazy("what this means for you"),
    "pictures": gettext_lazy("pictures"),
    "links": gettext_lazy("links to the site"),
    "newsletter": gettext_lazy("settings of the newsletter"),
    "mail": gettext_lazy("the message"),
}
# What of an article has a page of its own.
PAGES = {"pictures": "edit_pictures", "links": "edit_links"}
LANGUAGES = {
    "": gettext_lazy("both languages"),
    "en": gettext_lazy("English"),
    "cy": gettext_lazy("Welsh"),
}


@dataclass(frozen=True)
class Place:
    """`article` is "" for the issue itself, `language` is "" for both."""

    name: str
    article: str
    field: str
    language: str
    label: str
    url: str


@dataclass(frozen=True)
class Finding:
    """`sentence` is in the language that the check was run in."""

    code: str
    level: str
    sentence: str
    place: Place

    @property
    def url(self) -> str:
        return self.place.url

    @property
    def is_parity(self) -> bool:
        return self.code.startswith(PARITY)

    @property
    def is_blocking_parity(self) -> bool:
        return self.is_parity and self.level == BLOCK

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The same in either language of the interface."""
        place = self.place
        return self.code, place.article, place.field, place.language

    def __str__(self) -> str:
        if self.place.field == "mail":
            return self.sentence
        return f"{self.place.name}, {self.place.label}: {self.sentence}"


def place(
    issue: Issue, thing: Issue | Article, field: str, language: str = ""
) -> Place:
    """With the address of the form where it is mended."""
    if isinstance(thing, Article):
        page = PAGES.get(field, "edit_article")
        url = reverse(f"newsletters:{page}", args=[issue.pk, thing.pk])
        name, article = shown(thing, "title").text, thing.slug
    else:
        url = reverse("newsletters:edit_issue", args=[issue.pk])
        name, article = _("The issue"), ""
    column = f"{field}_{language or 'en'}"
    is_typed = any(one.name == column for one in thing._meta.concrete_fields)
    return Place(
        name=name,
        article=article,
        field=field,
        language=language,
        label=_label(field, language, is_subject=field == "title" and not article),
        url=f"{url}#id_{column}" if is_typed else url,
    )


def _label(field: str, language: str, *, is_subject: bool) -> str:
    name = _("subject") if is_subject else FIELDS[field]
    return f"{name}, {LANGUAGES[language]}"
