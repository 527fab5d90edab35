"""A newsletter is in both languages: its pages say so, and nobody can set it."""

import pytest

from newsletters.forms.settings import NewsletterForm
from tests import factories

pytestmark = pytest.mark.django_db
SAYS = {
    "en": "Welsh and English, together in each message",
    "cy": "Cymraeg a Saesneg, gyda'i gilydd ym mhob neges",
}


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_its_page_and_its_settings_say_so(client, manager_client, lang):
    slug = factories.make_newsletter().slug
    public = client.get(f"/{lang}/newsletters/{slug}/").content.decode()
    address = f"/{lang}/newsletters/manage/{slug}/settings/"
    settings = manager_client.get(address).content.decode()
    for page in (public, settings):
        assert page.count(SAYS[lang]) == 1


def test_there_is_nothing_to_choose():
    assert not [name for name in NewsletterForm().fields if "language" in name]
