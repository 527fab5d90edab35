"""A newsletter and its settings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.audit.models import Entry
from newsletters.models import Newsletter
from newsletters.services import newsletters
from newsletters.services.colours import contrast
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "/en/newsletters/manage/new/"


@pytest.fixture
def words(study):
    return {
        "title_en": "Policy news",
        "title_cy": "Newyddion polisi",
        "study": study.pk,
        "sender_name_en": "The team",
        "sender_name_cy": "Y tîm",
        "sender_address": "Team@Example.org",
        "privacy": "none",
        "colour": "#17456B",
    }


def settings(newsletter):
    return f"/en/newsletters/manage/{newsletter.slug}/settings/"


def picture():
    return SimpleUploadedFile("Top.png", factories.make_png())


def test_a_new_one_keeps_its_slug(manager_client, manager, words):
    other = factories.make_study()
    more = {"owners": manager.pk, "testers": manager.pk, "other_studies": other.pk}
    assert manager_client.post(NEW, words | more).status_code == 302
    made = Newsletter.objects.get()
    assert (made.slug, made.privacy) == ("policy-news", "none")
    assert made.colour == "#17456b", "in one spelling"
    assert made.sender_address == "team@example.org"
    assert list(made.owners.all()) == list(made.testers.all()) == [manager]
    assert list(made.other_studies.all()) == [other]
    manager_client.post(settings(made), words | {"title_en": "Renamed"})
    made.refresh_from_db()
    assert (made.slug, made.title_en) == ("policy-news", "Renamed")
    assert not made.owners.exists()
    entry = Entry.objects.latest("pk")
    assert entry.action == "newsletter.updated"
    changed = {"title_en", "owners", "testers", "other_studies"}
    assert set(entry.detail["fields"]) == changed
    manager_client.post(settings(made), words | {"title_en": "Renamed"})
    assert Entry.objects.count() == 2, "nothing changed"


@pytest.mark.parametrize(
    "title", ["Manage", "Unsubscribe", "Articles", "Policy news", "日本"]
)
def test_a_slug_hides_no_page_and_no_other_newsletter(study, title):
    factories.make_newsletter(slug="policy-news")
    fields = {"title_en": title, "title_cy": "x", "study": study}
    made = newsletters.create(by=None, fields=fields)
    assert made.slug not in {"", "manage", "unsubscribe", "articles", "policy-news"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title_cy": ""}, "Enter a title in Welsh."),
        ({"colour": "#ffc845"}, "Choose a darker colour"),
        ({"colour": "red"}, "Enter a colour such as"),
        ({"colour": "#12345g"}, "Enter a colour such as"),
        ({"sender_address": "x"}, "Enter an e-mail address like"),
        ({"privacy": "all"}, "all"),
        ({"title_en": "a\x00b"}, "Leave out characters"),
        ({"study": ""}, "Choose a study."),
    ],
)
def test_what_is_wrong_is_told(manager_client, words, change, told):
    answer = manager_client.post(NEW, words | change)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Newsletter.objects.exists()


def test_a_picture_at_the_top_needs_words_in_both_languages(manager_client, words):
    answer = manager_client.post(NEW, words | {"picture": picture()})
    assert answer.status_code == 422
    assert answer.content.decode().count("Say what the picture shows.") >= 2
    alts = {"masthead_alt_en": "Hills", "masthead_alt_cy": "Bryniau"}
    manager_client.post(NEW, words | alts | {"picture": picture()})
    made = Newsletter.objects.get()
    assert made.masthead.read() == factories.make_png()
    manager_client.post(settings(made), words | alts)
    made.refresh_from_db()
    assert made.masthead, "left out is as it was"
    manager_client.post(settings(made), words | {"without_picture": "on"})
    made.refresh_from_db()
    assert not made.masthead
    wrong = SimpleUploadedFile("a.png", b"<svg>")
    answer = manager_client.post(settings(made), words | alts | {"picture": wrong})
    assert answer.status_code == 422


def test_privacy_is_explained(manager_client):
    page = manager_client.get(NEW).content.decode()
    assert "nobody can say who. The figures show how many" in page
    welsh = manager_client.get(NEW.replace("/en/", "/cy/")).content.decode()
    assert "Nid yw darllenwyr yn cael eu cyfrif." in welsh


def test_contrast_is_that_of_wcag():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#ffffff") == pytest.approx(1)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_the_page_asks_the_database_a_bounded_number_of_times(
    manager_client, django_assert_max_num_queries
):
    newsletter = factories.make_newsletter()
    for _ in range(5):
        factories.make_user()
        factories.make_study()
    with django_assert_max_num_queries(11):
        manager_client.get(settings(newsletter))
