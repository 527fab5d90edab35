"""Issues and articles in the graph of evidence; where the team of a study is written to."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from engagement.evidence import graph, team
from engagement.evidence.columns import End, tie
from engagement.evidence.graph import Kind, Reader, Thing
from engagement.evidence.ties import thing
from engagement.studies.models import Study
from newsletters.models import Article, Issue, IssueArticle, Link, Newsletter


def _issues(reader: Reader, pks: Collection[int]) -> Iterable[Thing]:
    rows = Issue.objects.visible_to(reader).filter(pk__in=pks)
    for row in rows.select_related("newsletter"):
        day = row.finished_at.date() if row.finished_at else None
        study = row.newsletter.study_id
        url = row.get_absolute_url()
        yield thing("issue", row, "title", url, at=day, study_id=study)


def _articles(reader: Reader, pks: Collection[int]) -> Iterable[Thing]:
    for row in Article.objects.visible_to(reader).filter(pk__in=pks):
        yield thing("article", row, "title", row.get_absolute_url())


def _addresses(study: Study) -> Iterable[str]:
    for row in Newsletter.objects.filter(study=study):
        yield row.reply_address or row.sender_address


graph.register(Kind("issue", _("Issues"), "Entity", _issues))
graph.register(Kind("article", _("Articles"), "Entity", _articles))
ARTICLE = End("article", "article")
for rows, source, relation, target in (
    (Issue.objects.all(), End("issue"), "wasGeneratedBy", "newsletter__study"),
    (Article.objects.all(), End("article"), "wasGeneratedBy", "study"),
):
    graph.add_ties(tie(rows, source, relation, End("study", target)))
graph.add_ties(
    tie(IssueArticle.objects.all(), End("issue", "issue"), "hadMember", ARTICLE)
)
for kind, relation in (("output", "wasDerivedFrom"), ("event", "wasInfluencedBy")):
    graph.add_ties(tie(Link.objects.all(), ARTICLE, relation, End(kind, kind)))
team.add_addresses(_addresses)
