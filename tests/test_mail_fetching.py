"""The mailbox of what came back, over a real IMAP conversation."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from engagement.mail.models import Inbound
from engagement.mail.services import fetching
from engagement.mail.tasks import fetch_bounces
from tests.support import imap
from tests.support.came_back import CORPUS

MAILS = [(CORPUS / f"{name}.eml").read_bytes() for name in ("qmail", "arf-abuse")]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    server = imap.Mailbox(MAILS)
    settings.BOUNCE_MAILBOX_URL = server.url()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def httpd():
    """A place that gives tokens."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            self.server.asked.append(self.rfile.read(size).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"access_token": "token"}')

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    server.asked, server.url = [], f"http://127.0.0.1:{server.server_port}/"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_each_is_written_down_then_marked(mailbox):
    assert fetching.fetch() == 2
    rows = Inbound.objects.order_by("pk")
    assert [(row.source, row.kind) for row in rows] == [
        ("mailbox", "hard"),
        ("mailbox", "complaint"),
    ]
    assert bytes(rows[0].raw) == MAILS[0]
    assert mailbox.seen == {7, 8}
    orders = [line.split()[1] for line in mailbox.log if line.startswith("UID")]
    assert orders == ["SEARCH", "FETCH", "STORE", "FETCH", "STORE"]
    assert fetching.fetch() == 0


def test_a_crash_before_the_mark_changes_nothing_the_second_time(mailbox):
    fetching.fetch()
    mailbox.seen.clear()
    assert fetching.fetch() == 2
    assert Inbound.objects.count() == 2


def test_what_cannot_be_written_down_stays_unread(mailbox):
    def refuse(execute, sql, *rest):
        if sql.startswith("INSERT"):
            raise OperationalError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        fetching.fetch()
    assert mailbox.seen == set()
    assert fetching.fetch() == 2


def test_with_a_token(mailbox, settings):
    settings.BOUNCE_MAILBOX_URL = mailbox.url(password="")
    settings.BOUNCE_MAILBOX_TOKEN = "token"
    assert fetching.fetch() == 2
    settings.BOUNCE_MAILBOX_TOKEN = "old"
    with pytest.raises(fetching.Failed, match="invalid token"):
        fetching.fetch()


def test_with_a_token_asked_for(mailbox, settings, httpd):
    settings.BOUNCE_MAILBOX_URL = mailbox.url(password="")
    settings.BOUNCE_MAILBOX_OAUTH = {
        "url": httpd.url,
        "client_id": "dolen",
        "refresh_token": "long-lasting",
    }
    assert fetching.fetch() == 2
    assert "grant_type=refresh_token" in httpd.asked[0]
    assert "refresh_token=long-lasting" in httpd.asked[0]


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"folder": "None"}])
def test_a_refusal_is_named(mailbox, settings, change):
    settings.BOUNCE_MAILBOX_URL = mailbox.url(**change)
    with pytest.raises(fetching.Failed):
        fetching.fetch()


def test_nothing_where_there_is_no_mailbox():
    fetch_bounces()
    assert not Inbound.objects.exists()


@pytest.fixture
def stdin(monkeypatch):
    def fill(raw):
        from io import BytesIO, TextIOWrapper

        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(raw)))

    return fill


def test_the_pipe(stdin, capsys):
    stdin(MAILS[0])
    call_command("take_bounce")
    assert Inbound.objects.get().source == "pipe"
    assert capsys.readouterr().out.startswith("hard\t")


def test_the_pipe_asks_for_another_try(stdin):
    def refuse(*_):
        raise OperationalError("no database")

    stdin(MAILS[0])
    with (
        connection.execute_wrapper(refuse),
        pytest.raises(CommandError, match="Try again") as failed,
    ):
        call_command("take_bounce")
    assert failed.value.returncode == 75
