"""In the mode `unlinkable` nothing leads from a hit to a person: tried here."""

import logging
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from engagement.core import tokens
from engagement.core.logs import WithoutTokens
from engagement.metrics.models import Hit
from engagement.metrics.services import salts, spool, taking
from engagement.metrics.tasks import take_hits
from newsletters.models import Delivery, Link, Newsletter, Subscription
from newsletters.services import deliveries, sending
from tests import factories
from tests.support.hits import taken_hits

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
ADDRESS = "203.0.113.77"
PEOPLE = {"ann@example.org": "Ann", "bob@example.org": "Bob"}


@pytest.fixture
def issue():
    newsletter = factories.make_newsletter()
    for email, name in PEOPLE.items():
        person = factories.make_person(name=name, email=email)
        factories.make_subscription(newsletter=newsletter, person=person)
    issue = factories.make_issue(newsletter=newsletter, articles=2)
    article = issue.places.first().article
    output = factories.make_output(published=True)
    Link.objects.create(article=article, position=1, output=output)
    event = factories.make_event(published=True)
    Link.objects.create(article=article, position=2, event=event)
    return issue


@pytest.fixture
def links(issue, smtp):
    """{address of the reader: the links with a mark in their mail, in both languages,
    those to articles first}."""
    sending.start(by=None, issue=issue)
    deliveries.send(issue.pk)
    texts = {m["To"]: m.get_body(("plain",)).get_content() for m in smtp.messages}
    return {
        who: sorted(
            re.findall(r"http://[^/]+(/\S+\?d=\S+)", text),
            key=lambda link: "/articles/" not in link,
        )
        for who, text in texts.items()
    }


def follow(client, links, who="ann@example.org", number=0):
    meta = {"HTTP_USER_AGENT": AGENT, "REMOTE_ADDR": ADDRESS}
    answer = client.get(links[who][number], **meta)
    assert client.get(answer["Location"], **meta).status_code == 200
    return answer


def follow_all_and_object(client, links):
    """Each link of one mail, and then the objection by the link in the same mail."""
    for number in range(len(links["ann@example.org"])):
        follow(client, links, number=number)
    delivery = Delivery.objects.get(person__name="Ann")
    token = tokens.make("objection", delivery.token)
    assert client.post(f"/en/newsletters/objection/{token}/", {"count": "no"})
    assert Subscription.objects.get(person__name="Ann").uncounted


def test_a_link_leads_to_its_article_s_own_address(client, links):
    answer = follow(client, links)
    assert "?" not in answer["Location"]
    assert answer["Cache-Control"] == "no-store"
    link, page = taken_hits().order_by("pk")
    assert (link.target_kind, page.target_kind) == ("link", "article")
    assert link.target_id == page.target_id
    assert link.letter is not None
    assert page.letter is None
    assert link.client == page.client


def test_one_mail_s_links_have_one_letter_and_another_s_another(client, links):
    for who in PEOPLE:
        for link in links[who]:
            client.get(link, HTTP_USER_AGENT=AGENT)
    letters = taken_hits().values_list("letter", flat=True)
    kinds = taken_hits().values_list("target_kind", flat=True)
    assert set(kinds) == {"link", "link_output", "link_event", "link_issue"}
    assert len(letters) == 20, "five links in two languages and two mails"
    assert len(set(letters)) == 2


def test_no_column_of_a_hit_is_any_column_of_anything(client, links):
    """Each value of a hit that only some hits have, looked for in every other table."""
    follow_all_and_object(client, links)
    traces = set()
    for hit in taken_hits():
        traces |= {str(hit.client), str(hit.letter), f"{hit.client:x}"}
        traces |= {hit.at.isoformat()[:19]} if hit.letter else set()
    traces -= {"None"}
    assert len(traces) >= 4
    found = [
        f"{model.__name__}.{name}"
        for model in apps.get_models()
        if model is not Hit
        for row in model._default_manager.values()
        for name, value in row.items()
        if any(trace in str(value) for trace in traces)
        # The moment is only beside what happens at that moment.
        and not hasattr(value, "isoformat")
    ]
    assert found == []


def test_no_number_of_a_person_makes_the_letter_even_today(client, links):
    """The word was made by chance: whatever is held, with the day's salt, is not it."""
    follow_all_and_object(client, links)
    take_hits()
    letters = {hit.letter for hit in taken_hits() if hit.letter}
    held = set()
    for model in apps.get_models():
        for row in model._default_manager.values():
            held |= {str(value) for value in row.values()}
    assert Delivery.objects.first().token in held
    assert letters.isdisjoint(salts.number(timezone.localdate(), word) for word in held)


def test_without_the_salt_not_even_address_and_agent_make_the_client(client, links):
    follow(client, links)
    day = timezone.localdate()
    client_number = taken_hits().first().client
    assert salts.number(day, f"{ADDRESS} {AGENT}") == client_number
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        take_hits()
        assert salts.number(day, f"{ADDRESS} {AGENT}") != client_number


def test_neither_logs_nor_files_have_who_it_was(client, links, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    follow_all_and_object(client, links)
    words = re.findall(r"\?d=(\S+)", links["ann@example.org"][0])
    secret = [ADDRESS, "ann@example.org", *words]
    secret += Delivery.objects.values_list("token", flat=True)
    secret += [tokens.read("letter", words[0])]
    kept = b"".join(path.read_bytes() for path in spool.files()).decode()
    assert kept
    taking.take()
    for word in secret:
        assert word not in kept
        assert word not in caplog.text.replace("To: ann@example.org", "")


def test_whatever_is_logged_goes_without_tokens():
    """Of each handler that a line of a request could come to."""
    handlers = [
        handler
        for name in (None, "django", "django.request", "django.server")
        for handler in logging.getLogger(name).handlers
        # Those that are not the tests' own.
        if not type(handler).__module__.startswith("_pytest")
    ]
    assert handlers
    for handler in handlers:
        assert any(isinstance(one, WithoutTokens) for one in handler.filters), handler


def test_made_up_marks_are_none(client, issue):
    factories.send_out(issue)
    address = issue.places.first().article.get_absolute_url()
    other = tokens.make("unsubscribe", "word")
    for mark in ("", "x", other, f"{tokens.make('letter', 'word')}x"):
        answer = client.get(f"{address}?d={mark}", HTTP_USER_AGENT=AGENT)
        assert answer["Location"] == address
    assert not taken_hits().exists()


def test_where_nothing_is_counted_links_carry_nothing_and_keep_nothing(
    client, issue, smtp
):
    Newsletter.objects.update(privacy="none")
    issue.newsletter.refresh_from_db()
    sending.start(by=None, issue=issue)
    deliveries.send(issue.pk)
    mails = "".join(m.get_body(("plain",)).get_content() for m in smtp.messages)
    assert "/articles/" in mails
    assert "?d=" not in mails
    address = issue.places.first().article.get_absolute_url()
    client.get(f"{address}?d={tokens.make('letter', 'word')}", HTTP_USER_AGENT=AGENT)
    client.get(address, HTTP_USER_AGENT=AGENT)
    assert not taken_hits().exists()


def test_salts_of_days_gone_are_nowhere():
    salts.number(date(2026, 1, 1), "x")
    take_hits()
    assert not list(Path(settings.HITS_DIR).glob("salt-2026-01-01"))
