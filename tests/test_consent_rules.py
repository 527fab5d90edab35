"""Whatever happens in whatever order, nobody is sent anything without a current basis.

A plain model of the rules, a few lines of Python, is kept beside the database and
compared with it after each step.
"""

import re

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engagement.core import tokens
from engagement.mail.models import Message
from engagement.people.models import Merge
from engagement.people.services import erasure, merging, people
from newsletters.models import Delivery, Newsletter, Subscription
from newsletters.services import imports, sending, subscriptions
from tests import factories

ADDRESSES = [f"{name}@example.org" for name in ("ann", "bob", "cai", "dai")]
address = st.sampled_from(ADDRESSES)


class Consents(RuleBasedStateMachine):
    """`record` is whose record an address is in, `said` the words of each record with
    their time, `never` the addresses that are never written to."""

    def __init__(self):
        super().__init__()
        self.newsletter = factories.make_newsletter()
        self.record, self.said, self.never = {}, {}, set()
        self.clock, self.links, self.merges = 0, {}, []

    def _say(self, email, word):
        self.clock += 1
        self.said.setdefault(self.record[email], []).append((self.clock, word))

    def _last(self, record):
        return max(self.said.get(record) or [(0, None)])

    def _of(self, record):
        return {email for email, one in self.record.items() if one == record}

    def _may(self):
        return {
            record
            for record in set(self.record.values())
            if self._last(record)[1] == "yes" and not self._of(record) & self.never
        }

    @rule(email=address)
    def asks(self, email):
        """A form that anybody may send, in anybody's name: no basis for anything."""
        subscriptions.ask(
            newsletter=self.newsletter,
            email=email,
            name="N",
            language="en",
            sector="academic",
            function="",
        )
        self.record.setdefault(email, object())
        mail = Message.objects.filter(to=email).latest("pk")
        if found := re.search(r"/newsletters/confirm/([^/]+)/", mail.text):
            self.links[email] = (found[1], self._last(self.record[email])[0])

    @rule(email=address)
    def follows_the_link(self, email):
        """Good until the ledger's next word on whose record it is by then."""
        if email not in self.links:
            return
        token, then = self.links[email]
        record = self.record[email]
        in_force = record in self._may()
        try:
            found = subscriptions.find_to_confirm(token)
        except tokens.BadToken:
            assert self._last(record)[0] != then
            assert not in_force
            return
        assert self._last(record)[0] == then or in_force
        subscriptions.confirm(subscription=found, language="en")
        self.never -= self._of(record)
        if self._last(record)[1] != "yes":
            self._say(email, "yes")

    @rule(email=address)
    def is_imported(self, email):
        row = f"name,email,sector,function,language\nN,{email},,,en\n"
        imports.apply(
            by=None,
            newsletter=self.newsletter,
            name="a.csv",
            content=row.encode(),
            evidence="paper",
        )
        self.record.setdefault(email, object())
        record = self.record[email]
        if self._last(record)[1] is None:
            self._say(email, "yes")

    @rule(email=address)
    def leaves(self, email):
        person = people.find(email)
        subscriptions.leave(newsletter=self.newsletter, person=person)
        if email in self.record and self._last(self.record[email])[1] == "yes":
            self._say(email, "no")

    @rule(email=address)
    def is_erased(self, email):
        if email not in self.record:
            return
        gone = self._of(self.record[email])
        erasure.erase(by=None, person=people.find(email))
        self.never |= gone
        self.said.pop(self.record[email], None)
        for one in gone:
            del self.record[one]
            self.links.pop(one, None)
        self.merges = [m for m in self.merges if Merge.objects.filter(pk=m[0]).exists()]

    @rule(one=address, other=address)
    def are_merged(self, one, other):
        if self.record.get(one) in (None, self.record.get(other)):
            return
        if other not in self.record:
            return
        kept, merged = people.find(one), people.find(other)
        done = merging.merge(by=None, kept=kept, merged=merged)
        into, out = self.record[one], self.record[other]
        moved = self._of(out)
        self.merges.append((done.pk, into, out, moved, list(self.said.get(out, []))))
        self.said[into] = [*self.said.get(into, []), *self.said.pop(out, [])]
        for email in moved:
            self.record[email] = into

    @precondition(lambda self: self.merges)
    @rule()
    def the_last_merge_is_undone(self):
        pk, into, out, moved, said = self.merges.pop()
        merging.undo(by=None, merge=Merge.objects.get(pk=pk))
        for email in moved:
            self.record[email] = out
        self.said[out] = said
        self.said[into] = [one for one in self.said[into] if one not in said]

    @invariant()
    def who_may_be_sent_it_is_who_the_rules_say(self):
        expected = {frozenset(self._of(record)) for record in self._may()}
        found = {
            frozenset(one.person.addresses.values_list("address", flat=True))
            for one in Subscription.objects.in_force()
        }
        assert found == expected

    @rule()
    def an_issue_is_sent(self):
        if not self._may():
            return
        issue = factories.make_issue(newsletter=self.newsletter, articles=1)
        sending.start(by=None, issue=issue)
        sent = set(
            Delivery.objects.filter(issue=issue).values_list("address", flat=True)
        )
        assert {self.record[email] for email in sent} == self._may()
        assert not sent & self.never


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db
def test_nobody_is_sent_anything_without_a_current_basis(db):
    from django.db import transaction
    from hypothesis.stateful import run_state_machine_as_test

    class Fresh(Consents):
        """Each sequence begins with nobody."""

        def __init__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Newsletter.objects.exists()
