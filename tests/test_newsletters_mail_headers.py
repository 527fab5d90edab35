"""The headers of an issue: just those, whatever people have typed into its texts."""

from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engagement.mail.services import messages, smtp
from newsletters.models import Delivery, Issue, Newsletter
from newsletters.services import mail_headers, rendering, segments

pytestmark = pytest.mark.django_db
OF_ISSUE = {"From", "Reply-To", "Subject", "Date", "List-ID", "Feedback-ID"}
OF_PERSON = {"To", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"}
OF_BODY = {"MIME-Version", "Content-Type", "Content-Language"}
BREAKS = "\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
ATTACKS = [
    f"A{end}Bcc: all@example.org{end}{end}<html>" for end in (*BREAKS, "\r\n", "\n ")
]
# Hypothesis writes no lone halves of letters: no database keeps them.
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from(f'{BREAKS} :;,<>@"\\()=?ŵA')),
    st.text(st.sampled_from("aŵ"), min_size=150, max_size=200),
    st.sampled_from(ATTACKS),
)


def make(title="An issue", sender="The team", name="News", address="a@example.org"):
    """A delivery of an issue with these words, none of them in the database."""
    newsletter = Newsletter(
        slug="news",
        title_en=name,
        title_cy=name,
        sender_name_en=sender,
        sender_name_cy=sender,
        sender_address="team@example.org",
    )
    issue = Issue(pk=7, newsletter=newsletter, title_en=title, title_cy=title)
    issue.created_at = parsedate_to_datetime("Tue, 24 Nov 2026 12:00:00 +0000")
    return Delivery(pk=9, issue=issue, address=address, language="en", token="t")


def parsed(delivery):
    rendered = rendering.Rendered("", "Text.", "<p>HTML.</p>")
    issue, language = delivery.issue, delivery.language
    prepared = segments.cut(segments.composed(issue, language, rendered))
    raw = prepared.fill(
        recipient=delivery.address, token=delivery.token, name=delivery.key
    )
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\r" not in raw.replace(b"\r\n", b"")
    return message_from_bytes(raw, policy=policy.default)


def one_line(text):
    return " ".join(text.split())


@pytest.mark.slow
@given(title=TEXT, sender=TEXT, name=TEXT)
@example(title=ATTACKS[0], sender=ATTACKS[1], name=ATTACKS[2])
@example(title="=?utf-8?q?x?= =?utf-8?q?y?=", sender="=?utf-8?q?x?=", name="a?= =?b")
def test_no_text_makes_a_header(title, sender, name):
    mail = parsed(make(title=title, sender=sender, name=name))
    assert sorted(mail.keys()) == sorted(OF_ISSUE | OF_PERSON | OF_BODY)
    assert not mail.defects
    assert mail["From"].addresses[0].addr_spec == "team@example.org"
    assert len(mail["From"].addresses) == 1
    assert mail["To"] == "a@example.org"
    assert mail.get_body(("plain",)).get_content().strip() == "Text."


@pytest.mark.slow
@given(title=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=150))
@example(title="Ŵyn a 中文 🐑 " * 9)
def test_a_subject_says_what_was_typed(title):
    subject = parsed(make(title=title))["Subject"]
    # The white space at a fold between encoded words is part of the folding.
    assert one_line(str(subject)) == one_line(f"{title} / {title}")


@pytest.mark.slow
@given(address=st.one_of(TEXT, TEXT.map(lambda text: f"{text}@example.org")))
@example(address="a@example.org\r\nBcc: all@example.org")
def test_no_address_makes_a_header(address):
    try:
        mail = parsed(make(address=address))
    except smtp.Rejected:
        return
    assert sorted(mail.keys()) == sorted(OF_ISSUE | OF_PERSON | OF_BODY)
    assert not set(BREAKS) & set(address), "no break is left out in silence"


def test_a_welsh_domain_of_ours_goes_in_its_ascii_form():
    delivery = make()
    delivery.issue.newsletter.sender_address = "tim@tŷ.example.org"
    assert (
        parsed(delivery)["From"].addresses[0].addr_spec == "tim@xn--t-foa.example.org"
    )


@pytest.mark.parametrize("end", ["\r\n", "\n", "\0"])
def test_a_broken_address_of_ours_is_no_header(end):
    delivery = make()
    delivery.issue.newsletter.sender_address = f"tim@example.org{end}Bcc: a@b.org"
    with pytest.raises(ValueError, match="cannot carry"):
        mail_headers.of_issue(delivery.issue, "en")


def test_what_each_header_says(settings):
    settings.MAIL_DOMAIN = "mail.example.org"
    delivery = make(name="Newyddion, a mwy")
    delivery.issue.newsletter.title_cy = "Newyddion ŵyn"
    delivery.issue.newsletter.reply_address = "answers@example.org"
    mail = parsed(delivery)
    assert mail["List-ID"] == '"Newyddion, a mwy" <news.mail.example.org>'
    assert mail["Reply-To"] == "The team <answers@example.org>"
    assert mail["Message-ID"] == "<delivery-9@mail.example.org>"
    assert mail["Date"].datetime.isoformat() == "2026-11-24T12:00:00+00:00"
    assert mail["List-Unsubscribe"].startswith(f"<{settings.SITE_URL}/unsubscribe/")
    delivery.language = "cy"
    assert "Newyddion ŵyn" in parsed(delivery)["List-ID"]


def test_feedback_names_the_issue_and_the_sender_and_nobody(settings):
    delivery = make()
    *three, sender = mail_headers.feedback_id(delivery.issue).split(":")
    assert three == ["7", "news", "newsletter"]
    assert 5 <= len(sender) <= 15
    settings.MAIL_DOMAIN = "other.example.org"
    assert not mail_headers.feedback_id(delivery.issue).endswith(sender)


def test_people_write_newsletters_and_machines_what_somebody_did():
    mail = parsed(make())
    assert "Auto-Submitted" not in mail
    assert "Precedence" not in mail
    written = messages.send_written(
        kind="a", to="a@example.org", language="en", subject="A", text="A", html="A"
    )
    automatic = message_from_bytes(messages.as_bytes(written), policy=policy.default)
    assert automatic["Auto-Submitted"] == "auto-generated"
