"""The picture at the top is on the pages too, with its words and its size."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from newsletters.models import Newsletter
from newsletters.services import mail_pictures, newsletters
from tests import factories

pytestmark = pytest.mark.django_db
ALTS = {"masthead_alt_en": 'Hills & "sky"', "masthead_alt_cy": "Bryniau"}


def picture(width=2400, height=400):
    return SimpleUploadedFile("Top.png", factories.make_png(width, height))


@pytest.fixture
def newsletter(study):
    return newsletters.create(
        by=None,
        fields={"title_en": "News", "title_cy": "Newyddion", "study": study, **ALTS},
        masthead=picture(),
    )


@pytest.fixture
def pages(newsletter):
    issue = factories.send_out(factories.make_issue(newsletter=newsletter))
    return [newsletter.get_absolute_url(), issue.get_absolute_url()]


def images(client, pages, lang="en"):
    """What each page has of it."""
    for address in pages:
        page = client.get(address.replace("/en/", f"/{lang}/")).content.decode()
        before, _img, rest = page.partition('<img class="masthead"')
        yield rest.partition(">")[0] if rest else None
        assert not rest or "<h1" not in before, "above the heading"


@pytest.mark.parametrize(
    ("lang", "alt"), [("en", "Hills &amp; &quot;sky&quot;"), ("cy", "Bryniau")]
)
def test_it_has_words_in_the_language_and_its_size(
    client, newsletter, pages, lang, alt
):
    src = mail_pictures.path(newsletter.masthead)
    for image in images(client, pages, lang):
        assert f'src="{src}" alt="{alt}" width="1200" height="200"' in image
    assert client.get(src).status_code == 200


def test_words_in_one_language_say_which(client, pages):
    Newsletter.objects.update(masthead_alt_cy="")
    for image in images(client, pages, "cy"):
        assert '&quot;sky&quot;" lang="en"' in image


def test_none_without_a_picture_or_words(client, pages):
    Newsletter.objects.update(masthead_alt_cy="", masthead_alt_en="")
    assert list(images(client, pages)) == [None, None]
    Newsletter.objects.update(masthead="", **ALTS)
    assert list(images(client, pages)) == [None, None]


def test_another_picture_has_another_size(newsletter):
    newsletters.update(
        by=None, newsletter=newsletter, fields={}, masthead=picture(30, 20)
    )
    newsletter.refresh_from_db()
    assert (newsletter.masthead_width, newsletter.masthead_height) == (30, 20)


def test_one_that_nobody_measured_is_shown_without_a_size(client, newsletter, pages):
    Newsletter.objects.update(masthead_width=0, masthead_height=0)
    for image in images(client, pages):
        assert "width" not in image


def test_those_from_before_are_measured(newsletter, study):
    gone = factories.make_newsletter(study=study, masthead="mastheads/gone.png")
    Newsletter.objects.update(masthead_width=0, masthead_height=0)
    import_module("newsletters.migrations.0006_named").measure(apps, None)
    newsletter.refresh_from_db()
    gone.refresh_from_db()
    assert (newsletter.masthead_width, newsletter.masthead_height) == (2400, 400)
    assert gone.masthead_width == 0
