"""Mails leave by the API of a provider, and what it says of each becomes its outcome."""

import json
import socket
from urllib.parse import parse_qs

import pytest
from django.core.checks import run_checks

from engagement.mail.services import composing, providers, smtp, transports
from engagement.mail.services.accounts import Account
from engagement.mail.services.outgoing import Outgoing
from tests.support.provider import HANG_UP, SILENCE, Provider

POSTMARK = Account("spare", "anymail+postmark://")
UNSUBSCRIBE = f"<https://dolen.example.org/unsubscribe/{'x' * 120}/>"
TAKEN = (
    200,
    {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a", "To": "a1@example.com"},
)
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to recipient(s) that have been marked as inactive. "
    "Found inactive addresses: a1@example.com.",
}


@pytest.fixture
def provider(settings):
    server = Provider()
    settings.ANYMAIL = {
        "POSTMARK_API_URL": server.url,
        "POSTMARK_SERVER_TOKEN": "secret",
        "MAILGUN_API_URL": server.url,
        "MAILGUN_API_KEY": "secret",
        "REQUESTS_TIMEOUT": 0.3,
    }
    yield server
    server.stop()


def mail(number=1):
    key = f"delivery-{number}"
    message = composing.compose(
        headers={
            "From": composing.mailbox("Tîm Ystadegau, Cymru", "ystadegau@example.org"),
            "To": f"a{number}@example.com",
            "Reply-To": composing.mailbox("Tŷ", "reply@example.org"),
            "Subject": composing.words("Mynegai Amddifadedd: ŵyl â thŷ ym Môn " * 3),
            "Message-ID": f"<{key}@example.org>",
            "Date": "Tue, 24 Nov 2026 10:00:00 +0000",
            "List-Unsubscribe": UNSUBSCRIBE,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Feedback-ID": "5:1:newsletter:dolen",
            "Auto-Submitted": "auto-generated",
        },
        language="cy",
        text="Bore da, tŷ!\nDarllenwch ymlaen.\n",
        html="<p>Bore da, <b>tŷ</b>!</p>",
    )
    return Outgoing(
        key, "bounce+1@bounces.example.org", f"a{number}@example.com", message
    )


def exchanged(*answers, provider, count=1, account=POSTMARK):
    provider.answers = list(answers)
    with transports.open_session(account) as session:
        found = list(session.exchange([mail(n + 1) for n in range(count)]))
        return found, session.trusted


def test_postmark_gets_the_mail_as_we_wrote_it(provider):
    [outcome], trusted = exchanged(TAKEN, provider=provider)
    assert (outcome.key, outcome.state) == ("delivery-1", "accepted")
    assert outcome.reply == smtp.Reply(250, "b7bc2f4a")
    assert trusted
    [(path, headers, body)] = provider.taken
    sent = json.loads(body)
    assert (path, headers["X-Postmark-Server-Token"]) == ("/email", "secret")
    assert sent["Subject"] == ("Mynegai Amddifadedd: ŵyl â thŷ ym Môn " * 3).strip()
    assert sent["From"] == '"Tîm Ystadegau, Cymru" <ystadegau@example.org>'
    assert sent["To"] == "a1@example.com"
    assert sent["ReplyTo"] == "Tŷ <reply@example.org>"
    assert sent["TextBody"] == "Bore da, tŷ!\nDarllenwch ymlaen.\n"
    assert sent["HtmlBody"].strip() == "<p>Bore da, <b>tŷ</b>!</p>"
    assert sent["Metadata"] == {"key": "delivery-1"}
    assert {h["Name"]: h["Value"] for h in sent["Headers"]} == {
        "Message-ID": "<delivery-1@example.org>",
        "Date": "Tue, 24 Nov 2026 10:00:00 +0000",
        "List-Unsubscribe": UNSUBSCRIBE,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": "5:1:newsletter:dolen",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "cy, en",
    }


def test_mailgun_gets_the_key_and_the_domain_of_the_envelope(provider):
    queued = (200, {"id": "<delivery-1@example.org>", "message": "Queued. Thank you."})
    account = Account("spare", "anymail+mailgun://")
    [outcome], _ = exchanged(queued, provider=provider, account=account)
    assert outcome.reply == smtp.Reply(250, "<delivery-1@example.org>")
    [(path, _headers, body)] = provider.taken
    sent = parse_qs(body)
    assert path == "/bounces.example.org/messages"
    assert sent["v:key"] == ["delivery-1"]
    assert sent["h:List-Unsubscribe"] == [UNSUBSCRIBE]
    assert sent["subject"][0].startswith("Mynegai Amddifadedd: ŵyl â thŷ")


def test_a_header_to_leads_nobody_but_the_recipient_astray(provider):
    provider.answers = [TAKEN]
    other = mail()._replace(recipient="somebody@example.com")
    with transports.open_session(POSTMARK) as session:
        list(session.exchange([other]))
    assert json.loads(provider.taken[0][2])["To"] == "somebody@example.com"


