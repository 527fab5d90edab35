import re

import pytest
from django.utils import timezone

from engagement.events.models import Attendance, Commitment, Feedback
from engagement.events.services import summaries
from engagement.evidence.models import EvidenceOfUse
from engagement.evidence.services import uses
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(study):
    return factories.make_event(
        status="held", study=study, title_en="Workshop", days_ahead=-9
    )


def url(event, lang="en", page=""):
    return f"/{lang}/events/{event.slug}/summary/{page}"


def told(event):
    event.said_en, event.said_cy = "Ranks **hide** much.", "Mae safleoedd yn cuddio."
    event.summary_published_at = timezone.now()
    event.save()


def guests(event, **sectors):
    for sector, number in sectors.items():
        for _ in range(number):
            row = factories.make_registration(
                event=event, sector=sector, name="Secret Name"
            )
            Attendance.objects.create(registration=row)


def promise(event, **fields):
    texts = {"text_en": "Write a guide", "text_cy": "Canllaw", "is_public": True}
    return Commitment.objects.create(event=event, **{"side": "team"} | texts | fields)


def test_not_public_before_it_is_published(event, client, manager_client):
    assert client.get(url(event)).status_code == 404
    assert "/summary/" not in client.get(event.get_absolute_url()).content.decode()
    page = manager_client.get(url(event)).content.decode()
    assert "Only the team sees this page" in page
    told(event)
    page = client.get(url(event)).content.decode()
    assert "Ranks <strong>hide</strong> much." in page
    assert "Publish" not in page
    assert url(event) in client.get(event.get_absolute_url()).content.decode()


def test_a_draft_has_none_whatever_it_says(event, client):
    told(event)
    type(event).objects.update(status="draft")
    assert client.get(url(event)).status_code == 404


def test_written_in_one_language_published_in_two(event, manager_client, client):
    fields = {"said_en": "Much was said.", "said_cy": ""}
    manager_client.post(url(event, page="edit/"), fields)
    page = manager_client.post(url(event, page="publish/"), follow=True)
    assert "Write what was said in English and in Welsh." in page.content.decode()
    assert client.get(url(event)).status_code == 404
    fields["said_cy"] = "Dywedwyd llawer."
    manager_client.post(url(event, page="edit/"), fields)
    manager_client.post(url(event, page="publish/"))
    assert "Dywedwyd llawer." in client.get(url(event, "cy")).content.decode()
    fields["said_cy"] = " "
    assert manager_client.post(url(event, page="edit/"), fields).status_code == 422
    manager_client.post(url(event, page="withdraw/"))
    assert client.get(url(event)).status_code == 404


def test_only_what_was_held_is_told_of(event, manager_client):
    type(event).objects.update(status="published")
    with pytest.raises(summaries.NotHeld):
        summaries.write(by=None, event=event, said_en="A", said_cy="B")
    page = manager_client.get(url(event, page="edit/")).content.decode()
    assert "Mark the event as held first." in page


def test_who_came_by_sector_without_small_counts(event, client):
    told(event)
    guests(event, local_authority=19, voluntary=12, academic=9)
    page = client.get(url(event)).content.decode()
    assert "People who came: 40." in page
    assert "Local authority</th>" in page
    rows = [part.split("<td")[1] for part in page.split("<tr>") if "<td" in part]
    shown = [row.split(">")[1].split("<")[0] for row in rows]
    # The total would give two away, so the smallest of the others goes as well.
    assert shown == ["19", "hidden", "hidden"]
    assert "Counts of fewer than 10 people are hidden" in page
    assert "Secret Name" not in page


@pytest.mark.parametrize("page", ["", "summary/"])
def test_fewer_than_ten_came(event, client, page):
    told(event)
    guests(event, academic=7)
    html = client.get(f"/en/events/{event.slug}/{page}").content.decode()
    assert "Counts of fewer than 10 people are hidden" in html
    assert not re.search(r"\b7\b", re.sub(r"<style.*?</style>|<[^>]*>", "", html))
    assert "Academic" not in html


def test_the_threshold_is_a_setting(event, client, settings):
    told(event)
    guests(event, academic=7)
    settings.FEWEST_PUBLIC = 7
    assert "People who came: 7." in client.get(url(event)).content.decode()


def test_a_head_count_from_before(event, client):
    told(event)
    assert "is not on record" in client.get(url(event)).content.decode()
    type(event).objects.update(attended_reported=12)
    assert "People who came: 12." in client.get(url(event)).content.decode()
    type(event).objects.update(attended_reported=8)
    assert "Counts of fewer than 10" in client.get(url(event)).content.decode()


def test_how_useful_with_its_base(event, client):
    told(event)
    guests(event, local_authority=24)
    for row in event.registrations.all()[:14]:
        Feedback.objects.create(
            event=event,
            registration=row,
            useful="very",
            use_for="Secret plan",
            language="en",
        )
    page = client.get(url(event)).content.decode()
    assert "Answers: 14. People who came: 24." in page
    assert "Secret plan" not in page


def test_only_public_promises_and_nobodys_name(event, client, manager):
    told(event)
    guests(event, local_authority=1)
    said_by = event.registrations.get()
    manager.name = "Secret Owner"
    manager.save()
    promise(event, owner=manager)
    promise(event, text_en="I will read it", side="participant", registration=said_by)
    promise(event, text_en="Not meant", is_public=False)
    promise(event, text_en="In one language", text_cy="")
    promise(event, text_en="Only proposed", state="proposed")
    promise(
        event,
        text_en="Half told",
        state="done",
        settled_at=timezone.now(),
        outcome_en="Only English",
    )
    page = client.get(url(event)).content.decode()
    for text in ("Write a guide", "I will read it", "Half told"):
        assert text in page
    hidden = ("Secret", "Not meant", "In one language", "Only proposed", "Only English")
    for text in hidden:
        assert text not in page


def test_costs_the_same_for_many(event, client, django_assert_max_num_queries):
    told(event)
    guests(event, local_authority=6)
    for _ in range(6):
        promise(event)
    with django_assert_max_num_queries(7):
        client.get(url(event))


def use_fields(study, **fields):
    return {
        "study": study.pk,
        "description_en": "The scheme uses it",
        "description_cy": "Mae'r cynllun yn ei ddefnyddio",
        "user_en": "A council",
        "user_cy": "Cyngor",
        "use_type": "instrumental",
        "kind": "use",
    } | fields


def test_what_it_led_to_is_evidence_of_use(event, study, manager_client, client):
    told(event)
    row = promise(event)
    address = f"/en/evidence/commitments/{row.pk}/"
    assert address in manager_client.get(row.get_absolute_url()).content.decode()
    none = {"description_en": "", "description_cy": ""}
    refused = manager_client.post(address, use_fields(study, **none))
    assert refused.status_code == 422
    assert "Say in a plain sentence what happened." in refused.content.decode()
    manager_client.post(address, use_fields(study))
    use = EvidenceOfUse.objects.get()
    assert use.commitment == row
    assert "The scheme uses it" not in client.get(url(event)).content.decode()
    use.sources.create(kind="account", title_en="A call", title_cy="Galwad")
    uses.recount(use)
    uses.settle_consent(by=None, use=use, consent="given", on=None)
    uses.publish(by=None, use=use)
    page = manager_client.get(row.get_absolute_url()).content.decode()
    assert "The scheme uses it" in page
    assert "The scheme uses it" in client.get(url(event)).content.decode()
    Commitment.objects.update(is_public=False)
    assert "The scheme uses it" not in client.get(url(event)).content.decode()
