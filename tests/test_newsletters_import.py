"""Subscribers from a CSV file: checked, shown, then whole or not at all."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from engagement.core import spreadsheets
from engagement.core.errors import Refused
from engagement.people.models import Consent, EmailAddress, Person
from newsletters.models import Newsletter, Subscription
from newsletters.services import imports, subscriptions
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = "name,email,sector,function,language\n"
GOOD = HEAD + "Ann Ŵyn,Ann@example.org,academic,research,cy\nBob,bob@example.org,,,en\n"
URL = "/en/newsletters/manage/wimd/import/"


@pytest.fixture
def newsletter():
    return factories.make_newsletter(slug="wimd")


def upload(client, content, name="people.csv", **fields):
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return client.post(URL, {"file": file, "evidence": "paper form"} | fields)


def token(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def test_shown_first_then_applied(manager_client, newsletter):
    page = upload(manager_client, GOOD)
    assert page.status_code == 200
    assert "ann@example.org" in page.content.decode()
    assert not Person.objects.exists()
    answer = manager_client.post(f"{URL}apply/", {"token": token(page)}, follow=True)
    assert "New subscribers: 2" in answer.content.decode()
    people = Subscription.objects.in_force().values_list("person__email", flat=True)
    assert set(people) == {"ann@example.org", "bob@example.org"}
    assert {c.evidence for c in Consent.objects.all()} == {"paper form"}
    again = manager_client.post(f"{URL}apply/", {"token": token(page)}, follow=True)
    assert "done already" in again.content.decode()


def test_excel_s_byte_order_mark_is_no_column(manager_client, newsletter):
    page = upload(manager_client, b"\xef\xbb\xbf" + GOOD.encode())
    assert page.status_code == 200


def test_as_excel_saves_it(newsletter):
    """With semicolons and in Windows-1252, or as a workbook."""
    lines = GOOD.replace(",", ";").replace("Ŵyn", "Siân").encode("cp1252")
    rows = [line.split(",") for line in GOOD.splitlines()]
    book = spreadsheets.write("xlsx", rows[0], rows[1:])
    for content, name in ((lines, "a.csv"), (book, "a.xlsx")):
        plan = imports.plan(newsletter=newsletter, content=content, name=name)
        assert [row["email"] for row in plan.new] == [
            "ann@example.org",
            "bob@example.org",
        ]


def test_every_bad_field_is_named_and_nothing_happens(manager_client, newsletter):
    rows = "Ann,ann@example.org,,,en\n,nonsense,none,,fr\nAnn,ann@example.org,,,en\n"
    page = upload(manager_client, HEAD + rows)
    text = page.content.decode()
    assert page.status_code == 422
    for row, column, problem in (
        (3, "name", "Enter a name."),
        (3, "email", "This is not an e-mail address."),
        (3, "sector", "This must be one of:"),
        (3, "language", "This must be one of: cy, en."),
        (4, "email", "This address is in row 2 too."),
    ):
        pattern = rf'>{row}</td>\s*<th scope="row">{column}</th>\s*<td>{problem}'
        assert re.search(pattern, text), (row, column)
    assert not Person.objects.exists()
    assert 'name="token"' not in text


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (HEAD + "A\x00nn,ann@example.org,,,en\n", "is a program or data, not text"),
        (b"\xff\xfename,email\x00", "is not text"),
        ("name,email\nAnn,a@example.org\n", "lacks these columns: sector, function"),
        ("", "The file is empty."),
        (HEAD + '"' + "x" * 200_000 + '"\n', "cannot be read as CSV"),
    ],
)
def test_what_is_no_such_file_is_refused(manager_client, newsletter, content, error):
    page = upload(manager_client, content)
    assert page.status_code == 422
    assert error in page.content.decode()


def test_the_wrong_kind_or_size_is_refused(manager_client, newsletter, settings):
    assert (
        "must be a CSV or an XLSX file"
        in upload(manager_client, "x", "a.txt").content.decode()
    )
    assert "must be one of" in upload(manager_client, "x", "a.exe").content.decode()
    settings.MAX_UPLOAD_BYTES = 10
    assert "smaller than" in upload(manager_client, GOOD).content.decode()


def test_who_left_is_not_subscribed_again(manager_client, newsletter):
    person = factories.make_person(email="ann@example.org")
    gone = factories.make_subscription(newsletter=newsletter, person=person)
    subscriptions.leave(newsletter=gone.newsletter, person=person)
    plan = imports.apply(
        by=None,
        newsletter=newsletter,
        content=GOOD.encode(),
        name="a.csv",
        evidence="x",
    )
    assert plan.left == ["ann@example.org"]
    assert not Subscription.objects.in_force().filter(person=person).exists()


def test_who_left_is_known_by_each_of_their_addresses(newsletter):
    person = factories.make_person(email="primary@example.org")
    EmailAddress.of(person, "ann@example.org").save()
    gone = factories.make_subscription(newsletter=newsletter, person=person)
    subscriptions.leave(newsletter=gone.newsletter, person=person)
    plan = imports.apply(
        by=None,
        newsletter=newsletter,
        content=GOOD.encode(),
        name="a.csv",
        evidence="x",
    )
    assert plan.left == ["ann@example.org"]
    assert not Subscription.objects.in_force().filter(person=person).exists()


def test_a_token_for_another_newsletter_does_nothing(manager_client, newsletter):
    factories.make_newsletter(slug="other")
    page = upload(manager_client, GOOD)
    manager_client.post(
        "/en/newsletters/manage/other/import/apply/", {"token": token(page)}
    )
    assert not Subscription.objects.exists()


def test_only_for_managers(client, member_client, newsletter):
    assert client.get(URL).status_code == 302
    assert member_client.get(URL).status_code == 403
    assert client.post(f"{URL}apply/").status_code == 302


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_a_plan_or_a_reason(content):
    """Never an error of ours, whatever the file holds."""
    newsletter = Newsletter(pk=1, slug="x", title_en="x", title_cy="x")
    try:
        plan = imports.plan(
            newsletter=newsletter, content=HEAD.encode() + content, name="a.csv"
        )
    except Refused:
        return
    assert not (plan.bad and plan.new)


def test_the_page_opens_without_errors(manager_client, newsletter):
    page = manager_client.get(URL)
    assert page.status_code == 200
    assert "There is a problem" not in page.content.decode()
