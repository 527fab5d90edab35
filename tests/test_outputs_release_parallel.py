"""Workers and people at the same moment, each on a connection of its own."""

import pytest
from django.db import connection

from engagement.accounts.models import Role
from engagement.audit.models import Entry
from engagement.mail.models import Message
from engagement.outputs.models import Edition
from engagement.outputs.services import outputs, publishing, releases
from tests import factories
from tests.factories.releases import make_due
from tests.support.together import together

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.services,
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="the test database of SQLite is in memory, for one connection",
    ),
]
ROUNDS = 5


def made(study, **fields):
    release = factories.make_release(study=study, outputs=2, **fields)
    return make_due(release)


def noted(release, action):
    return Entry.objects.filter(action=action, target_id=release.pk).count()


def test_two_workers_at_once_publish_once(study):
    for _ in range(ROUNDS):
        release = made(study, approved=True)
        assert together(*[publishing.publish_due] * 3) == [None] * 3
        assert noted(release, "release.published") == 1
        out = Edition.objects.filter(release_item__release=release)
        assert out.filter(published_at=None).count() == 0


def test_two_workers_at_once_hold_once_and_mail_once(study):
    factories.make_user(Role.MANAGER)
    for number in range(1, ROUNDS + 1):
        release = made(study)
        assert together(*[publishing.publish_due] * 3) == [None] * 3
        assert noted(release, "release.held") == 1
        assert Message.objects.filter(kind="release_held").count() == number


def test_an_edit_comes_wholly_before_or_wholly_after(study):
    """Before it voids the approval; after it is a change of what is out."""
    for _ in range(ROUNDS):
        release = made(study, approved=True)
        output = release.items.first().edition.output
        assert together(
            publishing.publish_due,
            lambda: outputs.update(
                by=None,
                output=output,  # noqa: B023
                fields={"title_cy": "Arall"},
            ),
        ) == [None, None]
        release.refresh_from_db()
        output.refresh_from_db()
        assert output.title_cy == "Arall"
        assert (release.state, release.held_reason) in {
            ("published", ""),
            ("confirmed", "approval"),
        }
        assert output.status == ("published" if release.is_out else "draft")


def test_an_edition_goes_into_one_release(study):
    for _ in range(ROUNDS):
        one, other = (factories.make_release(study=study) for _ in range(2))
        output = factories.make_output(status="draft", study=study, with_file=True)
        edition = output.editions.get()
        refused = together(
            *(
                lambda release=release: releases.add_edition(
                    by=None,
                    release=release,
                    edition=edition,  # noqa: B023
                )
                for release in (one, other)
            )
        )
        assert sorted(map(type, refused), key=str) == [type(None), releases.NotForThis]
