import pytest

from tests.factories import make_event, make_output, make_study

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def content(db):
    study = make_study(title_en="The Index", title_cy="Y Mynegai")
    make_event(published=True, study=study, title_en="Come", title_cy="Dewch")
    make_event(status="draft", study=study, title_en="Not yet")
    make_output(published=True, study=study, title_en="Read", title_cy="Darllenwch")
    make_output(study=study, title_en="Still written")
    return study


def test_shows_what_is_public_and_nothing_else(client, content):
    page = client.get("/en/").content.decode()
    assert "The Index" in page
    assert ">Come<" in page
    assert ">Read<" in page
    assert "Not yet" not in page
    assert "Still written" not in page


def test_renders_with_nothing_in_it(client, db):
    page = client.get("/en/").content.decode()
    assert "No events are open at the moment." in page


def test_is_in_the_readers_language(client, content):
    page = client.get("/cy/").content.decode()
    assert '<html lang="cy">' in page
    assert "Y Mynegai" in page
    assert "The Index" not in page
    assert "Astudiaethau" in page


def test_leads_to_the_same_page_in_the_other_language(client, content):
    page = client.get("/en/events/?kind=consultation").content.decode()
    assert 'href="/cy/events/?kind=consultation" lang="cy" hreflang="cy"' in page


def test_the_bare_address_asks_the_browser(client, db):
    assert client.get("/", headers={"accept-language": "cy"}).url == "/cy/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/en/"


def test_titles_are_text(client, db):
    make_study(title_en=SCRIPT, summary_en=SCRIPT)
    make_event(published=True, title_en=SCRIPT, venue_en=SCRIPT)
    make_output(published=True, title_en=SCRIPT)
    page = client.get("/en/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_costs_few_queries(client, content, django_assert_max_num_queries):
    for _ in range(4):
        make_event(published=True, study=content)
        make_output(published=True, study=content)
    with django_assert_max_num_queries(5):
        client.get("/en/")


def test_has_no_inline_style_or_script(client, content):
    page = client.get("/en/").content.decode()
    assert "style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=")


def test_takes_no_post(client, db):
    assert client.post("/en/").status_code == 405
