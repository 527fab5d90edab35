"""What was withdrawn: a tombstone with the reason, and no files."""

import pytest
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from engagement.metrics.models import Hit
from engagement.outputs.models import Edition, File, Output
from engagement.outputs.services import editions
from tests.factories import make_file, make_output

pytestmark = pytest.mark.django_db
REASON = {"reason_en": "It named people.", "reason_cy": "Roedd yn enwi pobl."}


@pytest.fixture
def output():
    output = make_output(
        published=True,
        title_en="The Index",
        title_cy="Y Mynegai",
        authors=["Jones, A."],
        number="22/2011",
    )
    make_file(output=output)
    return output


@pytest.fixture
def second(output):
    edition = Edition.objects.create(
        output=output, number=2, published_at=output.published_at
    )
    file = make_file(output=output, name="second.pdf")
    File.objects.filter(pk=file.pk).update(edition=edition)
    return edition


def manage(output):
    return f"/en/outputs/manage/{output.slug}/"


def gone(client, url):
    answer = client.get(url)
    assert answer.status_code == 410
    return " ".join(answer.content.decode().split())


def test_an_output_leaves_a_tombstone(client, manager_client, output):
    edition, file = output.editions.get(), File.objects.get()
    page = manager_client.post(f"{manage(output)}withdraw/", REASON, follow=True)
    assert "The output is withdrawn." in page.content.decode()
    for url in (
        output.get_absolute_url(),
        edition.get_absolute_url(),
        f"/en/outputs/files/{file.pk}/",
    ):
        page = gone(client, url)
        for said in ("The Index", "A. Jones", "22/2011", "It named people."):
            assert said in page
        assert "report.pdf" not in page
    page = gone(client, f"/cy/outputs/{output.slug}/")
    assert "Roedd yn enwi pobl." in page
    assert "Y Mynegai" in page
    assert not Hit.objects.filter(target_kind="file").exists()
    assert "The Index" not in client.get("/en/outputs/").content.decode()
    assert Entry.objects.get().action == "output.withdrawn"


def test_it_is_put_back_as_it_was(client, manager_client, output):
    before = output.published_at
    manager_client.post(f"{manage(output)}withdraw/", REASON)
    page = manager_client.post(f"{manage(output)}restore/", follow=True)
    assert "public again" in page.content.decode()
    output.refresh_from_db()
    assert (output.status, output.published_at) == ("published", before)
    file = File.objects.get()
    assert client.get(f"/en/outputs/files/{file.pk}/").status_code == 200
    assert client.get(output.get_absolute_url()).status_code == 200
    page = manager_client.post(f"{manage(output)}restore/", follow=True)
    assert "changed in the meantime" in page.content.decode()


def test_an_edition_leaves_one_and_the_one_before_stands(
    client, manager_client, output, second
):
    url = f"{manage(output)}editions/2/"
    manager_client.post(f"{url}withdraw/", REASON)
    page = gone(client, second.get_absolute_url())
    assert "It named people." in page
    assert f'href="{output.get_absolute_url()}"' in page
    gone(client, f"/en/outputs/files/{second.files.get().pk}/")
    page = client.get(output.get_absolute_url())
    assert page.status_code == 200
    assert "report.pdf" in page.content.decode()
    assert "(withdrawn)" in page.content.decode()
    manager_client.post(f"{url}restore/")
    assert client.get(second.get_absolute_url()).status_code == 200


def test_where_all_editions_are_withdrawn_the_output_says_so(client, output):
    edition = output.editions.get()
    editions.withdraw(by=None, edition=edition, **REASON)
    assert "It named people." in gone(client, output.get_absolute_url())


@pytest.mark.parametrize("part", ["", "editions/1/"])
def test_a_reason_is_asked_for_in_both_languages(manager_client, output, part):
    url = f"{manage(output)}{part}withdraw/"
    assert manager_client.get(url).status_code == 200
    answer = manager_client.post(url, {"reason_en": "Wrong"})
    assert answer.status_code == 422
    assert "Give the reason in Welsh." in answer.content.decode()
    assert Output.objects.published().exists()
    assert Edition.objects.current().exists()


def test_the_database_asks_for_it_too(output):
    with pytest.raises(IntegrityError), transaction.atomic():
        Output.objects.update(status="withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(withdrawn_at=output.published_at)


@pytest.mark.parametrize("part", ["", "editions/1/"])
def test_is_for_staff(client, member_client, output, part):
    for verb in ("withdraw", "restore"):
        url = f"{manage(output)}{part}{verb}/"
        assert client.post(url, REASON).status_code == 302
        assert member_client.post(url, REASON).status_code == 403
    assert Edition.objects.current().exists()


def test_what_is_not_public_is_not_withdrawn(manager_client):
    draft = make_output(status="draft")
    make_file(output=draft)
    for part in ("", "editions/1/"):
        answer = manager_client.post(f"{manage(draft)}{part}withdraw/", REASON)
        assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_edition_of_what_is_withdrawn_stays_private(client, output):
    private = editions.create(by=None, output=output, fields={})
    file = make_file(output=output, name="private.pdf")
    File.objects.filter(pk=file.pk).update(edition=private)
    reasons = {f"withdrawn_{name}": text for name, text in REASON.items()}
    Output.objects.update(
        status="withdrawn", withdrawn_at=output.published_at, **reasons
    )
    assert client.get(private.get_absolute_url()).status_code == 404
    assert client.get(f"/en/outputs/files/{file.pk}/").status_code == 404
