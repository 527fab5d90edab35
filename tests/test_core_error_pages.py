import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import path

from engagement.core import views


def denied(request):
    raise PermissionDenied


def broken(request):
    raise ValueError("secret detail")


def suspicious(request):
    raise SuspiciousOperation("secret detail")


urlpatterns = []


@pytest.fixture
def odd_client(settings):
    from engagement import urls

    urlpatterns[:] = [
        *urls.urlpatterns,
        path("en/denied/", denied),
        path("en/broken/", broken),
        path("en/suspicious/", suspicious),
    ]
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.not_found
handler500 = views.server_error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/en/denied/", 403, "You may not do this"),
        ("/en/suspicious/", 400, "This request cannot be understood"),
        ("/en/nowhere/", 404, "Page not found"),
        ("/en/%F0%9F%92%A9/", 404, "Page not found"),
    ],
)
def test_each_refusal_has_a_page_of_the_site(odd_client, url, status, words):
    response = odd_client.get(url)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert 'href="/en/studies/"' in page
    assert "secret detail" not in page


@pytest.mark.django_db
def test_what_breaks_says_so_in_both_languages(odd_client):
    response = odd_client.get("/en/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "There is a problem with the service" in page
    assert '<div lang="cy">' in page
    assert "secret detail" not in page


def test_the_broken_page_needs_no_database():
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500


@pytest.mark.parametrize(
    "view", [views.bad_request, views.permission_denied, views.not_found]
)
def test_pages_need_nobody_signed_in(view):
    response = view(RequestFactory().get("/en/x/"), ValueError())
    assert b"Sign in" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/en/%00", "/en/events/?kind=%00", "/en/?a=b%00c"])
def test_a_nul_byte_in_the_address_is_refused(client, url):
    response = client.get(url)
    assert response.status_code == 400
    assert b"This request cannot be understood" in response.content


@pytest.mark.parametrize(
    ("url", "accept", "lang"),
    [("/cy/%00", "en", "cy"), ("/%00", "cy", "cy"), ("/%00", "fr", "en")],
)
def test_it_is_refused_in_the_readers_language(client, url, accept, lang):
    page = client.get(url, headers={"accept-language": accept}).content.decode()
    assert f'<html lang="{lang}">' in page


@pytest.mark.django_db
def test_a_missing_page_keeps_the_language(client):
    page = client.get("/cy/dim-byd/").content.decode()
    assert '<html lang="cy">' in page
    assert 'href="/en/dim-byd/" lang="en" hreflang="en"' in page
    assert "Heb ddod o hyd" in page


@pytest.mark.django_db
def test_an_unknown_language_is_a_missing_page(client):
    assert client.get("/fr/").status_code == 404


@pytest.mark.django_db
def test_is_well_while_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
