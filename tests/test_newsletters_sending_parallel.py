"""Several workers on one issue, with real connections."""

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
        while deliveries.send_batch(issue.pk):
            pass
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
