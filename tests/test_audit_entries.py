"""What is written down once stays as it is written."""

import pytest
from django.db import transaction

from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.errors import AppendOnly

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(study):
    entries.record(by=None, action="event.created", target=study)
    return Entry.objects.get()


def change(entry):
    entry.action = "event.held"
    entry.save()


@pytest.mark.parametrize(
    "attempt",
    [
        change,
        lambda entry: Entry(pk=entry.pk, target_id=1).save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(action="event.held"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["action"]),
        lambda entry: Entry.objects.update_or_create(
            pk=entry.pk, defaults={"action": "event.held"}
        ),
    ],
)
def test_an_entry_is_neither_changed_nor_deleted(entry, attempt):
    with pytest.raises(AppendOnly), transaction.atomic():
        attempt(entry)
    assert Entry.objects.get().action == "event.created"


@pytest.mark.slow
def test_the_admin_site_shows_and_changes_nothing(administrator_client, entry):
    base = "/en/admin/audit/entry/"
    one = f"{base}{entry.pk}/"
    assert administrator_client.get(base).status_code == 200
    shown = administrator_client.get(f"{one}change/")
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert administrator_client.get(f"{base}add/").status_code == 403
    sent = {"action": "event.held", "target": "Another"}
    assert administrator_client.post(f"{base}add/", sent).status_code == 403
    assert administrator_client.post(f"{one}change/", sent).status_code == 403
    assert administrator_client.post(f"{one}delete/", sent).status_code == 403
    administrator_client.post(
        base, {"action": "delete_selected", "_selected_action": entry.pk, "post": "yes"}
    )
    assert Entry.objects.get().action == "event.created"


def test_hits_are_only_shown_too(administrator_client):
    assert administrator_client.get("/en/admin/metrics/hit/").status_code == 200
    assert administrator_client.get("/en/admin/metrics/hit/add/").status_code == 403
