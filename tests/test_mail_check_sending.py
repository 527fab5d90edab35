"""The check before the first send: TLS, headers of a real mail, page and command."""

import json
import ssl
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import trustme
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from engagement.mail import known_senders, tasks
from engagement.mail.models import SendingCheck
from engagement.mail.services import checking
from engagement.mail.services.checks import headers, lookup, tls, words
from engagement.mail.services.checks.words import Outcome
from newsletters import senders as newsletter_senders
from tests import factories
from tests.support import dns
from tests.support import services as support
from tests.support import smtp as smtp_server

pytestmark = pytest.mark.django_db
URL = "/en/mail/check-sending/"
OURS = "192.0.2.10"


@pytest.fixture
def authority(monkeypatch, tmp_path):
    """One that this process believes."""
    found = trustme.CA()
    found.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return found


@pytest.fixture
def serve(settings):
    """Starts a server that offers STARTTLS with this certificate."""
    running = []

    def start(certificate, scheme="smtp+tls"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        port = support.free_port()
        controller = Controller(
            smtp_server.Catcher(), "127.0.0.1", port, tls_context=context
        )
        controller.start()
        running.append(controller)
        settings.SMTP_URL = f"{scheme}://127.0.0.1:{port}"

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def ask():
    """Everything is as it should be, but for keys, which nobody has named."""
    known = {
        ("example.org", "TXT"): [f"v=spf1 ip4:{OURS} -all"],
        ("_dmarc.example.org", "TXT"): ["v=DMARC1; p=reject"],
        ("example.org", "MX"): ["10 mail.example.org."],
        ("mail.example.org", "A"): [OURS],
        ("10.2.0.192.in-addr.arpa", "PTR"): ["mail.example.org."],
    }
    with dns.serving(known) as port:
        found = lookup.asking("127.0.0.1", port)
        found.port, found.records = port, known
        yield found


def codes(findings):
    return [finding.code for finding in findings]


def fails(findings):
    return [one.code for one in findings if words.WORDS[one.code][0] == Outcome.FAIL]


@pytest.mark.slow
class TestTls:
    def test_a_good_certificate(self, authority, serve):
        serve(authority.issue_cert("127.0.0.1"))
        assert codes(tls.check()) == ["tls.valid"]

    def test_one_that_ends_soon(self, authority, serve):
        ends = datetime.now(UTC) + timedelta(days=3)
        serve(authority.issue_cert("127.0.0.1", not_after=ends))
        [found] = tls.check()
        assert found.code == "tls.soon"
        assert found.values["day"] == ends.date().isoformat()

    def test_one_that_has_ended(self, authority, serve):
        ended = datetime.now(UTC) - timedelta(days=3)
        serve(authority.issue_cert("127.0.0.1", not_after=ended))
        [found] = tls.check()
        assert found.code == "tls.bad"
        assert "expired" in found.values["reply"]

    def test_one_for_another_name(self, authority, serve):
        serve(authority.issue_cert("mail.example.org"))
        assert codes(tls.check()) == ["tls.bad"]

    def test_one_from_nobody_we_know(self, authority, serve):
        serve(trustme.CA().issue_cert("127.0.0.1"))
        assert codes(tls.check()) == ["tls.bad"]

    def test_offered_and_not_asked_for(self, authority, serve):
        serve(authority.issue_cert("127.0.0.1"), scheme="smtp")
        assert codes(tls.check()) == ["tls.valid", "tls.unused"]

    def test_none(self, smtp):
        assert codes(tls.check()) == ["tls.none"]

    def test_nobody_there(self, settings):
        settings.SMTP_URL = "smtp+tls://127.0.0.1:1"
        assert codes(tls.check()) == ["tls.no_server"]


class TestHeaders:
    @pytest.fixture
    def mail(self, settings):
        """An issue as it would leave."""
        settings.SITE_URL = "https://dolen.example.org"
        newsletter = factories.make_newsletter()
        factories.make_issue(newsletter=newsletter, articles=1, title_cy="Ŵyn")
        return next(newsletter_senders.senders()).sample()

    def test_a_real_mail_is_as_it_should_be(self, mail):
        found = list(headers.check(mail, "team@example.org"))
        assert set(codes(found)) == {
            *("headers.right", "headers.ascii", "headers.size")
        }
        named = {one.values["name"] for one in found if "name" in one.values}
        assert {"List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID"} <= named

    @pytest.mark.parametrize("name", headers.NEEDED)
    def test_one_that_is_missing_or_there_twice(self, mail, name):
        line = f"\r\n{name}: ".encode()
        at = f"\r\n{mail.decode()}".encode().index(line)
        without = mail.replace(line, b"\r\nX-Gone: ") if at else mail[len(name) :]
        found = headers.check(without, "team@example.org")
        assert ("headers.missing", name) in [
            (one.code, one.values.get("name")) for one in found
        ]
        twice = f"{name}: x\r\n".encode() + mail
        found = headers.check(twice, "team@example.org")
        assert ("headers.wrong", name) in [
            (one.code, one.values.get("name")) for one in found
        ]

    def test_a_link_to_leave_by_that_is_not_encrypted(self, mail):
        plain = mail.replace(b"<https://dolen", b"<http://dolen")
        assert "headers.wrong" in codes(headers.check(plain, "team@example.org"))

    def test_from_somebody_else(self, mail):
        found = codes(headers.check(mail, "other@example.org"))
        assert "headers.other_sender" in found

    def test_letters_as_they_are(self, mail):
        raw = mail.replace(b"Subject: ", "Subject: ŵ ".encode())
        assert "headers.not_ascii" in codes(headers.check(raw, "team@example.org"))

    def test_a_long_one(self, mail):
        raw = mail.replace(b"</body>", b"x" * headers.LONGEST_HTML + b"</body>")
        assert "headers.large" in codes(headers.check(raw, "team@example.org"))

    def test_none_to_look_at(self):
        factories.make_newsletter()
        assert next(newsletter_senders.senders()).sample() is None
        assert codes(headers.check(None, "a@example.org")) == ["headers.no_mail"]


class TestAll:
    @pytest.fixture(autouse=True)
    def surroundings(self, settings, authority, serve):
        settings.SENDING_ADDRESSES = [OURS]
        settings.SITE_URL = "https://dolen.example.org"
        serve(authority.issue_cert("127.0.0.1"))
        newsletter = factories.make_newsletter()
        factories.make_issue(newsletter=newsletter, articles=1)

    def test_where_everything_is_in_order_nothing_fails(self, ask):
        found = checking.run(ask)
        assert fails(found) == []
        assert {one.code.partition(".")[0] for one in found} == set(words.TITLES)

    def test_a_newsletter_with_another_domain_is_checked_too(self, ask):
        factories.make_newsletter(sender_address="team@tŷ.example")
        found = checking.run(ask)
        about = {one.about for one in found if one.code == "spf.none"}
        assert about == {"xn--t-foa.example"}

    def test_without_a_name_server_nothing_of_names_can_be_told(self, settings):
        ask = lookup.asking("127.0.0.1", 1)
        settings.SMTP_URL = "smtp://127.0.0.1:1"
        settings.DKIM_SELECTORS = ["s1"]
        unanswered = [
            one.code for one in checking.run(ask) if one.code.endswith("unanswered")
        ]
        assert unanswered == [
            f"{kind}.unanswered" for kind in ("ptr", "spf", "mx", "dkim", "dmarc")
        ]

    def test_the_site_s_own_sender_comes_first(self, settings):
        settings.MAIL_FROM = "Dolen <dolen@own.example>"
        assert known_senders.senders()[0].address == "dolen@own.example"

    def test_the_command_says_all_and_returns_a_zero(self, ask):
        out = StringIO()
        call_command(
            "check_sending", "--json", f"--dns=127.0.0.1:{ask.port}", stdout=out
        )
        rows = json.loads(out.getvalue())["results"]
        row = next(one for one in rows if one["code"] == "spf.lets")
        assert row["outcome"] == "ok"
        assert row["about"] == "example.org"
        assert row["sentence"] == f"Mail from {OURS} is allowed."

    def test_the_command_returns_a_one_for_a_fault_and_a_two_for_wrong_use(self, ask):
        ask.records["example.org", "TXT"] = ["v=spf1 -all"]
        for words_, code in ((f"--dns=127.0.0.1:{ask.port}", 1), ("--dns=x", 2)):
            out = StringIO()
            with pytest.raises(CommandError) as failed:
                call_command("check_sending", words_, stdout=out)
            assert failed.value.returncode == code
        assert out.getvalue() == ""

    def test_a_worker_carries_it_out_once(self, ask):
        check = checking.start()
        assert checking.start() == check, "the one that waits"
        checking.carry_out(check_id=check.pk, ask=ask)
        check.refresh_from_db()
        first = check.at
        assert first
        assert all(words.tell(one).sentence for one in check.results)
        checking.carry_out(check_id=check.pk, ask=ask)
        check.refresh_from_db()
        assert check.at == first

    def test_the_page_asks_a_worker_and_shows_what_it_found(self, manager_client, ask):
        page = manager_client.get(URL).content.decode()
        assert "Nothing has been checked yet." in page
        page = manager_client.post(URL, follow=True).content.decode()
        assert "Being checked." in page
        assert "Check now" not in page
        checking.carry_out(check_id=SendingCheck.objects.get().pk, ask=ask)
        page = manager_client.get(URL).content.decode()
        assert f"Mail from {OURS} is allowed." in page
        assert "Check now" in page
        manager_client.post(URL)
        page = manager_client.get(URL, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in page
        assert "every 1s" in page
        assert f"Mail from {OURS} is allowed." in page, "the last one, meanwhile"
        welsh = manager_client.get(URL.replace("/en/", "/cy/")).content.decode()
        assert f"Caniateir post o {OURS}." in welsh


class TestSweep:
    def test_one_that_a_crash_cut_off_is_carried_out_again(self, monkeypatch):
        sent = []
        monkeypatch.setattr(
            "celery.app.base.Celery.send_task",
            lambda self, name, kwargs, **_: sent.append((name, kwargs)),
        )
        check = SendingCheck.objects.create()
        tasks.sweep()
        assert sent == []
        late = timezone.now() - timedelta(minutes=6)
        SendingCheck.objects.filter(pk=check.pk).update(asked_at=late)
        tasks.sweep()
        assert sent == [("mail.check_sending", {"check_id": check.pk})]


def test_following_a_link_asks_nobody(manager_client):
    manager_client.get(URL)
    assert not SendingCheck.objects.exists()


def test_only_for_managers(client, member_client):
    assert client.post(URL).status_code == 302
    assert member_client.post(URL).status_code == 403


def test_each_finding_has_words_in_both_languages():
    for code, (_outcome, sentence, todo) in words.WORDS.items():
        assert code.partition(".")[0] in words.TITLES
        for text in filter(None, (sentence, todo)):
            with translation.override("cy"):
                welsh = str(text)
            assert welsh != str(text), code


def test_costs_few_queries(manager_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        manager_client.get(URL)