OF_THE_PERSON = [
    (422, INACTIVE),
    # Some of several recipients were refused, says Postmark; ours is the only one.
    (
        200,
        TAKEN[1]
        | {
            "Message": "Message OK, but will not deliver to these inactive addresses: "
            "a1@example.com. Inactive recipients are ones that have bounced."
        },
    ),
    # As Postmark says it, and in words that Anymail does not know.
    (
        422,
        INACTIVE
        | {"Message": f"{INACTIVE['Message']} Inactive recipients have bounced."},
    ),
    (422, {"ErrorCode": 300, "Message": "Error parsing 'To': Illegal email domain."}),
]


@pytest.mark.parametrize("answer", OF_THE_PERSON)
def test_what_is_said_of_the_person_rejects_only_that_mail(provider, answer):
    taken = (200, TAKEN[1] | {"To": "a2@example.com"})
    outcomes, trusted = exchanged(answer, taken, provider=provider, count=2)
    assert [o.state for o in outcomes] == ["rejected", "accepted"]
    assert outcomes[0].reply.code == 550
    assert trusted


OF_THE_MAIL = [
    (503, "Back soon"),
    (422, {"ErrorCode": 400, "Message": "The 'From' address has no signature."}),
    # About whom an account on trial may write to, not about one person.
    (422, {"ErrorCode": 412, "Message": "All recipient addresses must share a domain"}),
]


@pytest.mark.parametrize("answer", OF_THE_MAIL)
def test_what_is_said_of_no_person_waits(provider, answer):
    [outcome], trusted = exchanged(answer, provider=provider)
    assert (outcome.state, outcome.reply.code) == ("deferred", 451)
    assert str(answer[0]) in outcome.reply.text
    assert "\n" not in outcome.reply.text
    assert trusted


@pytest.mark.parametrize("status", [500, 502, 504])
def test_who_gives_up_half_way_may_have_taken_it(provider, status):
    [outcome], trusted = exchanged((status, "Oh"), provider=provider)
    assert (outcome.state, outcome.reply.code) == ("unknown", 0)
    assert not trusted


@pytest.mark.parametrize("status", [401, 402, 403, 404, 429])
def test_an_account_that_may_not_send_ends_the_session(provider, status):
    answer = (status, {"Message": "Not for you, a1@example.com"})
    outcomes, trusted = exchanged(answer, provider=provider, count=3)
    assert [o.state for o in outcomes] == ["deferred", "unsent", "unsent"]
    # A code would say that the server answered for the person, and keep the account.
    assert outcomes[0].reply.code == 0
    assert str(status) in outcomes[0].reply.text
    assert not trusted
    assert len(provider.taken) == 1


@pytest.mark.slow
@pytest.mark.parametrize("answer", [HANG_UP, SILENCE, (200, "<html>"), (200, {})])
def test_who_read_the_mail_and_says_nothing_fit_leaves_it_unknown(provider, answer):
    outcomes, trusted = exchanged(answer, provider=provider, count=2)
    assert [o.state for o in outcomes] == ["unknown", "unsent"]
    assert outcomes[0].reply.code == 0
    assert not trusted
    assert len(provider.taken) == 1


def test_no_connection_means_that_nothing_left(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for api in (f"http://127.0.0.1:{port}/", "nowhere"):
        settings.ANYMAIL = {"POSTMARK_API_URL": api, "POSTMARK_SERVER_TOKEN": "x"}
        with transports.open_session(POSTMARK) as session:
            outcomes = list(session.exchange([mail(1), mail(2)]))
        assert [o.state for o in outcomes] == ["deferred", "unsent"]
        assert outcomes[0].reply.code == 0
        assert not session.trusted


def test_a_server_without_tls_gets_no_mail(provider, settings):
    settings.ANYMAIL["POSTMARK_API_URL"] = provider.url.replace("http:", "https:")
    [outcome], _ = exchanged(TAKEN, provider=provider)
    assert provider.taken == []
    # Not every failure of TLS comes before the mail: where it is not sure, nobody knows.
    assert outcome.state == "unknown"


@pytest.mark.parametrize(
    "url",
    [
        "anymail+nobody://",
        "anymail+test://",
        "anymail+console://",
        "anymail+sparkpost://",
    ],
)
def test_an_account_that_cannot_be_used_is_told_at_the_start(settings, url):
    settings.ANYMAIL, settings.SMTP_URL = {}, url
    assert "mail.E002" in [found.id for found in run_checks()]
    with pytest.raises(smtp.Deferred), transports.open_session(Account("a", url)):
        pass


def test_the_fault_names_what_is_missing(settings):
    settings.ANYMAIL = {}
    assert "ANYMAIL_MAILGUN_API_KEY" in providers.fault("anymail+mailgun://")
    settings.ANYMAIL = {"UNISENDER_GO_API_KEY": "x", "UNISENDER_GO_API_URL": "http://x"}
    assert providers.fault("anymail+unisender-go://") == ""
