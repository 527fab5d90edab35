"""Every page with a token: an altered, borrowed or old one opens and changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from engagement.core import tokens
from tests.support import addresses, event_addresses, writes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAYS = "This link is not valid, or is too old."
# The link in an issue that leads to the preferences is the one to leave by.
BY_ISSUE = {"preferences", "change_address", "everything", "erase", "mail_link"}
# Those of a test are for reading alone.
OF_TEST = {"draft_issue", "draft_article"}
# Whoever was invited has one link for all of these.
OF_INVITATION = {
    "events:invitation",
    "events:invited_deputy",
    "events:stop_invitations",
}
# Nor has whoever is registered.
OF_REGISTRATION = {
    f"events:{page}"
    for page in (
        *("accept_place", "send_deputy", "change_registration"),
        *("calendar_link", "certificate", "ticket_pdf"),
    )
}
NOT_ASKED = {
    ("newsletters:mail_link", "get"),
    ("events:calendar_link", "get"),
    ("events:certificate", "get"),
    ("events:accept_place", "get"),
    ("events:ticket_pdf", "post"),
    ("events:mine", "post"),
    ("outputs:pre_release", "post"),
    ("outputs:pre_release_file", "post"),
    *((f"newsletters:{page}", "post") for page in OF_TEST),
}
# Nobody has a link that lasts longer.
LATER = timedelta(days=3651)


@pytest.fixture
def links():
    """{page: the arguments of an address of it that works, the token first}."""
    call_command("load_demo", verbosity=0)
    addresses.send_a_copy()
    event_addresses.invite()
    known = addresses.examples()
    return {
        name: known[name][: len(arguments)]
        for name, _view, arguments in addresses.views()
        if "token" in arguments
    }


def check_refused(client, name, token, *more):
    # So many from one place are slowed elsewhere.
    cache.clear()
    for method in ("get", "post"):
        with writes.undone() as changed:
            answer = getattr(client, method)(
                reverse(name, args=[token, *more]), follow=True
            )
        assert changed == [], (name, method)
        if answer.status_code == 405:
            assert (name, method) in NOT_ASKED
            continue
        assert answer.status_code == 404, (name, method, token)
        if (name, method) != ("unsubscribe_one_click", "post"):
            page = answer.content.decode()
            assert "<h1>" in page, (name, method)
            assert SAYS in page, (name, method)


def test_they_work_as_they_are(client, links):
    assert len(links) > 8
    for name, arguments in links.items():
        codes = set()
        for method in ("get", "post"):
            with writes.undone():
                answer = getattr(client, method)(reverse(name, args=arguments))
            codes.add(answer.status_code)
        assert codes <= {200, 302, 405, 422}, name


def test_an_altered_one(client, links):
    for name, (token, *more) in links.items():
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
            check_refused(client, name, altered, *more)


def test_one_of_another_page(client, links):
    """The same contents under another name, and what the other pages take."""
    for name, (token, *more) in links.items():
        value = tokens.signing.b64_decode(token.split(":")[0].encode())
        check_refused(client, name, tokens.make("other", value.decode()), *more)
        for other, (borrowed, *_more) in links.items():
            if _scope(other) not in {_scope(name), *_also(name)}:
                check_refused(client, name, borrowed, *more)


def test_an_old_one(client, links):
    with time_machine.travel(timezone.now() + LATER, tick=False):
        for name, arguments in links.items():
            check_refused(client, name, *arguments)


def _scope(name):
    page = name.removeprefix("newsletters:")
    if page in BY_ISSUE:
        return "preferences"
    if page in OF_TEST:
        return "draft"
    if page in OF_INVITATION:
        return "invitation"
    if page in OF_REGISTRATION:
        return "events:registration"
    if page.startswith("outputs:pre_release"):
        return "outputs:pre_release"
    return "unsubscribe" if page == "unsubscribe_one_click" else page


def _also(name):
    return {"unsubscribe"} if _scope(name) == "preferences" else set()
