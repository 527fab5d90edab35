"""What is joined for one person is what would have been written for them alone."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from engagement.core import tokens
from engagement.mail.services import composing, smtp
from newsletters.services import rendering, segments
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return factories.make_issue(articles=3)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_joined_it_is_byte_for_byte_the_mail_of_one_person(issue, language):
    filled = segments.prepare(issue, language).fill(
        recipient="Sian.Jones@tŷ.example.org",
        token="t" * 22,
        name="delivery-77",
    )
    token = tokens.make(rendering.SCOPE, "t" * 22)
    whole = filled.replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
    (mark,) = set(re.findall(r"(\?d=[\w:-]{83})", whole))
    (objection,) = set(re.findall(r"/objection/([\w:-]{83})/", whole))
    assert tokens.read("objection", objection) == "t" * 22
    one_click = settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])
    alone = rendering.composed(
        issue,
        language,
        rendering.render(issue, language=language).for_token(token, mark, objection),
        {
            "To": "Sian.Jones@xn--t-foa.example.org",
            "Message-ID": f"<delivery-77@{settings.MAIL_DOMAIN}>",
            "List-Unsubscribe": f"<{one_click}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    assert filled == alone


def test_two_people_share_nothing_but_the_words(issue):
    prepared = segments.prepare(issue, "en")
    ann = prepared.fill(recipient="ann@example.org", token="a" * 22, name="delivery-1")
    bob = prepared.fill(recipient="bob@example.org", token="b" * 22, name="delivery-2")
    a_token = message_from_bytes(ann)["List-Unsubscribe"].rstrip("/>").rsplit("/", 1)[1]
    assert b"ann@example.org" not in bob
    assert a_token.encode() not in bob.replace(b"=\r\n", b"")
    text = message_from_bytes(ann, policy=policy.default).get_body(("plain",))
    assert a_token in text.get_content()


def test_no_line_is_longer_than_quoted_printable_allows(issue):
    mail = segments.prepare(issue, "cy").fill(
        recipient="ann@example.org", token="t" * 22, name="delivery-1"
    )
    body = mail.partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) <= 76


@pytest.mark.parametrize("address", ["a\r\nBcc: x@example.org", "sîan@example.org"])
def test_an_address_that_mail_cannot_carry_is_refused(issue, address):
    with pytest.raises(smtp.Rejected):
        segments.prepare(issue, "en").fill(recipient=address, token="t", name="x")


@given(st.text(st.sampled_from("ab.=\n"), max_size=160))
def test_it_knows_whether_a_line_begins_with_a_dot(text):
    headers = {"Message-ID": "<1@example.org>"}
    mail = composing.compose(headers=headers, language="en", text=text, html=text)
    dotted = [line for line in mail.splitlines() if line.startswith(b".")]
    assert segments.cut(mail).dotless == (not dotted)


@given(
    before=st.text(st.sampled_from("abc =.é\n"), max_size=160),
    after=st.text(st.sampled_from("abc =.é\n"), max_size=160),
)
def test_wherever_a_line_breaks_the_token_is_whole(before, after):
    """The line may break in the middle of the token: before, after or within it."""

    def mail(token):
        text = f"{before}{token}{after}"
        headers = {"Message-ID": "<1@example.org>"}
        return composing.compose(headers=headers, language="en", text=text, html=text)

    real = "t" * rendering.TOKEN_LETTERS
    prepared = segments.cut(mail(segments.TOKEN))
    words = prepared.pieces.copy()
    for place, what, part in prepared.blanks:
        assert what == segments.TOKEN
        words[place] = real.encode()[part]
    assert b"".join(words) == mail(real)
