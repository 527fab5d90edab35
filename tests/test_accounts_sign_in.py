import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/en/account/sign-in/"
PASSWORD = "a long password"


@pytest.fixture
def user(db):
    return make_user(email="ann@example.org", name="Ann", password=PASSWORD)


def sign_in(client, login="ann@example.org", password=PASSWORD, url=URL, **more):
    return client.post(url, {"login": login, "password": password, **more})


def test_leads_to_the_dashboard(client, user):
    response = sign_in(client)
    assert response.status_code == 302
    assert response.url == "/en/dashboard/"
    assert "Ann" in client.get(response.url).content.decode()


def test_any_case_of_the_address_will_do(client, user):
    assert sign_in(client, login="Ann@Example.ORG").status_code == 302


def test_leads_back_to_where_one_was_going(client, user):
    asked = client.get("/en/dashboard/")
    assert asked.status_code == 302
    assert asked.url.endswith("/account/sign-in/?next=/en/dashboard/")
    page = client.get(f"{URL}?next=/en/design/").content.decode()
    assert 'value="/en/design/"' in page
    assert sign_in(client, next="/en/design/").url == "/en/design/"


def test_leads_nowhere_else(client, user):
    assert sign_in(client, next="https://evil.example/").url == "/en/dashboard/"


@pytest.mark.parametrize(
    ("login", "password"),
    [("ann@example.org", "not it"), ("nobody@example.org", PASSWORD)],
)
def test_a_wrong_pair_says_the_same_for_any_reason(client, user, login, password):
    response = sign_in(client, login=login, password=password)
    page = response.content.decode()
    assert response.status_code == 422
    assert "The e-mail address or the password is wrong." in page
    assert "<title>Error: Sign in" in page
    assert f'value="{login}"' in page
    assert password not in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("login", "password", "problem"),
    [
        ("", PASSWORD, "Enter your e-mail address."),
        ("ann", PASSWORD, "Enter an e-mail address like name@example.org."),
        ("ann@example.org", "", "Enter your password."),
        ("ann\x00@example.org", PASSWORD, "Leave out characters"),
        ("ann@example.org", "a\x00b", "Leave out characters"),
    ],
)
def test_what_is_missing_is_named(client, user, login, password, problem):
    response = sign_in(client, login=login, password=password)
    assert response.status_code == 422
    assert problem in response.content.decode()


def test_script_is_shown_as_text(client):
    page = sign_in(client, login="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_a_closed_account_says_so(client, user):
    user.is_active = False
    user.save()
    page = client.post(
        URL, {"login": user.email, "password": PASSWORD}, follow=True
    ).content.decode()
    assert "_auth_user_id" not in client.session
    assert "<h1>This account is closed</h1>" in page


def test_too_many_wrong_passwords_are_stopped(client, user):
    pages = [sign_in(client, password=f"wrong {n}") for n in range(7)]
    assert "Too many attempts" in pages[-1].content.decode()
    right = sign_in(client)
    assert "_auth_user_id" not in client.session
    assert right.status_code in {422, 429}


@pytest.mark.slow
def test_too_many_requests_get_a_page(client):
    codes = [sign_in(client, login=f"u{n}@example.org").status_code for n in range(31)]
    assert codes[-1] == 429
    page = client.post("/cy/account/sign-in/", {}).content.decode()
    assert '<html lang="cy">' in page


def test_signing_out_is_a_post(client, user):
    sign_in(client)
    asked = client.get("/en/account/sign-out/")
    assert asked.status_code == 200
    assert "_auth_user_id" in client.session
    done = client.post("/en/account/sign-out/", follow=True)
    assert "_auth_user_id" not in client.session
    assert "You are signed out." in done.content.decode()


def test_every_page_offers_to_sign_out(client, user):
    sign_in(client)
    page = client.get("/en/privacy/").content.decode()
    assert 'action="/en/account/sign-out/"' in page
    assert "Sign out" in page


def test_nobody_signs_up(client):
    page = client.get("/en/account/sign-in/closed/").content.decode()
    assert "Accounts are made by the administrator" in page
    assert "<input" not in page


def test_the_page_to_sign_in_sends_on_who_is_signed_in(client, user):
    sign_in(client)
    assert client.get(URL).url == "/en/dashboard/"


def test_the_admin_site_has_no_door_of_its_own(client, manager_client):
    response = client.get("/en/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith(URL)
    assert manager_client.get("/en/admin/login/").status_code == 403


def test_administrators_come_into_the_admin_site(administrator_client):
    assert administrator_client.get("/en/admin/").status_code == 200
    users = administrator_client.get("/en/admin/accounts/user/")
    assert users.status_code == 200
    assert "@example.org" in users.content.decode()
    assert administrator_client.get("/en/admin/accounts/user/add/").status_code == 200


def test_a_stale_form_is_refused_in_words(user):
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict)
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def test_speaks_welsh(client):
    page = client.get("/cy/account/sign-in/").content.decode()
    assert '<html lang="cy">' in page
    assert "<h1>Mewngofnodi</h1>" in page
    assert "Cyfrinair" in page
