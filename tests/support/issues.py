"""An issue as a check sees it, from the words a test gives."""

from newsletters import checking
from newsletters.checking import loading
from newsletters.models import IssueArticle
from tests import factories

SUMMARY_EN = "A summary of so many words. " * 6
SUMMARY_CY = "Crynodeb o ryw nifer penodol o eiriau. " * 5


def make(
    en="The whole of it.", cy="Y cyfan.", *, field="body", newsletter=None, **more
):
    """An issue with one article, which says `en` and `cy` in one of its fields."""
    issue = factories.make_issue(
        newsletter=newsletter, title_en="An issue", title_cy="Rhifyn"
    )
    words = {
        "title_en": "An article",
        "title_cy": "Erthygl",
        "summary_en": SUMMARY_EN,
        "summary_cy": SUMMARY_CY,
        f"{field}_en": en,
        f"{field}_cy": cy,
    }
    article = factories.make_article(study=issue.newsletter.study, **words | more)
    IssueArticle.objects.create(issue=issue, article=article, position=1)
    return issue


def codes(issue):
    return [finding.code for finding in checking.run(issue)]


def found(issue, code):
    """The findings with this code, or whose code begins with it."""
    return [one for one in checking.run(issue) if one.code.startswith(code)]


def by(check, issue):
    """What one check alone finds."""
    return list(check(loading.load(issue)))
