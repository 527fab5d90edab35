"""A study of which every figure counts something, none of it small."""

from datetime import timedelta

from django.utils import timezone

from engagement.events.models import Commitment
from engagement.groups.models import Action
from newsletters.models import Article, Delivery
from tests import factories
from tests.support.reported import aim, come

LETTERS = "abcdefg"


def make(study):
    """All of it in the last weeks, with a meeting that held people, and nobody reached."""
    come(study, "academic", 7, stayed_away=6)
    come(study, "academic", 8, kind="meeting")
    early = come(study, "academic", 9, days_ago=120)
    early.registrations.update(source="deputy", language="cy")
    event = factories.make_event(study=study, published=True)
    for n in range(18):
        person = factories.make_person(sector="academic", function="research")
        answer = ["yes", "", "deputy"][n % 3]
        factories.make_invitation(event=event, person=person, answer=answer)
    for n in range(6):
        texts = {"text_en": f"Look {n}", "text_cy": f"Edrych {n}", "side": "team"}
        Commitment.objects.create(event=event, **texts)
    aim(study, "academic", function="research")
    send(study)
    read(study)
    for n in range(6):
        decided = {"decision_en": "So", "decision_cy": "Felly"} if n else {}
        factories.make_use(study, sector="academic", **decided)
        study.risks.create(kind="other", text_en=f"Rain {n}", text_cy=f"Glaw {n}")
    owe(study)


def send(study):
    newsletter = factories.make_newsletter(study=study)
    issue = factories.make_issue(
        newsletter=newsletter,
        articles=6,
        state="finished",
        frozen_at=timezone.now() - timedelta(days=5),
    )
    for n in range(14):
        person = factories.make_person(sector="academic", function="research")
        factories.make_subscription(newsletter=newsletter, person=person)
        Delivery.objects.create(
            issue=issue,
            person=person,
            address=person.email,
            language="en",
            sector="academic",
            token=f"token{n}",
            state="accepted" if n < 9 else "rejected",
            due_at=timezone.now(),
            settled_at=timezone.now() - timedelta(days=4),
        )
    late = timezone.now() - timedelta(days=9)
    Article.objects.filter(study=study).update(edited_cy_at=late)


def read(study):
    """On two days, in both languages, by more than a few; some from mails."""
    output = factories.make_output(study=study, published=True)
    file = factories.make_file(output=output)
    article = Article.objects.filter(study=study).first()
    for days_ago in (3, 5):
        at = timezone.now() - timedelta(days=days_ago)
        for n, client in enumerate(LETTERS):
            for kind, pk in (("article", article.pk), ("file", file.pk)):
                factories.make_hit(kind, pk, study, client=client, at=at)
            pages = {
                "client": f"{client}cy",
                "language": "cy",
                "letter": 10 * days_ago + n,
            }
            factories.make_hit("article", article.pk, study, at=at, **pages)
            factories.make_hit("feed", 1, study, client=client, at=at)
    factories.count_hits()


def owe(study):
    group = factories.make_group(study=study)
    meeting = factories.make_meeting(group=group)
    for n in range(5):
        texts = {"text_en": f"Ask {n}", "text_cy": f"Gofyn {n}"}
        Action.objects.create(group=group, meeting=meeting, **texts)
    return group
