"""What came back, told apart: our own corpus, written after the RFCs."""

import json
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from engagement.mail.services import classifying, reasons

CORPUS = Path(__file__).parent / "bounces"
EXPECTED = json.loads((CORPUS / "expected.json").read_text())
LINES = (
    *(b"From: MAILER-DAEMON@example.org", b"Subject: Undelivered =?utf-8?b?!!?="),
    *(
        b"Content-Type: multipart/report; boundary=b",
        b"--b",
        b"--b--",
        b"",
        b"\xff\xfe",
    ),
    *(b"Content-Type: message/delivery-status", b"Action: failed", b"Status: 5.1.1"),
    *(b"Content-Type: message/feedback-report", b"Feedback-Type: abuse", b"\0"),
    *(b"Content-Type: message/global-delivery-status", b"Content-Type: text/html"),
    *(b"Final-Recipient: rfc822; a@example.org", b"Diagnostic-Code: smtp;", b"550 5.9"),
    *(b"Content-Transfer-Encoding: base64", b"Content-Type: text/plain; charset=x"),
    *(b"Hi. This is the qmail-send program", b"<delivery-1@example.org>", b"<a@b>:"),
)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_corpus(name):
    wanted = EXPECTED[name]
    found = classifying.classify((CORPUS / f"{name}.eml").read_bytes())
    assert found.kind.replace("_", "-") == wanted["class"]
    assert found.address == wanted["address"]
    assert found.status == wanted["status"]
    assert wanted["reason"].lower() in found.reason.lower()
    assert found.key == wanted["key"]
    assert found.final is wanted.get("final", True)


def test_the_corpus_is_whole():
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 30
    assert {one["class"] for one in EXPECTED.values()} == {
        *("hard", "soft", "block", "auto-reply", "complaint", "challenge"),
        *("delivered", "other"),
    }


@given(st.binary(max_size=2000))
def test_any_bytes_are_classified(raw):
    assert classifying.classify(raw).kind


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_broken_reports_are_classified(lines):
    found = classifying.classify(b"\r\n".join(lines))
    assert len(found.reason) <= 500
    assert len(found.address) <= 320


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b{0}", "message/rfc822"])
def test_parts_in_parts_without_end(kind):
    parts = [f"Content-Type: {kind}\n\n--b{{0}}\n".format(n) for n in range(5000)]
    assert classifying.classify("".join(parts).encode()).kind == "other"


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["a", "<", "a@", "@", "=?", "5.1.", "account "])
def test_a_line_of_a_megabyte_takes_no_minute(letter):
    line = letter * (1024 * 1024 // len(letter))
    raw = f"From: {line}\nSubject: Undeliverable {line}\n\n{line}".encode()
    began = time.monotonic()
    assert classifying.classify(raw).kind
    assert time.monotonic() - began < 30


@given(st.integers(0, 20), st.integers(0, 40))
def test_a_temporary_code_is_never_hard(subject, detail):
    status = f"4.{subject}.{detail}"
    assert reasons.kind_of(status, "user unknown") == "soft"


@pytest.mark.parametrize("detail", [1, 25, 26, 57, 606])
def test_a_policy_is_never_the_reader_s_fault(detail):
    assert reasons.kind_of(f"5.7.{detail}", "no") == "block"


def test_the_command(capsys):
    call_command("classify_bounce", CORPUS / "arf-abuse.eml", "--json")
    (one,) = json.loads(capsys.readouterr().out)
    assert one["class"] == "complaint"
    assert one["address"] == "ann@example.org"
    assert {"status", "reason", "file"} <= set(one)
    call_command("classify_bounce", CORPUS / "qmail.eml")
    assert "hard\tann@example.org\t5.1.1\t" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No such file"):
        call_command("classify_bounce", CORPUS / "none.eml")
