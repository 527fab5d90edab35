"""The report's newsletter, its issue of February 2011, and one ready to be sent."""

from functools import partial
from typing import Any

from django.db import transaction

from engagement.core import demo
from engagement.events.models import Event
from engagement.mail import queue
from engagement.people.models import Audience, Consent, Person
from engagement.studies.models import Study
from newsletters.models import Article, Issue, IssueArticle, Newsletter, Subscription
from newsletters.services import subscriptions


def load() -> str:
    studies = {study.slug: study for study in Study.objects.all()}
    for record in demo.read(__file__, "newsletters"):
        demo.keep(Newsletter, record | {"study": studies[record["study"]]})
    for record in demo.read(__file__, "articles"):
        demo.keep(Article, record | {"study": studies[record["study"]]})
    newsletter = Newsletter.objects.get(slug="wimd")
    for record in demo.read(__file__, "issues"):
        articles = record.pop("articles")
        new = not Issue.objects.filter(slug=record["slug"]).exists()
        issue = demo.keep(Issue, record | {"newsletter": newsletter})
        if new:
            _place(issue, articles)
            if issue.state == Issue.State.ARCHIVED:
                transaction.on_commit(
                    partial(queue.tell, "newsletters.make_documents", issue_id=issue.pk)
                )
    made = _subscribe_contacts(newsletter)
    for slug, audience in _audiences(newsletter).items():
        demo.keep(Audience, audience | {"slug": slug})
    return f"newsletters 1, issues {Issue.objects.count()}, new subscriptions {made}"


def _place(issue: Issue, slugs: list[str]) -> None:
    for position, slug in enumerate(slugs, start=1):
        article = Article.objects.get(slug=slug)
        IssueArticle.objects.create(issue=issue, article=article, position=position)


def _subscribe_contacts(newsletter: Newsletter) -> int:
    """The synthetic contacts who have never subscribed; who has left stays away."""
    contacts = list(
        Person.objects.filter(is_synthetic=True, email__startswith="contact").exclude(
            subscriptions__newsletter=newsletter
        )
    )
    Subscription.objects.bulk_create(
        Subscription(newsletter=newsletter, person=person) for person in contacts
    )
    wording = subscriptions.wording(newsletter)
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose=Consent.Purpose.NEWSLETTER,
            about=newsletter.slug,
            action=Consent.Action.GIVEN,
            wording=wording,
            wording_version=subscriptions.WORDING_VERSION,
            language="en",
            source=Consent.Source.DEMO,
        )
        for person in contacts
    )
    return len(contacts)


def _audiences(newsletter: Newsletter) -> dict[str, dict[str, Any]]:
    """Rules over the synthetic contacts, by their addresses on the site."""
    workshop = Event.objects.get(slug="wimd-workshop-synthetic")
    outside = {"kind": "sector", "sectors": ["voluntary", "private"]}
    return {
        "workshop-missed-synthetic": {
            "name": "Registered for the workshop and did not come (synthetic)",
            "note": "Whom to send the slides to.",
            "rule": {"all": [{"kind": "stayed_away", "event": str(workshop.pk)}]},
        },
        "quiet-readers-synthetic": {
            "name": "Readers outside government, not written to lately (synthetic)",
            "note": "Whom to invite next: nobody is asked twice by accident.",
            "rule": {
                "all": [
                    {"kind": "subscribed", "newsletter": str(newsletter.pk)},
                    {"any": [outside, {"kind": "language", "languages": ["cy"]}]},
                    {"not": {"kind": "attended", "event": str(workshop.pk)}},
                    {"kind": "not_asked", "days": 30},
                ]
            },
        },
    }
