import pytest

pytestmark = pytest.mark.django_db
PAGES = ["/en/", "/en/accessibility/", "/en/privacy/", "/en/account/sign-in/"]


@pytest.mark.parametrize("url", PAGES)
def test_has_one_heading_one_main_and_a_way_past_the_header(client, url):
    page = client.get(url).content.decode()
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#main">Skip to main content' in page
    assert " Dolen</title>" in page


@pytest.mark.parametrize("url", PAGES)
def test_links_its_twin(client, url):
    twin = url.replace("/en/", "/cy/")
    page = client.get(url).content.decode()
    assert f'<link rel="alternate" hreflang="cy" href="{twin}">' in page


def test_says_what_is_kept(client):
    page = client.get("/en/privacy/").content.decode()
    assert (
        "Unless a newsletter says otherwise, nobody can see what you have read" in page
    )


def test_is_honest_about_checks(client):
    page = client.get("/en/accessibility/").content.decode()
    assert "no audit by people has been made yet" in page


def test_allows_only_what_comes_from_here(client):
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("url", ["/en/privacy/", "/en/accessibility/"])
def test_takes_no_post(client, url):
    assert client.post(url).status_code == 405
