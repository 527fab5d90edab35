import pytest

from engagement.outputs.models import Edition, File
from tests.factories import make_file, make_output

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def get(client, output, lang="en"):
    return client.get(f"/{lang}/outputs/{output.slug}/").content.decode()


def test_says_what_it_is_by_whom_and_where_from(client, study):
    output = make_output(
        published=True,
        study=study,
        title_en="Reading",
        title_cy="Darllen",
        summary_en="In *short*.",
        summary_cy="Yn *fyr*.",
        authors=["Jones, A.", "Rees, B."],
        publisher="The press",
        series="GSR",
        number="22/2011",
        year=2011,
        source="fn 5",
    )
    page = get(client, output)
    expected = ["Reading", "<em>short</em>", "A. Jones; B. Rees", "The press"]
    expected += ["GSR 22/2011", "2011", "fn 5", study.title_en]
    for text in expected:
        assert text in page
    page = get(client, output, "cy")
    assert "Darllen" in page
    assert "<em>fyr</em>" in page
    assert "Reading" not in page


def test_files_have_language_format_and_size(client):
    output = make_output(published=True)
    file = make_file(output=output, language="en", name="ranks.pdf")
    page = get(client, output)
    assert f'href="/en/outputs/files/{file.pk}/" hreflang="en">ranks.pdf' in page
    assert "(English, PDF, 15\xa0bytes)" in page


@pytest.mark.parametrize(
    ("languages", "said", "unsaid"),
    [
        (["en"], ["no file in Welsh"], ["no file in English"]),
        (["cy"], ["no file in English"], ["no file in Welsh"]),
        (["en", "cy"], [], ["no file in"]),
        (["both"], [], ["no file in"]),
        ([], ["Dolen has no file of this output."], ["no file in"]),
    ],
)
def test_a_language_without_a_file_is_named(client, languages, said, unsaid):
    output = make_output(published=True)
    for language in languages:
        make_file(output=output, language=language)
    page = get(client, output)
    assert all(text in page for text in said)
    assert not any(text in page for text in unsaid)


def test_shows_the_newest_edition_and_links_the_others(client):
    output = make_output(published=True, with_file=True)
    day = {"output": output, "published_at": output.published_at}
    second = Edition.objects.create(number=2, **day)
    Edition.objects.create(output=output, number=3)
    newer = make_file(output=output, language="cy", name="new.pdf")
    File.objects.filter(pk=newer.pk).update(edition=second)
    page = get(client, output)
    assert "new.pdf" in page
    assert "report.pdf" not in page
    assert f'href="/en/outputs/{output.slug}/editions/1/"' in page
    assert "Edition 3" not in page


def test_links_what_it_replaces_and_what_replaced_it(client, manager_client):
    old = make_output(published=True, title_en="Of 2005")
    middle = make_output(published=True, title_en="Of 2008", supersedes=old)
    make_output(status="draft", title_en="Of 2019", supersedes=middle)
    assert old.get_absolute_url() in get(client, middle)
    assert middle.get_absolute_url() in get(client, old)
    # Nobody outside learns of a draft.
    assert "Of 2019" not in get(client, middle)
    assert "Of 2019" in get(manager_client, middle)


def test_a_draft_is_for_staff_alone(client, member_client, manager_client):
    output = make_output(status="draft")
    url = output.get_absolute_url()
    assert client.get(url).status_code == 404
    assert member_client.get(url).status_code == 404
    assert manager_client.get(url).status_code == 200


@pytest.mark.parametrize("status", ["planned", "proposed"])
def test_files_wait_for_publication(client, manager_client, status):
    output = make_output(status=status)
    make_file(output=output, name="early.pdf")
    assert "early.pdf" not in get(client, output)
    assert "This output is not published yet." in get(client, output)
    assert "early.pdf" in get(manager_client, output)


def test_the_way_to_edit_is_for_staff(client, member_client, manager_client):
    output = make_output(published=True)
    edit = f"/en/outputs/manage/{output.slug}/"
    assert edit not in get(client, output)
    assert edit not in get(member_client, output)
    assert edit in get(manager_client, output)


def test_what_has_one_language_is_shown_and_marked(client):
    output = make_output(status="planned", title_en="Only English", title_cy="")
    page = get(client, output, "cy")
    assert '<span lang="en">Only English</span>' in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert "span" not in title


def test_a_script_is_shown_as_text(client):
    texts = ("title", "summary", "date_note", "note")
    output = make_output(
        published=True,
        authors=[SCRIPT],
        publisher=SCRIPT,
        series=SCRIPT,
        **{f"{text}_{lang}": SCRIPT for text in texts for lang in ("en", "cy")},
    )
    make_file(output=output)
    page = get(client, output)
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;") > 5


def test_synthetic_says_so(client):
    output = make_output(published=True, is_synthetic=True)
    assert "tag-synthetic" in get(client, output)


def test_an_unknown_address_is_not_found(client):
    assert client.get("/en/outputs/nowhere/").status_code == 404


def test_is_for_looking_only(client):
    output = make_output(published=True)
    assert client.post(output.get_absolute_url()).status_code == 405


def test_costs_few_queries(client, study, django_assert_max_num_queries):
    output = make_output(published=True, study=study)
    for language in ("en", "cy", "both"):
        make_file(output=output, language=language)
    # One of them for the day's salt, once in a process.
    with django_assert_max_num_queries(17):
        get(client, output)
