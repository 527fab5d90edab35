"""Events of mail providers: real POSTs, with signatures that hold and that do not."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.test import Client

from engagement.mail.models import Inbound
from engagement.people.services import suppressions
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "user:a long password"
SIGNING = "mailgun-key"


@pytest.fixture(autouse=True)
def webhooks(settings):
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING,
    }


def post(provider, data, *, secret=SECRET):
    client = Client(enforce_csrf_checks=True)
    code = base64.b64encode(secret.encode()).decode()
    return client.post(
        f"/webhooks/{provider}/",
        json.dumps(data),
        content_type="application/json",
        headers={"Authorization": f"Basic {code}"},
    )


def mailgun(event, *, key=SIGNING, **more):
    now, token = str(int(time.time())), "t" * 50
    code = hmac.new(key.encode(), f"{now}{token}".encode(), hashlib.sha256).hexdigest()
    signature = {"timestamp": now, "token": token, "signature": code}
    data = {
        "event": event,
        "timestamp": 1790000000.5,
        "recipient": "ann@example.org",
        "user-variables": {"key": "delivery-5"},
        **more,
    }
    return {"signature": signature, "event-data": data}


def test_a_signed_event_is_written_down_with_its_raw_form():
    sent = mailgun("delivered")
    assert post("mailgun", sent).status_code == 200
    row = Inbound.objects.get()
    assert (row.source, row.provider) == ("webhook", "Mailgun")
    assert (row.kind, row.key, row.proven) == ("delivered", "delivery-5", True)
    assert json.loads(bytes(row.raw)) == sent["event-data"]


@pytest.mark.slow
def test_tried_again_it_is_the_same():
    for _time in range(2):
        post("mailgun", mailgun("delivered"))
        time.sleep(1.1)
    assert Inbound.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "secret"),
    [
        (mailgun("complained", key="forged"), SECRET),
        (mailgun("complained"), "user:guessed"),
    ],
)
def test_a_forged_one_changes_nothing(data, secret):
    assert post("mailgun", data, secret=secret).status_code == 400
    assert not Inbound.objects.exists()


def test_without_a_secret_nobody_is_heard(settings):
    for anymail in ({}, {"WEBHOOK_SECRET": ""}):
        settings.ANYMAIL = anymail
        answer = post("postmark", {"RecordType": "Delivery"})
        assert answer.status_code == 404
    assert not Inbound.objects.exists()


def test_a_provider_that_is_none_or_not_ours(settings):
    assert post("none", {}).status_code == 404
    assert post("mandrill", {}).status_code == 404


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"code": 550, "message": "550 5.1.1 no such user"}, "hard"),
        ({"code": 552, "message": "552 5.2.2 mailbox full"}, "soft"),
        ({"code": 554, "message": "554 5.7.1 blocked using spamhaus"}, "block"),
    ],
)
def test_a_bounce_by_its_words(more, kind):
    post(
        "mailgun", mailgun("failed", severity="permanent", **{"delivery-status": more})
    )
    assert Inbound.objects.get().kind == kind


def test_a_later_try_is_not_final():
    status = {"message": "450 4.2.0 try again"}
    post(
        "mailgun",
        mailgun("failed", severity="temporary", **{"delivery-status": status}),
    )
    row = Inbound.objects.get()
    assert (row.kind, row.final) == ("soft", False)


def test_letters_that_no_database_takes():
    status = {"message": "550 5.1.1 \0 \ud800 no such user"}
    post(
        "mailgun",
        mailgun("failed", severity="permanent", **{"delivery-status": status}),
    )
    assert Inbound.objects.get().reason == "550 5.1.1   ? no such user"


def test_a_complaint_suppresses(db):
    person = factories.make_person(email="ann@example.org")
    post("mailgun", mailgun("complained"))
    assert suppressions.find(person.email).reason == "complained"


@pytest.mark.parametrize(
    ("provider", "data", "machine"),
    [
        ("mailgun", mailgun("opened", **{"client-info": {"bot": "apple"}}), True),
        ("mailgun", mailgun("opened", **{"client-info": {"bot": ""}}), False),
        ("sendgrid", [{"event": "open", "email": "a@example.org", "timestamp": 1, "sg_machine_open": True}], True),
        ("sendgrid", [{"event": "open", "email": "a@example.org", "timestamp": 1, "sg_machine_open": False}], False),
        ("brevo", {"event": "unique_proxy_open", "email": "a@example.org", "ts_epoch": 1}, True),
        ("brevo", {"event": "opened", "email": "a@example.org", "ts_epoch": 1}, False),
        ("sparkpost", [{"msys": {"track_event": {"type": "open", "timestamp": "1", "user_agent_parsed": {"is_prefetched": True}}}}], True),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:django-anymail has dropped")
def test_opens_by_machines_are_marked(provider, data, machine):
    assert post(provider, data).status_code == 200
    row = Inbound.objects.get()
    assert (row.kind, row.machine) == ("opened", machine)


def test_postmark():
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "Email": "ann@example.org",
        "MessageID": "00000000-0000-0000-0000-000000000000",
        "Details": "smtp;550 5.1.1 unknown",
        "Metadata": {"key": "mail-3"},
    }
    assert post("postmark", event).status_code == 200
    row = Inbound.objects.get()
    assert (row.kind, row.status, row.key) == ("hard", "5.1.1", "mail-3")
