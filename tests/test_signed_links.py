"""Every page with a token: an altered, borrowed or old one opens and changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from engagement.core import tokens
from tests.support import addresses, writes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAYS = "This link is not valid, or is too old."
# The link in an issue that leads to the preferences is the one to leave by.
BY_ISSUE = {"preferences", "change_address", "everything", "erase", "mail_link"}
# Nobody has a link that lasts longer.
LATER = timedelta(days=3651)


@pytest.fixture
def links():
    """{page: an address of it that works}."""
    call_command("load_demo", verbosity=0)
    addresses.send_a_copy()
    known = addresses.examples()
    return {
        name: known[name][0]
        for name, _view, arguments in addresses.views()
        if "token" in arguments
    }


def check_refused(client, name, token):
    for method in ("get", "post"):
        with writes.undone() as changed:
            answer = getattr(client, method)(reverse(name, args=[token]), follow=True)
        assert changed == [], (name, method)
        if answer.status_code == 405:
            assert (name, method) == ("newsletters:mail_link", "get")
            continue
        assert answer.status_code == 404, (name, method, token)
        if (name, method) != ("unsubscribe_one_click", "post"):
            page = answer.content.decode()
            assert "<h1>" in page, (name, method)
            assert SAYS in page, (name, method)


def test_they_work_as_they_are(client, links):
    assert len(links) > 8
    for name, token in links.items():
        codes = set()
        for method in ("get", "post"):
            with writes.undone():
                answer = getattr(client, method)(reverse(name, args=[token]))
            codes.add(answer.status_code)
        assert codes <= {200, 302, 405, 422}, name


def test_an_altered_one(client, links):
    for name, token in links.items():
        value, at, signature = token.split(":")
        flipped = signature[:-2] + ("A" if signature[-2] != "A" else "B") + "A"
        for altered in (
            f"{value}:{at}:{flipped}",
            f"{value}A:{at}:{signature}",
            f"{value}:{at[:-1]}:{signature}",
            f"{value}:{at}",
            value,
            "ŵ\u202e",
        ):
            check_refused(client, name, altered)


def test_one_of_another_page(client, links):
    """The same contents under another name, and what the other pages take."""
    for name, token in links.items():
        value = tokens.signing.b64_decode(token.split(":")[0].encode())
        check_refused(client, name, tokens.make("other", value.decode()))
        for other, borrowed in links.items():
            if _scope(other) not in {_scope(name), *_also(name)}:
                check_refused(client, name, borrowed)


def test_an_old_one(client, links):
    with time_machine.travel(timezone.now() + LATER, tick=False):
        for name, token in links.items():
            check_refused(client, name, token)


def _scope(name):
    page = name.removeprefix("newsletters:")
    if page in BY_ISSUE:
        return "preferences"
    return "unsubscribe" if page == "unsubscribe_one_click" else page


def _also(name):
    return {"unsubscribe"} if _scope(name) == "preferences" else set()
