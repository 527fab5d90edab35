"""Anybody can tell us how they used research; staff settle what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.core.privacy import Subject, of
from engagement.evidence.models import EvidenceOfUse, Submission
from engagement.evidence.services import submissions
from engagement.evidence.views import telling
from engagement.people import keeping
from engagement.people.services import erasure
from tests import factories

pytestmark = pytest.mark.django_db
ANSWERS = {
    "text": "We chose two villages.",
    "body": "A council",
    "sector": "local_authority",
    "decision": "Where the club meets",
    "may_publish": "yes",
    "name": "Mair",
    "email": "Mair@example.org",
}


@pytest.fixture
def output(study):
    return factories.make_output(published=True, study=study)


def url(thing, kind="output", lang="en"):
    return f"/{lang}/evidence/tell/{kind}/{thing.pk}/"


def send(client, output, lang="en", **changed):
    data = ANSWERS | changed | {"send": "1"}
    return client.post(url(output, lang=lang), data)


def test_each_page_of_output_article_and_event_leads_there(client, study, output):
    article = factories.make_article(study=study)
    newsletter = factories.make_newsletter(study=study)
    issue = factories.make_issue(newsletter=newsletter, state="finished")
    issue.places.create(article=article, position=1)
    event = factories.make_event(study=study, status="held")
    for thing, kind in ((output, "output"), (article, "article"), (event, "event")):
        assert url(thing, kind) in client.get(thing.get_absolute_url()).content.decode()
        assert client.get(url(thing, kind)).status_code == 200


def test_what_is_not_public_cannot_be_told_of(client, study):
    draft = factories.make_output(study=study)
    assert client.get(url(draft)).status_code == 404
    assert client.get(f"/en/evidence/tell/use/{draft.pk}/").status_code == 404


def test_it_is_checked_before_it_is_sent(client, output):
    page = client.post(url(output), ANSWERS)
    assert page.status_code == 200
    html = page.content.decode()
    for said in ("Nothing has been sent yet.", "We chose two villages.", "Yes"):
        assert said in html
    assert not Submission.objects.exists()
    html = client.post(url(output), ANSWERS | {"change": "1"}).content.decode()
    assert "Check what you wrote" in html
    assert "We chose two villages.</textarea>" in html


def test_sent_it_waits_for_staff_and_both_are_written_to(client, output, deliver_mail):
    newsletter = factories.make_newsletter(
        study=output.study, reply_address="team@example.org"
    )
    assert newsletter.reply_address
    assert send(client, output, lang="cy").url == "/cy/evidence/told/"
    row = Submission.objects.get()
    assert (row.state, row.language, row.study) == ("submitted", "cy", output.study)
    assert (row.page_kind, row.page_id, row.may_publish) == ("output", output.pk, True)
    sent = {mail["To"]: mail for mail in deliver_mail()}
    assert set(sent) == {"team@example.org", "mair@example.org"}
    receipt = sent["mair@example.org"].get_body().get_content()
    assert receipt.index("Gall y tîm eich holi") < receipt.index("The team may ask you")
    assert f"/evidence/submissions/{row.pk}/" in (
        sent["team@example.org"].get_body().get_content()
    )


def test_nobody_has_to_say_who_they_are(client, output, deliver_mail):
    send(client, output, name="", email="")
    assert Submission.objects.get().email == ""
    assert deliver_mail() == []


@pytest.mark.parametrize("missing", ["text", "body", "sector", "may_publish"])
def test_what_is_missing_is_told(client, output, missing):
    answer = send(client, output, **{missing: ""})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Submission.objects.exists()


def test_floods_are_stopped(client, output):
    for _ in range(telling.PER_CLIENT):
        assert send(client, output, email="").status_code == 302
    assert send(client, output, email="").status_code == 429
    assert Submission.objects.count() == telling.PER_CLIENT


def test_staff_make_an_entry_of_it(client, manager_client, output):
    send(client, output)
    row = Submission.objects.get()
    address = f"/en/evidence/submissions/{row.pk}/"
    assert "Mair" in manager_client.get(address).content.decode()
    page = manager_client.get(f"{address}enter/").content.decode()
    assert page.count("We chose two villages.") == 2
    fields = {
        "study": output.study_id,
        "kind": "use",
        "description_en": "Villages were chosen.",
        "user_en": "A council",
    }
    assert manager_client.post(f"{address}enter/", fields).status_code == 302
    use = EvidenceOfUse.objects.get()
    assert (use.confidence, use.consent) == ("reported", "given")
    assert use.published_at is None
    row.refresh_from_db()
    assert (row.state, row.use) == ("taken_up", use)
    again = manager_client.post(f"{address}enter/", fields)
    assert again.status_code == 422
    assert EvidenceOfUse.objects.count() == 1


def test_who_said_no_is_not_published(client, output):
    send(client, output, may_publish="no")
    fields = {"study": output.study, "description_en": "A", "description_cy": "B"}
    use = submissions.take_up(
        by=None, submission=Submission.objects.get(), fields=fields
    )
    assert use.__class__.objects.get().consent == "refused"


def test_staff_decline_it_with_a_reason(client, manager_client, output):
    send(client, output)
    address = f"/en/evidence/submissions/{Submission.objects.get().pk}/decline/"
    refused = manager_client.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "Say why it is declined." in refused.content.decode()
    manager_client.post(address, {"reason": "It is not about our research."})
    assert Submission.objects.get().state == "declined"
    listed = "/en/evidence/submissions/?state="
    assert (
        "We chose two" not in manager_client.get(f"{listed}submitted").content.decode()
    )
    assert "We chose two" in manager_client.get(f"{listed}declined").content.decode()


def test_who_told_us_can_be_erased(client, output, manager):
    person = factories.make_person(email="mair@example.org")
    send(client, output)
    subject = Subject((person.pk,), ("mair@example.org",))
    assert of(Submission).rows(subject).count() == 1
    erasure.erase(by=manager, person=person)
    row = Submission.objects.get()
    assert (row.name, row.email, row.decision) == ("", "", "")
    assert "villages" not in row.text


def test_after_an_event_we_ask(client, study):
    event = factories.make_event(study=study, status="held")
    html = client.get(url(event, "event", "cy")).content.decode()
    assert "Dywedwch wrthym sut" in html


def test_who_told_us_is_forgotten_in_time(client, output):
    send(client, output)
    row = Submission.objects.get()
    submissions.decline(by=None, submission=row, reason="No.")
    rule = next(rule for rule in keeping.rules() if rule.key == "tellers")
    now = timezone.now()
    assert not rule.due(now - rule.keep)
    Submission.objects.update(settled_at=now - timedelta(days=731))
    rule.act(by=None, row=rule.due(now - rule.keep).get())
    row.refresh_from_db()
    assert (row.name, row.email, row.text) == ("", "", "We chose two villages.")
    assert not rule.due(now - rule.keep)
