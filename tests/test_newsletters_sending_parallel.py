"""Several workers on one issue, with real connections."""

import os
import subprocess
import sys
from threading import Thread

import pytest
from django.db import connection

from newsletters.models import Delivery
from newsletters.services import deliveries, sending
from tests import factories
from tests.support import smtp as smtp_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="the test database of SQLite is in memory, for one connection",
    ),
]


@pytest.fixture
def issue():
    newsletter = factories.make_newsletter()
    for _ in range(120):
        factories.make_subscription(newsletter=newsletter)
    draft = factories.make_issue(newsletter=newsletter, articles=1)
    return sending.start(by=None, issue=draft)


def work(issue):
    try:
        deliveries.send(issue.pk)
    finally:
        connection.close()


def test_four_workers_send_each_message_once(issue, smtp, monkeypatch):
    monkeypatch.setattr(deliveries, "BATCH", 7)
    workers = [Thread(target=work, args=[issue]) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    got = [mail["To"] for mail in smtp.messages]
    assert len(got) == len(set(got)) == 120
    issue.refresh_from_db()
    assert issue.state == "finished"


def test_the_command_sends_with_copies_of_itself(issue, smtp, settings, tmp_path):
    """As a process of its own: one with threads, as this is, must not copy itself."""
    name = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", "send_issue", issue.slug, "--workers", "2"],
        env=os.environ
        | {
            "DATABASE_URL": url,
            "SMTP_URL": settings.SMTP_URL,
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
    )
    assert "accepted\t120\n" in done.stdout, done.stderr
    got = [mail["To"] for mail in smtp.messages]
    assert len(got) == len(set(got)) == 120
    assert Delivery.objects.count() == 120


def test_handing_over_is_on_record_before_the_message_has_left(issue, settings):
    seen = []

    class Looks(smtp_server.Catcher):
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            states = Delivery.objects.filter(address=envelope.rcpt_tos[0])
            seen.append(states.values_list("state", flat=True)[0])
            connection.close()
            return "250 OK"

    controller = smtp_server.start(Looks())
    settings.SMTP_URL = controller.url
    work(issue)
    controller.stop()
    assert seen == ["handed_over"] * 120
