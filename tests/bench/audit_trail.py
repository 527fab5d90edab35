"""The audit trail's page over a long trail."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from engagement.audit import registry
from engagement.audit.models import Entry
from tests import factories
from tests.bench import Case

TITLE = "The page of the audit trail over 100,000 entries of forty users."
ROWS = 100_000
QUERIES = {
    "all": "",
    "the last page": "page=2000",
    "one action": "action=event.published",
    "one kind": "kind=people.person",
    "one user": "who=7",
    "a month": "since=2026-01-01&until=2026-01-31",
    "a word in the target": "words=4711",
    "a word that is nowhere": "words=nowhere",
}


def prepare():
    factories.make_user(email="manager@example.org")
    actions, kinds = sorted(registry.actions()), sorted(registry.kinds())
    Entry.objects.bulk_create(
        (
            Entry(
                actor_id=n % 41 or None,
                actor=f"User {n % 41}" if n % 41 else "",
                action=actions[n * 7 % len(actions)],
                target_kind=kinds[n * 5 % len(kinds)],
                target_id=n,
                target=f"Thing {n}",
                detail={"file": f"report-{n}.pdf", "recipients": n},
            )
            for n in range(ROWS)
        ),
        batch_size=1000,
    )
    _spread()


def _spread():
    """Over three years; past the rule that an entry is never changed."""
    now = timezone.now()
    everything = Entry._base_manager
    for week in range(156):
        part = everything.filter(pk__range=(week * 641, week * 641 + 640))
        part.update(at=now - timedelta(weeks=156 - week))


def cases():
    from engagement.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(email="manager@example.org"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    for label, query in QUERIES.items():
        yield Case(label, lambda query=query: _get(client, query), limit=0.5)


def _get(client, query):
    if client.get(f"/en/audit/?{query}").status_code != 200:
        raise AssertionError(query)
