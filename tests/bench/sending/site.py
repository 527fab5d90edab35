"""The site's side, in a process of its own: python -m tests.bench.sending.site VERB.

fill NUMBER   an issue of twelve articles, and subscribers up to that number
again         the issue as if it had never been sent
watch         says "ready", then when the first delivery was leased; at the end of
              its input, when the last was settled and what became of them
about         what the database is and how durable
"""

import json
import os
import sys
import time

import django
import psutil

SLUG = "bench"
ARTICLES = 12
# Makes the message 30 KB long, in both languages and as text and HTML.
WORDS = 1
DURABLE = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method")
PRAGMAS = ("journal_mode", "synchronous")


def fill(number):
    from django.core.management import call_command

    from newsletters.models import Issue, Subscription

    call_command("migrate", verbosity=0)
    issue = Issue.objects.filter(slug=SLUG).first() or _issue()
    have = Subscription.objects.count()
    _subscribers(issue.newsletter, range(have, int(number)))
    return {}


def _issue():
    from tests import factories

    newsletter = factories.make_newsletter()
    issue = factories.make_issue(newsletter=newsletter, slug=SLUG)
    for position in range(1, ARTICLES + 1):
        article = factories.make_article(
            study=newsletter.study,
            summary_en=f"Article {position}. " + "Plain words of a summary. " * WORDS,
            summary_cy=f"Erthygl {position}. " + "Geiriau plaen am dŷ a dŵr. " * WORDS,
        )
        issue.places.create(article=article, position=position)
    return issue


def _subscribers(newsletter, numbers):
    from engagement.core import digests
    from engagement.people.models import Consent, EmailAddress, Person
    from newsletters.models import Subscription

    address = "p{0}@body{1}.example.org"
    addresses = [address.format(n, n % 300) for n in numbers]
    people = _filled(
        Person(name=f"Person {n}", email=address, language=("en", "cy")[n % 2])
        for n, address in zip(numbers, addresses, strict=True)
    )
    _filled(
        EmailAddress(
            person=person, address=person.email, digest=digests.of_address(person.email)
        )
        for person in people
    )
    _filled(Subscription(newsletter=newsletter, person=person) for person in people)
    _filled(
        Consent(
            person=person,
            purpose="newsletter",
            about=newsletter.slug,
            action="given",
            language=person.language,
            source="import",
        )
        for person in people
    )


def _filled(rows):
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows, batch_size=5000) if rows else rows


def again():
    from django.db import connection

    from newsletters.models import Delivery, Issue

    Delivery.objects.all().delete()
    Issue.objects.filter(slug=SLUG).update(
        state="draft", recipients=0, frozen_at=None, finished_at=None
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {}


def watch():
    from django.db.models import Count, Max

    from newsletters.models import Delivery, Issue

    issue = Issue.objects.get(slug=SLUG)
    rows = Delivery.objects.filter(issue=issue)
    begun = rows.filter(state__in=["leased", "handed_over", "accepted"])
    print("ready", flush=True)  # noqa: T201
    while not begun.exists():
        time.sleep(0.005)
    first = time.time()
    sys.stdin.read()
    last = rows.aggregate(last=Max("settled_at"))["last"]
    states = dict(rows.values_list("state").annotate(Count("pk")))
    return {"first": first, "last": last.timestamp(), "states": states}


def about():
    from django.db import connection

    with connection.cursor() as cursor:

        def shown(query):
            cursor.execute(query)
            return cursor.fetchone()[0]

        if connection.vendor == "sqlite":
            durable = {name: shown(f"PRAGMA {name}") for name in PRAGMAS}
            return {"version": shown("SELECT sqlite_version()"), "durable": durable}
        durable = {name: shown(f"SHOW {name}") for name in DURABLE}
        backend = psutil.Process(shown("SELECT pg_backend_pid()"))
        return {
            "version": shown("SHOW server_version"),
            "durable": durable,
            "pid": backend.ppid(),
        }


VERBS = {"fill": fill, "again": again, "watch": watch, "about": about}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")
    django.setup()
    verb, *arguments = sys.argv[1:]
    print(json.dumps(VERBS[verb](*arguments)))  # noqa: T201
