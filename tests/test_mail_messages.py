"""A mail to one person: both languages, once, over real SMTP."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.utils import timezone

from engagement.mail.models import Message
from engagement.mail.services import messages

pytestmark = pytest.mark.django_db


def queued(**fields):
    texts = {"kind": "test", "to": "ann@example.org", "language": "cy"}
    words = {"subject": "Ŵy / Egg", "text": "Un\n" + "hir " * 500, "html": "<p>Un</p>"}
    return Message.objects.create(**texts | words | fields)


def test_it_arrives_whole_with_its_headers(deliver_mail):
    message = queued()
    (mail,) = deliver_mail()
    assert mail.envelope_to == ["ann@example.org"]
    assert mail["Subject"] == "Ŵy / Egg"
    assert mail["Message-ID"] == f"<mail-{message.pk}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "cy, en"
    assert parsedate_to_datetime(mail["Date"]).tzinfo is not None
    assert mail.get_body(("plain",)).get_content().startswith("Un")
    assert mail.get_body(("html",)).get_content().strip() == "<p>Un</p>"
    message.refresh_from_db()
    assert (message.state, message.reply) == ("sent", "250 OK")


def test_every_line_ends_in_crlf():
    raw = messages.as_bytes(queued())
    assert raw.count(b"\n") == raw.count(b"\r\n") > 10


def test_a_line_break_in_the_subject_makes_no_header(deliver_mail):
    queued(subject="Hello")
    Message.objects.update(subject="Hello Bcc: eve@example.org")
    (mail,) = deliver_mail()
    assert mail["Bcc"] is None


def test_a_refused_address_is_said_to_be(deliver_mail):
    message = queued(to="nobody@undeliverable.example.org")
    assert deliver_mail() == []
    message.refresh_from_db()
    assert message.state == "failed"
    assert message.reply.startswith("550 5.1.1")


def test_without_a_server_it_waits_and_then_gives_up(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    message = queued()
    for attempt in range(1, 6):
        messages.deliver(message_id=message.pk)
        message.refresh_from_db()
        assert message.attempts == attempt
        assert message.state == ("queued" if attempt < 5 else "failed")


def test_what_another_worker_has_is_left_alone(smtp):
    message = queued(state="sending")
    messages.deliver(message_id=message.pk)
    assert smtp.messages == []


def test_a_mail_that_a_crash_left_is_not_sent_again(smtp):
    message = queued(state="sending", claimed_at=timezone.now())
    messages.sweep()
    message.refresh_from_db()
    assert message.state == "sending"
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        messages.sweep()
    message.refresh_from_db()
    assert message.state == "failed"
    assert smtp.messages == []
