"""What each answer of a server, or its silence, is called."""

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from engagement.mail.services import accounts, smtp, transports
from engagement.mail.services.outgoing import Outgoing
from tests.support import smtp as smtp_server
from tests.support.services import free_port


class Scripted(smtp_server.Catcher):
    """Answers with what it is given; `drop` breaks the connection instead."""

    def __init__(self, **answers):
        super().__init__()
        self.answers = answers

    def _say(self, server, step, otherwise):
        answer = self.answers.get(step, otherwise)
        if answer == "drop":
            server.transport.abort()
        return answer

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self._say(server, "mail", "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        await super().handle_RCPT(server, session, envelope, address, options)
        return self._say(server, "rcpt", "250 OK")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await super().handle_DATA(server, session, envelope)
        return self._say(server, "data", "250 OK")


@pytest.fixture
def serve(settings):
    """serve(handler) starts a server that SMTP_URL then names."""
    controllers = []

    def start(handler, kind=Controller, user="", **options):
        port = free_port()
        controller = kind(handler, hostname="127.0.0.1", port=port, **options)
        controller.start()
        controllers.append(controller)
        settings.SMTP_URL = f"smtp://{user}127.0.0.1:{port}"
        return handler

    yield start
    for controller in controllers:
        controller.stop()


def send(body=b"Subject: x\r\n\r\nx\r\n", to="ann@example.org"):
    """What became of it, and the server's words."""
    mail = Outgoing("1", "team@example.org", smtp.ascii_address(to), body)
    [account] = accounts.configured()
    with transports.open_session(account) as session:
        [outcome] = session.exchange([mail])
    return outcome


@pytest.mark.parametrize(
    ("step", "answer", "state", "code"),
    [
        ("rcpt", "550 5.1.1 Nobody here", "rejected", 550),
        ("rcpt", "450 4.2.1 Greylisted", "deferred", 450),
        ("rcpt", "421 4.3.2 Closing", "deferred", 421),
        ("rcpt", "drop", "deferred", 0),
        ("rcpt", "what?", "deferred", 0),
        # Our sender's fault, not the reader's.
        ("mail", "553 5.7.1 Not your address", "deferred", 553),
        ("data", "554 5.7.1 Spam", "rejected", 554),
        ("data", "451 4.3.0 Later", "deferred", 451),
        # The message has left: from here on silence and nonsense mean unknown.
        ("data", "drop", "unknown", 0),
        ("data", "what?", "unknown", 0),
        ("data", "354 go on", "unknown", 354),
    ],
)
def test_an_answer_has_a_name(serve, step, answer, state, code):
    serve(Scripted(**{step: answer}))
    outcome = send()
    assert outcome.state == state
    assert outcome.reply.code == code


def test_a_connection_lost_before_the_message_began_means_later(serve):
    class HangsUp(SMTP):
        async def smtp_DATA(self, arg):  # noqa: N802
            self.transport.abort()

    class HangingUp(Controller):
        def factory(self):
            return HangsUp(self.handler)

    handler = serve(smtp_server.Catcher(), HangingUp)
    assert send().state == "deferred"
    assert handler.messages == []


def test_no_server_means_later(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    with pytest.raises(smtp.Deferred):
        send()


def test_lines_that_begin_with_a_dot_arrive_as_they_were(serve):
    handler = serve(smtp_server.Catcher())
    body = b"Subject: x\r\n\r\n.\r\n..two\r\n.end"
    send(body)
    assert handler.messages[0].raw == body + b"\r\n"


@pytest.mark.parametrize(
    "address",
    ["ŵyn@example.org", "a\r\nRCPT TO:<eve@example.org>@example.org", "a\x00@b.org"],
)
def test_an_address_that_mail_cannot_carry_is_refused(serve, address):
    handler = serve(smtp_server.Catcher())
    with pytest.raises(smtp.Rejected):
        send(to=address)
    assert handler.messages == []


def test_a_welsh_domain_travels_in_its_ascii_form(serve):
    handler = serve(smtp_server.Catcher())
    send(to="ann@tŷ.example.org")
    assert handler.messages[0].envelope_to == ["ann@xn--t-foa.example.org"]


def test_a_password_never_goes_out_unencrypted_where_tls_was_asked(serve, settings):
    serve(smtp_server.Catcher(), user="ann:secret@")
    settings.SMTP_URL = settings.SMTP_URL.replace("smtp://", "smtp+tls://")
    with pytest.raises(smtp.Deferred) as failed:
        send()
    assert "STARTTLS" in str(failed.value)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize(("password", "taken"), [("s%40cret", True), ("no", False)])
def test_it_signs_in_with_the_password_of_the_address(serve, password, taken):
    def check(server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (b"ann", b"s@cret")
        return AuthResult(success=good, handled=good)

    handler = serve(
        smtp_server.Catcher(),
        user=f"ann:{password}@",
        auth_required=True,
        auth_require_tls=False,
        authenticator=check,
    )
    if taken:
        assert send().state == "accepted"
    else:
        with pytest.raises(smtp.Deferred, match="535"):
            send()
    assert len(handler.messages) == taken
