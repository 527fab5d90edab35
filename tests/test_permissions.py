"""No page leaks: each is asked for by everybody, and held to docs/permissions.md."""

import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from engagement.accounts.models import Role, User
from engagement.core import access
from tests import factories
from tests.conftest import signed_in
from tests.support import addresses, writes

pytestmark = pytest.mark.django_db
TABLE = Path(settings.BASE_DIR) / "docs" / "permissions.md"
LINE = re.compile(r"^\| `([\w:]+)` \| ([a-z ]+) \| (?:`([\w.]+)`)?", re.MULTILINE)
STAFF = {"manager", "administrator"}
MAY = {
    "public": {"nobody", "outsider", "member", *STAFF},
    "signed in": {"outsider", "member", *STAFF},
    "member": {"member", *STAFF},
    "manager": STAFF,
    "administrator": {"administrator"},
}
# A 404 would mean that the example is none, and a rule behind it was not tried.
SHOWN = {200, 302, 405}
# What a GET may write: who took an export, which papers a member has opened, that a
# release was seen before it was out, and allauth's copy of an account's address.
BY_GET = {
    "groups:paper": "groups_paperread",
    "people:export": "audit_entry",
    "events:export": "audit_entry",
    "events:needs": "audit_entry",
    "studies:rows_csv": "audit_entry",
    "reports:export": "audit_entry",
    "reports:export_funnel": "audit_entry",
    "reports:export_report": "audit_entry",
    "outputs:pre_release": "outputs_prereleaseaccess|audit_entry",
    "outputs:pre_release_file": "outputs_prereleaseaccess|audit_entry",
    "account_reset_password_from_key": "account_emailaddress",
}
SIGN_IN = "/en/account/sign-in/"


def table():
    """{page: (who may, permission)}; the permission of a public page is "public"."""
    found = LINE.findall(TABLE.read_text())
    lines = {name: (who, named or "public") for name, who, named in found}
    assert len(lines) == len(found), "A page has two lines."
    assert {who for who, _named in lines.values()} <= set(MAY)
    return lines


def test_the_table_has_each_page_and_no_other():
    views = {name: access.declared(view) for name, view, _args in addresses.views()}
    lines = table()
    missing = [f"| `{n}` | ? | `{p}` |" for n, p in views.items() if n not in lines]
    assert missing == [], "Decide who may, and add these lines to docs/permissions.md."
    assert set(lines) - set(views) == {"admin:index"}, "There is no such page."
    differ = {n: p for n, p in views.items() if p != lines[n][1]}
    assert differ == {}, "The view declares another permission than its line."


@pytest.fixture
def demo(settings, tmp_path, caplog):
    # Hundreds of refusals are no news.
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.MAIL_CATCHER_DIR = str(tmp_path)
    call_command("load_demo", verbosity=0)
    addresses.make_missing(tmp_path)


def cookies():
    """{who: the cookie of their session}; the outsider sits in no group."""
    users = {
        "outsider": factories.make_user(Role.STEERING_MEMBER),
        "member": User.objects.get(email="member@example.org"),
        "manager": User.objects.get(email="manager@example.org"),
        "administrator": User.objects.get(email="administrator@example.org"),
    }
    signed = {who: signed_in(user).cookies for who, user in users.items()}
    return {"nobody": {}, **signed}


def ask(cookie, method, address, **more):
    """(the answer, what it changed). Each time a new client, as some end a session."""
    client = Client(raise_request_exception=False)
    client.cookies.update(cookie)
    with writes.undone() as changed:
        answer = getattr(client, method)(address, **more)
    return answer, changed


def problem(who, may, method, answer, changed):
    """What is wrong with an answer, if anything."""
    code = answer.status_code
    to_sign_in = code == 302 and answer.url.startswith(SIGN_IN)
    if who in may:
        if code in {401, 403} or to_sign_in or code >= 500:
            return f"{code} for one who may"
        if method == "get" and code not in SHOWN:
            return f"{code}: the example is not there"
        return f"a GET changed {changed}" if method == "get" and changed else None
    if changed:
        return f"refused, and yet it changed {changed}"
    # What takes no POST says so before it asks whose the thing is.
    by_thing = may in (MAY["member"], MAY["administrator"])
    no_post = method == "post" and by_thing and code == 405
    refused = to_sign_in if who == "nobody" else code == 403 or no_post
    return None if refused else f"{code} for one who may not"


@pytest.mark.slow
def test_each_page_as_everybody(demo):
    lines, known, found = table(), addresses.examples(), []
    people = cookies()
    for name, _view, arguments in addresses.views():
        address, may = addresses.address(name, arguments, known), MAY[lines[name][0]]
        for who, cookie in people.items():
            for method in ("get", "post"):
                answer, changed = ask(cookie, method, address)
                if method == "get" and who in may:
                    noted = BY_GET.get(name, "nothing")
                    changed = [sql for sql in changed if not re.search(noted, sql)]
                if wrong := problem(who, may, method, answer, changed):
                    found.append(f"{name}, {method} as {who}: {wrong}")
    assert found == [], "\n".join(found)


@pytest.mark.slow
def test_the_admin_site_as_everybody(demo):
    """Its pages are not ours to name one by one: the index, and each list and form."""
    options = [model._meta for model in admin.site._registry]
    names = [f"admin:{m.app_label}_{m.model_name}_changelist" for m in options]
    people = cookies()
    assert len(names) > 20
    for name in ["admin:index", "admin:accounts_user_add", *names]:
        for who, cookie in people.items():
            for method in ("get", "post"):
                answer, changed = ask(cookie, method, reverse(name), follow=True)
                if who == "administrator":
                    assert answer.status_code == 200, (name, method)
                elif who == "nobody":
                    assert answer.redirect_chain[-1][0].startswith(SIGN_IN), name
                else:
                    assert answer.status_code == 403, (name, method, who)
                assert changed == [] or who == "administrator", (name, method, who)


@pytest.mark.parametrize("page", ["website:dashboard", "people:list", "gallery"])
def test_a_closed_account_is_nobody_at_once(manager, page):
    client = signed_in(manager)
    assert client.get(reverse(page)).status_code == 200
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert client.get(reverse(page)).url.startswith(SIGN_IN)


@pytest.mark.parametrize("page", ["website:dashboard", "people:list", "gallery"])
def test_an_account_without_a_role_may_nothing(page):
    assert signed_in(factories.make_user("")).get(reverse(page)).status_code == 403


def test_a_draft_is_for_managers_alone(client, member_client, manager_client, study):
    event = factories.make_event()
    output = factories.make_output(with_file=True)
    issue = factories.make_issue(articles=1)
    file = output.editions.get().files.get()
    pages = [
        *(event.get_absolute_url(), output.get_absolute_url()),
        *(issue.get_absolute_url(), issue.places.get().article.get_absolute_url()),
        reverse("outputs:download", args=[file.pk]),
    ]
    for page in pages:
        codes = [c.get(page).status_code for c in (client, member_client)]
        assert codes == [404, 404], page
        assert manager_client.get(page).status_code == 200, page
