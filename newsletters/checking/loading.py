"""An issue with all that the checks ask about, in a few queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from engagement.core.bilingual import LANGUAGES
from engagement.outputs.models import Output
from engagement.studies.models import Study, Term
from newsletters.checking import structure
from newsletters.checking.findings import Finding, Place, place
from newsletters.checking.structure import Structure
from newsletters.models import Article, Issue
from newsletters.services import rendering
from newsletters.services.rendering import Rendered

# The fields that hold words; all but titles are Markdown.
OF_ISSUE = ("title", "intro")
OF_ARTICLE = ("title", "summary", "body", "meaning")


@dataclass(frozen=True)
class Text:
    """One field of an issue or article, in both languages."""

    issue: Issue
    thing: Issue | Article
    field: str

    def typed(self, language: str) -> str:
        words: str = getattr(self.thing, f"{self.field}_{language}")
        return words.strip()

    def read(self, language: str) -> Structure:
        words = self.typed(language)
        return (
            structure.plain(words) if self.field == "title" else structure.read(words)
        )

    def place(self, language: str = "") -> Place:
        return place(self.issue, self.thing, self.field, language)

    def found(
        self, code: str, level: str, sentence: str, language: str = ""
    ) -> Finding:
        return Finding(code, level, sentence, self.place(language))


@dataclass(frozen=True)
class Loaded:
    issue: Issue
    articles: list[Article]
    studies: list[Study]
    terms: list[Term]
    rendered: Rendered
    # Slugs of outputs that come out with the issue.
    coming: frozenset[str]

    @property
    def things(self) -> list[Issue | Article]:
        return [self.issue, *self.articles]

    def texts(self) -> Iterator[Text]:
        """In the order they are read."""
        for field in OF_ISSUE:
            yield Text(self.issue, self.issue, field)
        for article in self.articles:
            yield from self.texts_of(article)

    def texts_of(self, article: Article) -> Iterator[Text]:
        for field in OF_ARTICLE:
            yield Text(self.issue, article, field)

    def written(self) -> Iterator[tuple[Text, str, Structure]]:
        """Each text in each language that it is written in."""
        for text in self.texts():
            for language in LANGUAGES:
                if text.typed(language):
                    yield text, language, text.read(language)

    def found(
        self,
        code: str,
        level: str,
        sentence: str,
        thing: Issue | Article,
        field: str,
        language: str = "",
    ) -> Finding:
        return Finding(code, level, sentence, place(self.issue, thing, field, language))


def load(issue: Issue, rendered: Rendered | None = None) -> Loaded:
    """Reads the issue anew, so that what is checked is what is kept.

    Who has it `rendered` already, in either order of languages, hands it in: that is
    most of the work.
    """
    rows = Issue.objects.select_related("newsletter__study")
    issue = rows.prefetch_related("newsletter__other_studies").get(pk=issue.pk)
    places = issue.places.select_related("article__study").prefetch_related(
        "article__pictures", "article__links__output", "article__links__event"
    )
    articles = [one.article for one in places]
    newsletter = issue.newsletter
    about = [newsletter.study, *newsletter.other_studies.all()]
    about += [article.study for article in articles]
    studies = list({study.pk: study for study in about}.values())
    terms = Term.objects.filter(Q(study__in=[study.pk for study in studies]))
    rendered = rendered or rendering.render(issue, language="en")
    coming = frozenset(_coming(issue))
    return Loaded(issue, articles, studies, list(terms), rendered, coming)


def _coming(issue: Issue) -> Iterable[str]:
    """Of its release."""
    if issue.release_id is None:
        return ()
    found = Output.objects.filter(editions__release_item__release=issue.release_id)
    return found.values_list("slug", flat=True)
