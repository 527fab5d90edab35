"""Editions: private until published, then public, each at its own address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.audit.models import Entry
from engagement.core.states import MoveNotAllowed
from engagement.outputs.models import Edition, File
from engagement.outputs.services import editions
from tests.factories import make_file, make_output
from tests.support import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def output():
    return make_output(published=True, with_file=True, title_en="The Index")


@pytest.fixture
def second(output):
    """Begun, with a file, and not published."""
    edition = editions.create(by=None, output=output, fields={"year": 2031})
    file = make_file(output=output, name="second.pdf")
    File.objects.filter(pk=file.pk).update(edition=edition)
    return edition


def text(client, thing, lang="en"):
    answer = client.get(f"/{lang}{thing.get_absolute_url()[3:]}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def addresses(edition):
    yield edition.get_absolute_url()
    for file in edition.files.all():
        yield f"/en/outputs/files/{file.pk}/"
        yield f"/cy/outputs/files/{file.pk}/"


def test_a_new_edition_is_private_and_the_old_one_stays(
    client, member_client, manager_client, output, second
):
    first = output.editions.get(number=1)
    for reader in (client, member_client):
        assert [reader.get(url).status_code for url in addresses(second)] == [404] * 3
        assert [reader.get(url).status_code for url in addresses(first)] == [200] * 3
        page = text(reader, output)
        assert "report.pdf" in page
        assert "second.pdf" not in page
        assert "2031" not in page
        assert "second.pdf" not in text(reader, first)
    assert {manager_client.get(url).status_code for url in addresses(second)} == {200}
    assert "Only staff see it." in text(manager_client, second)


def test_once_published_everything_of_it_is_public(client, output, second):
    editions.publish(by=None, edition=second)
    assert {client.get(url).status_code for url in addresses(second)} == {200}
    page = text(client, output)
    assert "second.pdf" in page
    assert "report.pdf" not in page
    first = output.editions.get(number=1)
    assert {client.get(url).status_code for url in addresses(first)} == {200}


def test_each_says_which_is_newest_and_what_came_before_and_after(
    client, output, second
):
    first = output.editions.get(number=1)
    assert "This is the newest edition." in text(client, first)
    editions.publish(by=None, edition=second)
    old, new = text(client, first), text(client, second)
    assert "There is something newer:" in old
    assert f'href="{second.get_absolute_url()}"' in old
    assert "This is the newest edition." in new
    assert "Takes the place of" in new
    assert f'href="{first.get_absolute_url()}"' in new
    assert "Hwn yw'r argraffiad diweddaraf." in text(client, second, "cy")


def test_also_across_outputs(client, output):
    newer = make_output(published=True, with_file=True, supersedes=output)
    first, last = output.editions.get(), newer.editions.get()
    assert f'href="{newer.get_absolute_url()}"' in text(client, first)
    assert "There is something newer:" in text(client, output)
    assert f'href="{output.get_absolute_url()}"' in text(client, last)


def test_what_is_only_planned_is_not_newer(client, output):
    make_output(status="planned", supersedes=output, title_en="Of 2031")
    page = text(client, output)
    assert "Of 2031</a> (Planned)" in page
    assert "There is something newer:" not in page


def test_what_it_supersedes_is_not_named_before_it_is_public(client):
    secret = make_output(status="draft", title_en="Secret")
    output = make_output(published=True, with_file=True, supersedes=secret)
    assert "Secret" not in text(client, output)
    assert "Secret" not in text(client, output.editions.get())


def test_facts_of_an_edition_are_on_its_page(client, output):
    edition = output.editions.get()
    facts = {"isbn": "978-0-7504-6201-3", "doi": "10.1000/182"}
    notes = {"note_en": "With new data.", "note_cy": "Gyda data newydd."}
    editions.update(by=None, edition=edition, fields=facts | notes)
    page = text(client, edition)
    for said in ("978-0-7504-6201-3", "https://doi.org/10.1000/182", "With new data."):
        assert said in page
    assert "Gyda data newydd." in text(client, edition, "cy")


def test_files_have_pages_and_a_checksum(manager_client, client, output):
    url = f"/en/outputs/manage/{output.slug}/editions/1/files/"
    upload = SimpleUploadedFile("cymraeg.pdf", office.pdf(pages=3))
    manager_client.post(url, {"upload": upload, "language": "cy"})
    file = File.objects.get(name="cymraeg.pdf")
    page = text(client, output)
    assert "pages: 3" in page
    assert file.sha256 in page
    assert "tudalennau: 3" in text(client, output, "cy")


def test_an_unknown_edition_is_not_found(client, output):
    for number in (0, 2, 99999):
        url = f"/en/outputs/{output.slug}/editions/{number}/"
        assert client.get(url).status_code == 404
    assert client.post(output.editions.get().get_absolute_url()).status_code == 405


def test_costs_few_queries(client, output, second, django_assert_max_num_queries):
    editions.publish(by=None, edition=second)
    with django_assert_max_num_queries(15):
        client.get(second.get_absolute_url())


def test_is_published_once_in_turn_and_whole(output, second):
    third = editions.create(by=None, output=output, fields={})
    with pytest.raises(editions.readiness.NotReady) as refused:
        editions.publish(by=None, edition=third)
    assert refused.value.missing == ["There is no file."]
    editions.publish(by=None, edition=second)
    with pytest.raises(MoveNotAllowed):
        editions.publish(by=None, edition=second)
    fourth = editions.create(by=None, output=output, fields={})
    File.objects.filter(edition__number=1).update(edition=fourth)
    editions.publish(by=None, edition=fourth)
    with pytest.raises(editions.OutOfTurn):
        editions.publish(by=None, edition=third)


def test_one_language_alone_is_refused(output, second):
    editions.update(by=None, edition=second, fields={"note_en": "New"})
    with pytest.raises(editions.readiness.NotReady) as refused:
        editions.publish(by=None, edition=second)
    assert refused.value.missing == ["This is missing: what is new, in Welsh."]
    first = output.editions.get(number=1)
    with pytest.raises(editions.readiness.NotReady):
        editions.update(by=None, edition=first, fields={"note_cy": "Newydd"})


def test_publishing_is_seen_by_harvesters_and_in_the_trail(output, second):
    before = output.changed_at
    editions.publish(by=None, edition=second)
    output.refresh_from_db()
    assert output.changed_at > before
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.detail) == ("output.edition_published", {"edition": 2})


def test_staff_begin_fill_publish_and_remove(client, member_client, manager_client):
    output = make_output(published=True, with_file=True)
    new = f"/en/outputs/manage/{output.slug}/editions/new/"
    assert client.post(new).status_code == 302
    assert member_client.post(new).status_code == 403
    bad = {"isbn": "978-0-7504-6201-4", "doi": "x", "year": "99"}
    answer = manager_client.post(new, bad)
    page = answer.content.decode()
    assert answer.status_code == 422
    for reason in ("One digit of the ISBN", "A DOI is like", "Enter a year"):
        assert reason in page
    answer = manager_client.post(new, {"isbn": "9780750462013", "year": "2031"})
    edition = output.editions.get(number=2)
    assert edition.isbn == "978-0-7504-6201-3"
    page = manager_client.get(answer.url).content.decode()
    assert "There is no file." in page
    assert "/publish/" not in page
    manager_client.post(f"{answer.url}publish/")
    assert Edition.objects.get(pk=edition.pk).published_at is None
    sure = manager_client.get(f"{answer.url}remove/").content.decode()
    assert "This cannot be undone." in sure
    page = manager_client.post(f"{answer.url}remove/", follow=True).content.decode()
    assert "The edition is removed." in page
    first = output.editions.get()
    page = manager_client.post(
        f"/en/outputs/manage/{output.slug}/editions/1/remove/", follow=True
    ).content.decode()
    assert "cannot be removed" in page
    assert output.editions.get() == first
