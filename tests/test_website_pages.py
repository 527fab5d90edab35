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
    own = "http://127.0.0.1:8000" + url
    page = client.get(url, {"from": "a mail"}).content.decode()
    twin = own.replace("/en/", "/cy/")
    assert f'<link rel="canonical" href="{own}">' in page
    assert f'<link rel="alternate" hreflang="cy" href="{twin}">' in page
    assert f'<link rel="alternate" hreflang="en" href="{own}">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="{own}">' in page


def test_a_later_page_of_a_list_is_its_own_and_a_sifted_list_is_not(client):
    page = client.get("/en/outputs/?page=2").content.decode()
    assert 'canonical" href="http://127.0.0.1:8000/en/outputs/?page=2"' in page
    page = client.get("/en/outputs/?page=2&kind=report").content.decode()
    assert 'canonical" href="http://127.0.0.1:8000/en/outputs/"' in page
    page = client.get("/en/outputs/?page=%3Cb").content.decode()
    assert 'canonical" href="http://127.0.0.1:8000/en/outputs/"' in page


def test_what_is_not_for_the_public_has_no_address_of_record(client, manager_client):
    for page in (
        manager_client.get("/en/newsletters/manage/"),
        client.get("/en/newsletters/preferences/made-up/"),
        client.get("/en/newsletters/none/"),
    ):
        assert 'rel="canonical"' not in page.content.decode()


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
