from pathlib import Path

import pytest

from tests.factories import PDF, make_file, make_output
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def file(study):
    return make_file(output=make_output(published=True, study=study))


def get(client, file, **headers):
    headers = {"User-Agent": BROWSER} | headers
    return client.get(f"/en/outputs/files/{file.pk}/", headers=headers)


def test_gives_the_file_and_counts_it(client, file, study):
    answer = get(client, file)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    hit = taken_hits().get()
    assert (hit.target_kind, hit.target_id) == ("file", file.pk)
    assert (hit.study_id, hit.language) == (study.pk, "en")
    assert hit.hit_class == "person"


def test_looking_ahead_and_pieces_are_not_downloads(client, file):
    url = f"/en/outputs/files/{file.pk}/"
    assert client.head(url, headers={"User-Agent": BROWSER}).status_code == 200
    get(client, file, Range="bytes=0-3")
    assert client.post(url).status_code == 405
    assert not taken_hits().exists()


def test_robots_and_staff_are_no_readers(client, manager_client, file):
    get(client, file, **{"User-Agent": "Googlebot/2.1"})
    get(manager_client, file)
    assert taken_hits().count() == 2
    assert not taken_hits().filter(hit_class="person").exists()


@pytest.mark.parametrize("status", ["draft", "planned", "proposed"])
def test_what_is_not_published_is_for_staff_and_not_counted(
    client, member_client, manager_client, status
):
    file = make_file(output=make_output(status=status))
    assert get(client, file).status_code == 404
    assert get(member_client, file).status_code == 404
    assert get(manager_client, file).status_code == 200
    assert not taken_hits().exists()


def test_an_output_of_no_study_has_downloads(client):
    file = make_file(output=make_output(published=True))
    assert get(client, file).status_code == 200
    assert taken_hits().get().study_id is None


def test_a_file_gone_from_the_disk_is_not_found(client, file, caplog):
    Path(file.upload.path).unlink()
    answer = get(client, file)
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()
    assert f"File {file.pk} is not on the disk." in caplog.text
    assert not taken_hits().exists()


def test_an_unknown_file_is_not_found(client, db):
    assert client.get("/en/outputs/files/999999/").status_code == 404
    assert client.get("/en/outputs/files/1x/").status_code == 404


def test_costs_few_queries(client, file, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        get(client, file)


def test_the_page_of_an_output_is_counted_where_it_is_published(client, manager_client):
    output, draft = make_output(published=True), make_output(status="draft")
    client.get(f"/cy/outputs/{output.slug}/", headers={"User-Agent": BROWSER})
    manager_client.get(f"/en/outputs/{draft.slug}/")
    hit = taken_hits().get()
    assert (hit.target_kind, hit.target_id) == ("output", output.pk)
    assert (hit.language, hit.hit_class) == ("cy", "person")
