import pytest
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from engagement.core.states import MoveNotAllowed
from engagement.outputs.models import Output, Release
from engagement.outputs.services import outputs, readiness
from tests.factories import make_file, make_output

pytestmark = pytest.mark.django_db


def edit_page(client, output):
    return client.get(f"/en/outputs/manage/{output.slug}/").content.decode()


@pytest.mark.parametrize("status", ["draft", "planned"])
def test_the_service_makes_it_public(client, manager, status):
    output = make_output(status=status, with_file=True)
    outputs.publish(by=manager, output=output)
    output.refresh_from_db()
    assert output.published_at is not None
    assert "report.pdf" in client.get(output.get_absolute_url()).content.decode()
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("output.published", str(manager))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title_cy": ""}, "This is missing: title in Welsh."),
        ({"summary_en": ""}, "This is missing: summary in English."),
        ({"summary_cy": " "}, "This is missing: summary in Welsh."),
        ({"with_file": False}, "There is no file."),
    ],
)
def test_refuses_with_the_reason(manager_client, fields, reason):
    output = make_output(**{"status": "draft", "with_file": True} | fields)
    assert reason in edit_page(manager_client, output)
    with pytest.raises(readiness.NotReady) as caught:
        outputs.publish(by=None, output=output)
    assert caught.value.missing == [reason]
    output.refresh_from_db()
    assert output.status == "draft"
    assert not Entry.objects.exists()


def test_what_was_proposed_is_planned_first(manager_client):
    output = make_output(status="proposed", with_file=True)
    with pytest.raises(MoveNotAllowed):
        outputs.publish(by=None, output=output)
    assert "/release/" not in edit_page(manager_client, output)
    url = f"/en/outputs/manage/{output.slug}/plan/"
    assert manager_client.get(url).status_code == 405
    page = manager_client.post(url, follow=True).content.decode()
    assert "The output is planned." in page
    assert "/release/" in page
    output.refresh_from_db()
    assert output.status == "planned"
    assert "This has changed" in manager_client.post(url, follow=True).content.decode()


def test_happens_once(manager):
    output = make_output(published=True, with_file=True)
    before = output.published_at
    with pytest.raises(MoveNotAllowed):
        outputs.publish(by=manager, output=output)
    output.refresh_from_db()
    assert output.published_at == before
    assert not Entry.objects.exists()


def test_the_page_leads_to_a_release_and_publishes_nothing(manager_client, study):
    """Nobody publishes alone: the button makes a release, which somebody else approves."""
    output = make_output(status="planned", with_file=True, study=study)
    url = f"/en/outputs/manage/{output.slug}/release/"
    assert url in edit_page(manager_client, output)
    assert manager_client.get(url).status_code == 405
    first = manager_client.post(url)
    release = Release.objects.get()
    assert first.url == f"/en/outputs/releases/manage/{release.slug}/"
    assert release.items.get().edition.output == output
    assert manager_client.post(url).url == first.url
    output.refresh_from_db()
    assert output.status == "draft"
    assert (release.title_en, release.state) == (output.title_en, "draft")


def test_a_published_output_without_a_new_edition_has_no_release(manager_client, study):
    output = make_output(published=True, with_file=True, study=study)
    url = f"/en/outputs/manage/{output.slug}/release/"
    assert url not in edit_page(manager_client, output)
    page = manager_client.post(url, follow=True).content.decode()
    assert "There is no edition that is still to come out." in page
    assert not Release.objects.exists()


@pytest.mark.parametrize("verb", ["plan", "release"])
def test_is_for_staff(client, member_client, manager_client, verb):
    output = make_output(status="draft", with_file=True)
    url = f"/en/outputs/manage/{output.slug}/{verb}/"
    assert client.post(url).status_code == 302
    assert member_client.post(url).status_code == 403
    unknown = f"/en/outputs/manage/nowhere/{verb}/"
    assert manager_client.post(unknown).status_code == 404
    output.refresh_from_db()
    assert output.status == "draft"


def test_names_everything_that_is_missing(db):
    output = make_output(title_cy="", summary_en="", summary_cy="")
    with pytest.raises(readiness.NotReady) as caught:
        outputs.publish(by=None, output=output)
    assert len(caught.value.missing) == 4


def test_the_database_publishes_in_both_languages_only(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_output(published=True, title_cy="")
    assert not Output.objects.exists()


def test_a_new_file_of_something_published_is_public_at_once(client):
    output = make_output(published=True, with_file=True)
    make_file(output=output, language="cy", name="newydd.pdf")
    assert "newydd.pdf" in client.get(output.get_absolute_url()).content.decode()
