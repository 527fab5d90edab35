"""How an output, or one edition of it, is cited: the facts, and a module for each form.

Everything is in the reader's language; a title that is not says in which it is.
"""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from engagement.core import markup
from engagement.core.bilingual import LANGUAGES, active, other, shown
from engagement.outputs.models import Author, Edition, File, Output

DOI = "https://doi.org/"
ORCID = "https://orcid.org/"
# What is read of an output; "corrected_by" too, so that files are asked without a query.
NEEDED = ("authors", "subjects", "editions__files__corrected_by")
LICENCES = {
    "ogl3": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "cc_by4": "https://creativecommons.org/licenses/by/4.0/",
}


class Cited(NamedTuple):
    """`edition` is None where Dolen has none, as of what was out before it."""

    output: Output
    edition: Edition | None
    authors: list[Author]
    subjects: list[str]
    files: list[File]
    title: str
    # The language of the title.
    lang: str
    year: int | None
    # The day, where it was published from here.
    day: date | None
    summary: str
    isbn: str
    doi: str
    url: str

    @property
    def key(self) -> str:
        number = f"-{self.edition.number}" if self.edition else ""
        return f"{self.output.slug}{number}"

    @property
    def address(self) -> str:
        """That lasts longest: the DOI where there is one (FAIR, F1)."""
        return DOI + self.doi if self.doi else self.url

    @property
    def licence(self) -> str:
        """The address of its text, "" where there is none."""
        return LICENCES.get(self.output.licence, "")


def of(output: Output, edition: Edition | None = None) -> Cited:
    """What is out: the edition, or the newest that is neither withdrawn nor to come.

    What it needs is fetched once for the output, however often it is asked for.
    """
    prefetch_related_objects([output], *NEEDED)
    edition = _same(output, edition) if edition else _newest(output)
    title, lang = shown(output, "title")
    return Cited(
        output=output,
        edition=edition,
        authors=list(output.authors.all()),
        subjects=[shown(each, "name").text for each in output.subjects.all()],
        files=_files(output, edition),
        title=title,
        lang=lang,
        year=_year(output, edition),
        day=_day(output, edition),
        summary=summary(output, active()) or summary(output, other(active())),
        isbn=edition.isbn if edition else "",
        doi=edition.doi if edition else "",
        url=settings.SITE_URL + (edition or output).get_absolute_url(),
    )


def summary(output: Output, lang: str) -> str:
    """As one line of words, the plain one first; "" of what was withdrawn, which says
    nothing any more."""
    if output.status != Output.Status.PUBLISHED:
        return ""
    text = getattr(output, f"plain_{lang}") or getattr(output, f"summary_{lang}")
    return " ".join(markup.text(text).split()) if text else ""


def addresses(output: Output) -> dict[str, str]:
    """The page in each language."""
    path = output.get_absolute_url().removeprefix(f"/{active()}")
    return {lang: f"{settings.SITE_URL}/{lang}{path}" for lang in LANGUAGES}


def file_address(file: File) -> str:
    return settings.SITE_URL + reverse("outputs:download", args=[file.pk])


def form_address(cited: Cited, form: str, edition: Edition | None = None) -> str:
    """Where this is to be had as BibTeX, RIS and so on."""
    args = [cited.output.slug, *([edition.number] if edition else []), form]
    name = "outputs:cite_edition" if edition else "outputs:cite"
    return settings.SITE_URL + reverse(name, args=args)


def _same(output: Output, edition: Edition) -> Edition:
    """Of those that were fetched with the output, with their files."""
    return next((e for e in output.editions.all() if e.pk == edition.pk), edition)


def _newest(output: Output) -> Edition | None:
    found = [e for e in output.editions.all() if e.published_at]
    standing = [e for e in found if not e.withdrawn_at]
    return next(iter(standing or found), None)


def _files(output: Output, edition: Edition | None) -> list[File]:
    """Those that anybody can have, and that no correction replaced."""
    if edition is None or not edition.published_at or edition.withdrawn_at:
        return []
    if output.status != Output.Status.PUBLISHED:
        return []
    return [file for file in edition.files.all() if not hasattr(file, "corrected_by")]


def _year(output: Output, edition: Edition | None) -> int | None:
    day = _day(output, edition)
    of_edition = edition.year if edition else None
    return of_edition or output.year or (day.year if day else None)


def _day(output: Output, edition: Edition | None) -> date | None:
    """None where the year that is printed is another: it came here later."""
    moment = edition.published_at if edition else output.published_at
    day = timezone.localdate(moment) if moment else None
    printed = (edition.year if edition else None) or output.year
    return day if day and printed in (None, day.year) else None
