"""Before its release nothing of an output is anywhere in public; then it is.

Walks every page of the site as a stranger, and as a member of a steering group, with an
output whose every text holds one word that is nowhere else.
"""

import logging
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from engagement.accounts.models import User
from engagement.core import access
from engagement.events.models import Event
from engagement.evidence.models import EvidenceOfUse
from engagement.groups.models import Group
from engagement.outputs.models import Author, Edition, Material, Output
from engagement.outputs.services import publishing, release_dates, releases
from engagement.studies.models import Study
from newsletters.models import Issue, Link
from newsletters.services import with_release
from tests import factories
from tests.conftest import signed_in
from tests.factories.releases import approve, make_due, put_in
from tests.support import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARK = "Zzembargozz"
MARKED = {
    f"{name}_{lang}": f"{MARK} {name} kestrel"
    for name in ("title", "summary", "plain", "use", "misuse", "note", "date_note")
    for lang in ("en", "cy")
}


@pytest.fixture
def demo(settings, tmp_path, caplog):
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.MAIL_CATCHER_DIR = str(tmp_path)
    call_command("load_demo", verbosity=0)
    addresses.make_missing(tmp_path)


@pytest.fixture
def release(demo):
    """An output that nobody knows, tied to all that could give it away, and a second
    edition of one that everybody knows."""
    study = Study.objects.get(slug="wimd")
    release = factories.make_release(
        study=study,
        title_en="Announced",
        news_en=f"{MARK} news",
        news_cy=f"{MARK} news",
    )
    hidden = factories.make_output(
        slug="the-hidden-one", status="planned", study=study, publisher=MARK, **MARKED
    )
    Author.objects.create(output=hidden, family=MARK)
    put_in(release, hidden, content=f"%PDF-1.7 {MARK}".encode(), name=f"{MARK}.pdf")
    _tie(hidden, release)
    _second_edition(release)
    release_dates.plan(by=None, release=release, month=release_dates.localdate())
    return release


def _tie(hidden, release):
    event = Event.objects.get(slug=addresses.examples()["events"][0])
    Material.objects.create(event=event, output=hidden, moment="before")
    EvidenceOfUse.objects.filter(study__slug="wimd").first().outputs.add(hidden)
    Group.objects.filter(slug="lti-steering").update(terms_of_reference=hidden.slug)
    issue = Issue.objects.get(state="draft")
    Link.objects.create(article=issue.places.first().article, output=hidden)
    sent = Issue.objects.get(slug="sent").places.first().article
    Link.objects.create(article=sent, output=hidden)
    with_release.attach(by=None, issue=issue, release=release)


def _second_edition(release):
    known = Output.objects.get(slug="reading-ranks-synthetic")
    texts = {"note_en": MARK, "note_cy": MARK, "isbn": "0-00-000000-0"}
    edition = Edition.objects.create(output=known, number=2, **texts)
    for language in ("en", "cy"):
        file = edition.files.create(
            language=language,
            name=f"{MARK}-{language}.pdf",
            content_type="application/pdf",
            size=len(MARK),
            sha256="1" * 64,
        )
        file.upload.save(f"{language}.pdf", ContentFile(MARK.encode()))
    releases.add_edition(by=None, release=release, edition=edition)


def told(client, address, **headers):
    """Whether an answer, its headers or its content, holds the word."""
    answer = client.get(address, headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return MARK.encode() in content or any(MARK in v for _k, v in answer.items())


def walk(client, names):
    """Pages that give it away."""
    known = addresses.examples()
    found = []
    for name, view, arguments in addresses.views():
        if names(view):
            for lang in ("en", "cy"):
                with translation.override(lang):
                    address = addresses.address(name, arguments, known)
                if told(client, address):
                    found.append(address)
    return found


def own_pages():
    """Of what is under embargo, by its own addresses."""
    editions = Edition.objects.filter(published_at=None, release_item__isnull=False)
    hidden = Output.objects.get(slug="the-hidden-one")
    yield hidden.get_absolute_url()
    for edition in editions.filter(release_item__release__title_en="Announced"):
        with suppress(NoReverseMatch):
            yield edition.get_absolute_url()
        for file in edition.files.all():
            yield reverse("outputs:download", args=[file.pk])


def test_before_and_after(release, client):
    known = addresses.examples()
    member = signed_in(User.objects.get(email="member@example.org"))
    pages = list(own_pages())
    assert len(pages) >= 5
    for reader in (client, member):
        for page in pages:
            for headers in ({}, {"Range": "bytes=0-1"}):
                assert reader.get(page, headers=headers).status_code == 404, page
            assert reader.head(page).status_code == 404, page
    assert walk(client, lambda view: access.declared(view) == "public") == []
    assert walk(member, lambda view: access.declared(view) != "public") == []
    search = "/en/outputs/?words=kestrel"
    assert not told(client, search)

    approve(release)
    make_due(release)
    # The issue of the demonstration is not what this is about.
    Issue.objects.filter(release=release).update(release=None)
    assert publishing.publish_due() == 1, publishing.obstacles(release)
    for page in pages:
        assert client.get(page).status_code == 200 or "/editions/" in page, page
    shown = [search, release.get_absolute_url(), "/en/outputs/releases/news.atom"]
    shown += [reverse("events:detail", args=known["events"])]
    shown += ["/en/outputs/reading-ranks-synthetic/", "/en/evidence/wimd/"]
    assert [page for page in shown if not told(client, page)] == []
