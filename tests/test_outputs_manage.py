import pytest

from engagement.audit.models import Entry
from engagement.outputs.models import Output
from tests.factories import count_hits, make_file, make_output
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
NUL = "Leave out characters that cannot be shown."
TEXTS = {
    "kind": "guidance",
    "title_en": "Reading",
    "title_cy": "Darllen",
    "summary_en": "In *short*",
    "summary_cy": "Yn *fyr*",
    "authors": "Jones, A.\r\n\r\n Cardiff University ",
    "publisher": "Press",
    "year": "2011",
}


@pytest.fixture
def whole(study):
    return TEXTS | {"study": study.pk}


@pytest.mark.parametrize("page", ["manage/", "manage/new/", "manage/{slug}/"])
def test_is_for_staff(client, member_client, manager_client, page):
    url = f"/en/outputs/{page.format(slug=make_output().slug)}"
    for method in ("get", "post"):
        assert getattr(client, method)(url).status_code == 302
        assert getattr(member_client, method)(url).status_code == 403
    assert manager_client.get(url).status_code == 200
    assert Output.objects.count() == 1


def test_the_list_has_drafts_files_and_downloads(client, manager_client, study):
    draft = make_output(title_en="Half done", status="draft", study=study)
    make_file(output=draft)
    output = make_output(title_en="Out", published=True, study=study)
    english, welsh = (make_file(output=output, language=lng) for lng in ("en", "cy"))
    for number, file in enumerate((english, english, welsh)):
        client.get(
            f"/en/outputs/files/{file.pk}/",
            headers={"User-Agent": f"Mozilla/5.0 Firefox/{140 + number}.0"},
        )
    taken_hits().filter(target_id=welsh.pk).update(hit_class="suspect")
    count_hits()
    page = manager_client.get("/en/outputs/manage/").content.decode()
    rows = {
        name: " ".join(page[page.index(f">{name}<") :].split("</tr>")[0].split())
        for name in ("Out", "Half done")
    }
    assert '<td class="number">2</td>' in rows["Out"]
    assert "2 to 3" in rows["Out"]
    assert '<td class="number">1</td>' in rows["Half done"]
    assert '<td class="number"> \N{EN DASH} </td>' in rows["Half done"]


def test_a_published_file_nobody_took_has_nought(manager_client, study):
    make_output(published=True, study=study, with_file=True)
    page = manager_client.get("/en/outputs/manage/").content.decode()
    assert '<td class="number"> 0 </td>' in " ".join(page.split())


def test_the_list_costs_few_queries(
    manager_client, study, django_assert_max_num_queries
):
    for _ in range(6):
        make_output(study=study, published=True, with_file=True)
    with django_assert_max_num_queries(7):
        manager_client.get("/en/outputs/manage/")


def test_an_empty_list_says_so(manager_client):
    page = manager_client.get("/en/outputs/manage/").content.decode()
    assert "There are no outputs yet." in page


def test_makes_a_draft(client, manager_client, manager, study, whole):
    answer = manager_client.post("/en/outputs/manage/new/", whole)
    output = Output.objects.get()
    assert answer.url == f"/en/outputs/manage/{output.slug}/"
    assert output.status == "draft"
    assert output.study == study
    assert [str(one) for one in output.authors.all()] == [
        "A. Jones",
        "Cardiff University",
    ]
    assert client.get(output.get_absolute_url()).status_code == 404
    entry = Entry.objects.get()
    assert (entry.action, entry.actor) == ("output.created", str(manager))
    page = manager_client.get(answer.url).content.decode()
    assert "Jones, A.\nCardiff University</textarea>" in page


def test_titles_that_are_alike_or_odd_have_addresses_of_their_own(
    manager_client, whole
):
    for title in ("manage", "manage", "日本", "A" * 300):
        manager_client.post("/en/outputs/manage/new/", whole | {"title_en": title})
    outputs = Output.objects.all()
    assert len({output.slug for output in outputs}) == 4
    for output in outputs:
        assert len(output.slug) <= 80
        assert manager_client.get(output.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title_en": ""}, "Enter a title in English."),
        ({"title_en": "A\x00"}, NUL),
        ({"title_cy": "A\x00"}, NUL),
        ({"summary_cy": "A\x00"}, NUL),
        ({"authors": "A\x00"}, NUL),
        ({"publisher": "A\x00"}, NUL),
        ({"title_en": "A" * 301}, "300"),
        ({"kind": ""}, "Choose a kind of output."),
        ({"kind": "party"}, "party"),
        ({"study": ""}, "Choose a study."),
        ({"study": "999"}, "valid"),
        ({"year": "last"}, "Enter a year, such as 2011."),
        ({"year": "99"}, "Enter a year, such as 2011."),
        ({"year": "-1"}, "Enter a year, such as 2011."),
        ({"year": "9" * 30}, "Enter a year, such as 2011."),
    ],
)
def test_bad_input_is_named_and_nothing_is_kept(manager_client, whole, fields, error):
    answer = manager_client.post("/en/outputs/manage/new/", whole | fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Output.objects.exists()


def test_changes_what_is_there(manager_client, whole):
    output = make_output(published=True)
    url = f"/en/outputs/manage/{output.slug}/"
    page = manager_client.post(url, whole, follow=True).content.decode()
    assert "Saved." in page
    output.refresh_from_db()
    assert (output.title_cy, output.year, output.status) == (
        "Darllen",
        2011,
        "published",
    )


@pytest.mark.parametrize("without", ["title_cy", "summary_en", "summary_cy"])
def test_what_is_published_keeps_both_languages(manager_client, whole, without):
    output = make_output(published=True, title_cy="Hen")
    url = f"/en/outputs/manage/{output.slug}/"
    answer = manager_client.post(url, whole | {without: ""})
    assert answer.status_code == 422
    assert "This is missing:" in answer.content.decode()
    output.refresh_from_db()
    assert output.title_cy == "Hen"


def test_an_output_of_the_report_without_summary_can_be_changed(manager_client, whole):
    output = make_output(published=True, summary_en="", summary_cy="")
    fields = whole | {"summary_en": "", "summary_cy": "", "publisher": "New"}
    manager_client.post(f"/en/outputs/manage/{output.slug}/", fields)
    output.refresh_from_db()
    assert output.publisher == "New"


def test_what_does_not_exist_is_not_found(manager_client):
    assert manager_client.get("/en/outputs/manage/nowhere/").status_code == 404
    assert manager_client.post("/en/outputs/manage/nowhere/").status_code == 404


def test_looking_only(manager_client):
    assert manager_client.post("/en/outputs/manage/").status_code == 405


def test_a_script_is_shown_as_text(manager_client, whole):
    texts = {name: SCRIPT for name in TEXTS if name not in ("kind", "year")}
    manager_client.post("/en/outputs/manage/new/", whole | texts)
    output = Output.objects.get()
    for url in ("manage/", f"manage/{output.slug}/", f"{output.slug}/"):
        page = manager_client.get(f"/en/outputs/{url}").content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
    page = manager_client.post("/en/outputs/manage/new/", texts).content.decode()
    assert SCRIPT not in page
