import re

import pytest

from engagement.mail.models import Message
from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/en/account/password/"
NEW = "three odd words"


@pytest.fixture
def user(db):
    return make_user(email="ann@example.org", name="Ann Example")


def link(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://\S+", text)[0].removeprefix("http://127.0.0.1:8000")


def asked_link(client, deliver_mail):
    client.post(URL, {"email": "ann@example.org"})
    return link(deliver_mail()[0])


@pytest.mark.slow
def test_the_whole_way(client, user, deliver_mail, django_capture_on_commit_callbacks):
    page = client.post(URL, {"email": "ann@example.org"}, follow=True)
    assert "a link is on its way" in page.content.decode()
    (mail,) = deliver_mail()
    assert mail["To"] == "ann@example.org"
    assert "Choose a new password" in mail["Subject"]
    opened = client.get(link(mail), follow=True)
    form_url = opened.redirect_chain[-1][0]
    assert "set-password" in form_url
    done = client.post(form_url, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is changed" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(NEW)
    again = client.get(link(mail), follow=True).content.decode()
    assert "This link is not valid, or is too old." in again


@pytest.mark.slow
def test_the_link_does_not_lead_to_the_host_of_the_request(
    client, user, deliver_mail, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(URL, {"email": "ann@example.org"}, headers={"host": "evil.example"})
    text = deliver_mail()[0].get_body(("plain",)).get_content()
    assert "evil.example" not in text
    assert settings.SITE_URL in text


def test_an_unknown_address_hears_the_same_and_gets_no_mail(client, user):
    known = client.post(URL, {"email": "ann@example.org"}, follow=True)
    unknown = client.post(URL, {"email": "bob@example.org"}, follow=True)
    assert known.content == unknown.content
    assert [m.to for m in Message.objects.all()] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("email", "problem"),
    [
        ("", "Enter your e-mail address."),
        ("ann", "Enter an e-mail address like name@example.org."),
        ("a\x00@example.org", "Leave out characters"),
    ],
)
def test_a_bad_address_is_named(client, email, problem):
    response = client.post(URL, {"email": email})
    assert response.status_code == 422
    assert problem in response.content.decode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("", "", "Enter a password."),
        ("short", "short", "The password must have at least 8 characters."),
        ("password1", "password1", "Many people use this password."),
        ("ann@example.org", "ann@example.org", "too much like your name or address"),
        (NEW, "another one", "Type the same password twice."),
    ],
)
def test_a_weak_password_is_refused_in_words(
    client, user, deliver_mail, first, second, problem
):
    form_url = client.get(asked_link(client, deliver_mail)).url
    response = client.post(form_url, {"password1": first, "password2": second})
    assert response.status_code == 422
    assert problem in response.content.decode()
    user.refresh_from_db()
    assert user.check_password("a long password")


@pytest.mark.parametrize("key", ["1-abc-def", "zzz-set-password", "1-%3Cscript%3E"])
def test_a_wrong_link_says_so(client, user, key):
    response = client.get(f"/en/account/password/{key}/")
    assert "This link is not valid, or is too old." in response.content.decode()
    assert "<form" not in response.content.decode().split("<main")[1]


def test_asks_in_welsh(client):
    page = client.get("/cy/account/password/").content.decode()
    assert "<h1>Dewis cyfrinair newydd</h1>" in page
