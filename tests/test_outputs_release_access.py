"""Named people may see a release before it is out: by their link, in their time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from engagement.audit.models import Entry
from engagement.core import tokens
from engagement.outputs.models import File, PreReleaseAccess, Release
from engagement.outputs.services import pre_release, release_dates
from engagement.people.services import erasure
from tests.factories import make_access, make_output, make_person, make_release
from tests.factories.releases import put_in

pytestmark = pytest.mark.django_db
FIELDS = {
    "name": "Ann Rees",
    "email": "ann@example.org",
    "post": "Head of news",
    "body": "Cabinet office",
    "reason": "To brief the minister",
}


@pytest.fixture
def release(study):
    release = make_release(study=study, news_en="Poverty **fell**.")
    put_in(release, make_output(status="draft", study=study, title_en="The table"))
    at = timezone.now() + timedelta(hours=2)
    return release_dates.confirm(by=None, release=release, at=at)


def page_of(access):
    return f"/en/outputs/releases/access/{pre_release.token(access)}/"


def staff(release):
    return f"/en/outputs/releases/manage/{release.slug}/access/"


def times(start, end):
    now = timezone.localtime()
    known = {
        "starts_at": now + timedelta(hours=start),
        "ends_at": now + timedelta(hours=end),
    }
    return {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in known.items()}


def test_is_given_and_the_link_mailed(release, manager_client, client, deliver_mail):
    answer = manager_client.post(staff(release), FIELDS | times(-1, 2), follow=True)
    page = answer.content.decode()
    assert "Access is given, and the link is mailed." in page
    assert "too early" not in page
    assert "Never opened" in page
    [mail] = deliver_mail()
    assert mail["To"] == "ann@example.org"
    text = mail.get_body(("plain",)).get_content()
    link = next(line for line in text.split() if "/releases/access/" in line)
    assert "not to pass on any of it" in text
    read = client.get(link.removeprefix("http://127.0.0.1:8000")).content.decode()
    assert "<strong>fell</strong>" in read
    assert "The table" in read
    assert "This link is for Ann Rees, Head of news, Cabinet office." in read
    assert "Never opened" not in manager_client.get(staff(release)).content.decode()


def test_more_than_a_day_is_said_and_not_forbidden(release, manager_client):
    answer = manager_client.post(staff(release), FIELDS | times(-30, 2), follow=True)
    page = answer.content.decode()
    assert "for official statistics that is too early." in page
    assert "More than 24 hours" in page
    assert PreReleaseAccess.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, "Enter a name."),
        ({"email": "ann"}, "Enter an e-mail address like name@example.org."),
        ({"post": ""}, "Enter their post."),
        ({"body": ""}, "Enter the body they work for."),
        ({"reason": ""}, "Say why they need it."),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        (times(2, 1), "It must end after it starts."),
    ],
)
def test_bad_input_is_named(release, manager_client, wrong, error):
    answer = manager_client.post(staff(release), FIELDS | times(1, 2) | wrong)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not PreReleaseAccess.objects.exists()


def test_works_from_its_start_until_its_end(release, client):
    access = make_access(release, hours=(0.5, 1))
    file = File.objects.first()
    for address in (page_of(access), f"{page_of(access)}files/{file.pk}/"):
        for hours, code in ((0, 404), (0.6, 200), (1, 404)):
            with time_machine.travel(timezone.now() + timedelta(hours=hours)):
                assert client.get(address).status_code == code, (address, hours)
                assert client.head(address).status_code == code
    assert "run out" not in client.get(page_of(access)).content.decode()


def test_the_file_comes_as_it_is_and_each_use_is_noted(release, client):
    access, file = make_access(release), File.objects.first()
    answer = client.get(f"{page_of(access)}files/{file.pk}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    access.refresh_from_db()
    assert access.last_used_at is not None
    entry = Entry.objects.get(action="release.access_used")
    assert "Head of news, Cabinet office" in entry.target
    assert "Ann" not in f"{entry.target} {entry.detail}"


def test_shows_files_of_this_release_and_no_other(release, client, study):
    other = make_release(study=study, outputs=1)
    file = File.objects.get(edition__release_item__release=other, language="en")
    assert (
        client.get(f"{page_of(make_access(release))}files/{file.pk}/").status_code
        == 404
    )


def test_is_taken_back(release, client, manager_client):
    access = make_access(release)
    assert client.get(page_of(access)).status_code == 200
    url = f"{staff(release)}{access.pk}/revoke/"
    assert manager_client.get(url).status_code == 405
    page = manager_client.post(url, follow=True).content.decode()
    assert "Taken back" in page
    answer = client.get(page_of(access))
    assert answer.status_code == 404
    assert "not valid" in answer.content.decode()
    assert "Head of news" not in client.get(release.get_absolute_url()).content.decode()


def test_a_forged_link_opens_nothing(release, client):
    access = make_access(release)
    own = pre_release.token(access)
    for token in (
        "made-up",
        own[:-1],
        f"{own}A",
        tokens.make("draft", access.pk),
        tokens.make("pre-release", access.pk + 1),
    ):
        address = f"/en/outputs/releases/access/{token}/"
        assert client.get(address).status_code == 404, token


def test_trying_is_stopped(client, own_clock):
    codes = [
        client.get("/en/outputs/releases/access/x/").status_code for _ in range(21)
    ]
    assert codes == [404] * 20 + [429]


@pytest.mark.parametrize(
    ("state", "words"),
    [("cancelled", "not valid"), ("published", "everybody can read")],
)
def test_a_release_that_is_out_or_off_needs_no_link(release, client, state, words):
    access = make_access(release)
    Release.objects.filter(pk=release.pk).update(
        state=state, cancelled_reason_en="No.", cancelled_reason_cy="Na."
    )
    answer = client.get(page_of(access))
    assert (answer.status_code, words in answer.content.decode()) == (404, True)


def test_the_public_reads_posts_and_bodies_and_no_names(release, client):
    make_access(release)
    for lang in ("en", "cy"):
        page = client.get(f"/{lang}/outputs/releases/{release.slug}/").content.decode()
        assert "Head of news, Cabinet office" in page
        assert "Rees" not in page
        assert "ann@" not in page


def test_is_erased_with_its_person(release, manager):
    make_access(release)
    person = make_person(email="ann@example.org")
    erasure.erase(by=manager, person=person)
    access = PreReleaseAccess.objects.get()
    assert (access.name, access.email, access.post) == ("", "", "Head of news")


def test_few_queries_and_an_empty_state(
    release, manager_client, django_assert_max_num_queries
):
    page = manager_client.get(staff(release)).content.decode()
    assert "Nobody has access before the release." in page
    for _ in range(5):
        make_access(release)
    with django_assert_max_num_queries(6):
        manager_client.get(staff(release))


def test_is_for_staff(release, client, member_client):
    url = f"{staff(release)}{make_access(release).pk}/revoke/"
    for address in (staff(release), url):
        assert client.post(address).status_code == 302
        assert member_client.post(address).status_code == 403
