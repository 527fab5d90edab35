"""What a text becomes, on a page in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from newsletters.models import Issue
from tests import factories
from tests.test_core_markup_charts import CHART

BROAD = "Table: Broad\n\n|a|b|\n|-|-|\n|" + "word" * 60 + "|c|\n"
TEXT = (
    f"# One[^a]\n\nWords[^b] and more.\n\n{CHART}\n{BROAD}\n[^a]: First.\n[^b]: Second."
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_notes_charts_and_tables_are_for_everybody(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    issue = factories.make_issue(state=Issue.State.ARCHIVED)
    article = factories.make_article(summary_en=TEXT, body_en=TEXT)
    issue.places.create(article=article, position=1)
    page.goto(reverse("newsletters:article", args=[article.slug]))
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    page.get_by_role("link", name="Note 1", exact=True).last.click()
    assert page.url.endswith(f"#article-{article.pk}-body-note-1")
    page.get_by_role("link", name="Back to note 1 in the text").last.click()
    assert page.url.endswith(f"#article-{article.pk}-body-mark-1-1")
