"""A small site with two months of hits, counted in the third."""

from datetime import UTC, date, datetime

from engagement.metrics.services import recount
from newsletters.models import Document
from tests import factories

# A day in March, and the last one that is counted.
NOW = datetime(2026, 3, 11, 9, tzinfo=UTC)
LAST = date(2026, 2, 28)


def site(study):
    """(output, article, issue). In January one person opens the page of the output and
    two of its files in one hour, in February another opens a file, the article and the
    issue, and a third the article in Welsh."""
    output = _output(study)
    english, welsh = (
        factories.make_file(output=output, language=language)
        for language in ("en", "cy")
    )
    issue = factories.make_issue(
        newsletter=factories.make_newsletter(study=study, title_en="Ranks monthly"),
        articles=1,
        title_en="First issue",
        state="finished",
        frozen_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
    )
    article = issue.places.get().article
    document = Document.objects.create(issue=issue, language="en", size=1, pages=1)
    january = datetime(2026, 1, 14, 10, tzinfo=UTC)
    february = datetime(2026, 2, 3, 10, tzinfo=UTC)
    for kind, target, at, more in [
        ("output", output.pk, january, {}),
        ("file", english.pk, january.replace(minute=1), {}),
        ("file", welsh.pk, january.replace(minute=2), {"language": "cy"}),
        ("file", english.pk, january, {"client": "m", "hit_class": "machine"}),
        ("file", english.pk, february, {"client": "p", "hit_class": "proxy"}),
        ("file", english.pk, february, {"client": "b"}),
        ("article", article.pk, february, {"client": "b"}),
        ("article", article.pk, february, {"client": "c", "language": "cy"}),
        ("issue_document", document.pk, february, {"client": "b"}),
    ]:
        factories.make_hit(kind, target, study, at=at, **more)
    factories.count_hits()
    recount.recount_day(LAST)
    return output, article, issue


def _output(study):
    output = factories.make_output(
        slug="ranks",
        published=True,
        study=study,
        title_en="Ranks",
        title_cy="Safleoedd",
        publisher="Welsh Government",
        issn="0953-1513",
        authors=["Rees, B.", "A body"],
    )
    output.published_at = datetime(2025, 11, 3, 9, 30, tzinfo=UTC)
    output.save()
    output.authors.filter(family="Rees").update(orcid="0000-0002-1825-0097")
    return output
