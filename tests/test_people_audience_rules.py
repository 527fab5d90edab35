"""Any rule finds, in SQL, whom it finds when read out by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.events.models import Attendance, Invitation, Registration
from engagement.groups.models import Membership
from engagement.people import previews, queries
from engagement.people.models import (
    Affiliation,
    Audience,
    Consent,
    Interest,
    Person,
    Tag,
)
from engagement.people.rule import shape, words
from engagement.people.services import audiences, consents
from newsletters.models import Delivery, Subscription
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.both]
SECTORS = ["local_authority", "academic", "unknown"]


def said(values):
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def leaf(kind, name, values):
    return st.builds(lambda v: {"kind": kind, name: v}, values)


# Names stand for numbers, which are put in when the population is there.
LEAVES = st.one_of(
    leaf("sector", "sectors", said(SECTORS)),
    leaf("function", "functions", said(["policy", "research", "unknown"])),
    leaf("area", "areas", said(["W06000015", "W06000002"])),
    st.builds(
        lambda body, beneath: {
            "kind": "organisation",
            "organisation": body,
            "beneath": beneath,
        },
        st.sampled_from(["council", "unit", "gone"]),
        st.booleans(),
    ),
    leaf("interest", "interests", said(["health", "gone"])),
    leaf("tag", "tags", said(["analyst"])),
    leaf("language", "languages", said(["en", "cy"])),
    leaf("not_asked", "days", st.sampled_from([1, 30, 400])),
    leaf("subscribed", "newsletter", st.sampled_from(["letter", "gone"])),
    leaf("invited", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("silent", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("said_no", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("registered", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("attended", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("stayed_away", "event", st.sampled_from(["event", "any", "gone"])),
    leaf("member", "group", st.sampled_from(["group", "any", "gone"])),
)
RULES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda rule: {"not": rule}, inner),
        st.builds(lambda rules: {"all": rules}, st.lists(inner, max_size=3)),
        st.builds(lambda rules: {"any": rules}, st.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


def by_hand(rule, holds):
    """None where the rule says nothing."""
    if "kind" in rule:
        return holds(rule)
    if "not" in rule:
        inner = by_hand(rule["not"], holds)
        return None if inner is None else not inner
    ((word, parts),) = rule.items()
    told = [x for part in parts if (x := by_hand(part, holds)) is not None]
    if not told:
        return None
    return all(told) if word == "all" else any(told)


def flat(line):
    yield line
    for inner in line.lines:
        yield from flat(inner)


class TestAnyRule(TestCase):
    """The people are made once; rules only read."""

    @classmethod
    def setUpTestData(cls):
        council = factories.make_organisation(area="W06000015")
        unit = factories.make_organisation(parent=council, sector="academic")
        cls.things = {
            "council": council.pk,
            "unit": unit.pk,
            "health": Interest.objects.create(slug="h", name_en="H", name_cy="I").pk,
            "analyst": Tag.objects.create(name="Analyst").pk,
            "letter": factories.make_newsletter(slug="letter").pk,
            "event": factories.make_event(status="held", days_ahead=-3).pk,
            "later": factories.make_event(published=True).pk,
            "group": factories.make_group().pk,
            "gone": 999_999,
        }
        cls.bodies = {"": None, "council": council, "unit": unit}
        cls.facts = {}
        for n in range(24):
            cls.make(n)
        kept = Person.objects.first()
        cls.make(24, merged_into=kept)
        del cls.facts[Person.objects.latest("pk").pk]
        cls.without_person()

    @classmethod
    def make(cls, n, **fields):
        facts = {
            "body": ["", "council", "unit"][n % 3],
            "stated": ["", "academic"][n % 2],
            "function": ["", "policy", "research"][n // 2 % 3],
            "language": ["en", "cy"][n // 3 % 2],
            "health": n % 4 == 1,
            "analyst": n % 5 == 1,
            "said": ["", "given", "given withdrawn", "withdrawn given"][n % 4],
            "sent": [None, 5, 100][n % 3],
            "event": ["", "registered", "came", "cancelled"][n // 4 % 4],
            "later": n % 7 == 0,
            "asked": [None, "", "no", "yes", "keep_informed", "back"][n % 6],
            "member": n in {1, 2, 3},
            "was_member": n in {4, 5},
        }
        person = factories.make_person(language=facts["language"], **fields)
        cls.facts[person.pk] = facts
        if n % 6:
            Affiliation.objects.create(
                person=person,
                organisation=cls.bodies[facts["body"]],
                stated_sector="" if facts["body"] else facts["stated"],
                function=facts["function"],
            )
        else:
            facts |= {"body": "", "stated": "", "function": ""}
        Affiliation.objects.create(
            person=person, stated_sector="local_authority", ended_on="2020-01-01"
        )
        if facts["health"]:
            person.interests.add(cls.things["health"])
        if facts["analyst"]:
            person.tags.add(cls.things["analyst"])
        if not fields:
            cls.subscribe(person, facts)
            cls.register(person, facts)
            cls.ask(person, facts)

    @classmethod
    def subscribe(cls, person, facts):
        letter = cls.things["letter"]
        if facts["said"]:
            Subscription.objects.create(newsletter_id=letter, person=person)
        for action in facts["said"].split():
            told = {"person": person, "purpose": "newsletter", "about": "letter"}
            if action == "given":
                consents.give(
                    **told,
                    wording="Yes.",
                    wording_version="1",
                    language="en",
                    source="form",
                )
            else:
                consents.withdraw(**told, source="link")
        if facts["sent"] is not None:
            issue = factories.make_issue(newsletter=None)
            cls.deliver(issue, person, facts["sent"])

    @classmethod
    def deliver(cls, issue, person, days):
        Delivery.objects.create(
            issue=issue,
            person=person,
            address="a@example.org",
            language="en",
            token=f"t{issue.pk}",
            due_at=timezone.now(),
            handed_over_at=timezone.now() - timedelta(days=days),
        )

    @classmethod
    def ask(cls, person, facts):
        """To the event, 50 days ago."""
        answer = facts["asked"]
        if answer is None:
            return
        then = timezone.now() - timedelta(days=50)
        back = answer == "back"
        Invitation.objects.create(
            event_id=cls.things["event"],
            person=person,
            name="A",
            email=person.email,
            language="en",
            answer="" if back else answer,
            answered_at=then if answer and not back else None,
            withdrawn_at=then if back else None,
        )
        Invitation.objects.filter(person=person).update(invited_at=then)

    @classmethod
    def register(cls, person, facts):
        wanted = [("event", facts["event"]), ("later", "x" if facts["later"] else "")]
        for event, how in wanted:
            if not how:
                continue
            row = Registration.objects.create(
                event_id=cls.things[event],
                person=person,
                reference=f"{event[0]}{person.pk}",
                name="A",
                email=person.email,
                sector="public",
                language="en",
                state="cancelled" if how == "cancelled" else "place",
                cancelled_at=timezone.now() if how == "cancelled" else None,
            )
            if how == "came":
                Attendance.objects.create(registration=row)
        for held, ended in (("member", None), ("was_member", "2026-01-01")):
            if facts[held]:
                seat = factories.make_seat(group_id=cls.things["group"], group=None)
                Membership.objects.create(
                    seat=seat, person=person, started_on="2025-01-01", ended_on=ended
                )

    @classmethod
    def without_person(cls):
        """Rows that have lost theirs, which must not turn NOT IN into nobody."""
        cls.deliver(factories.make_issue(), None, 1)
        row = Registration.objects.filter(
            attendance=None, event=cls.things["event"], cancelled_at=None
        ).first()
        Registration.objects.filter(pk=row.pk).update(person=None)
        cls.facts[row.person_id]["event"] = ""
        letter = {"purpose": "newsletter", "about": "letter", "language": "en"}
        Consent.objects.create(person=None, action="given", source="form", **letter)
        seat = factories.make_seat(group_id=cls.things["group"], group=None)
        Membership.objects.create(seat=seat, person=None, started_on="2025-01-01")

    def numbered(self, rule):
        """With the numbers of the things in it."""
        if "kind" not in rule:
            ((word, inner),) = rule.items()
            if word == "not":
                return {"not": self.numbered(inner)}
            return {word: [self.numbered(part) for part in inner]}
        return {
            name: [str(self.things[v]) for v in value]
            if name in {"interests", "tags"}
            else str(self.things.get(value, value))
            if name in {"organisation", "newsletter", "event", "group"}
            else value
            for name, value in rule.items()
        }

    @staticmethod
    def holds(facts, leaf):
        kind = leaf["kind"]
        value = next((v for k, v in leaf.items() if k != "kind"), None)
        registered = facts["event"] in {"registered", "came"}
        sector = {"council": "local_authority", "unit": "academic"}.get(
            facts["body"], facts["stated"]
        )
        return {
            "sector": lambda: (sector or "unknown") in value,
            "function": lambda: (facts["function"] or "unknown") in value,
            "area": lambda: "W06000015" in value and facts["body"] != "",
            "organisation": lambda: (
                facts["body"] == value
                or (
                    leaf.get("beneath")
                    and value == "council"
                    and facts["body"] == "unit"
                )
            ),
            "interest": lambda: "health" in value and facts["health"],
            "tag": lambda: facts["analyst"],
            "language": lambda: facts["language"] in value,
            "not_asked": lambda: (
                (facts["sent"] is None or facts["sent"] >= value)
                and (facts["asked"] is None or value <= 50)
            ),
            "invited": lambda: value != "gone" and facts["asked"] not in {None, "back"},
            "silent": lambda: value != "gone" and facts["asked"] == "",
            "said_no": lambda: (
                value != "gone" and facts["asked"] in {"no", "keep_informed"}
            ),
            "subscribed": lambda: (
                value == "letter" and facts["said"].split()[-1:] == ["given"]
            ),
            "registered": lambda: (
                (value != "gone" and registered) or (value == "any" and facts["later"])
            ),
            "attended": lambda: value != "gone" and facts["event"] == "came",
            "stayed_away": lambda: value != "gone" and facts["event"] == "registered",
            "member": lambda: value != "gone" and facts["member"],
        }[kind]()

    @settings(max_examples=120, deadline=None)
    @given(RULES)
    def test_sql_and_hand_agree(self, rule):
        audience = Audience(rule=self.numbered(rule))
        found = set(audiences.people_in(audience).values_list("pk", flat=True))
        wanted = {
            pk
            for pk, facts in self.facts.items()
            if by_hand(rule, lambda leaf, facts=facts: self.holds(facts, leaf))
        }
        assert found == wanted
        self.everybody_out_has_a_reason(audience, wanted)
        self.each_condition_has_a_sentence(audience)

    def each_condition_has_a_sentence(self, audience):
        places = {place for place, _leaf in shape.leaves(audience.rule)}
        for lang in ("en", "cy"):
            with translation.override(lang):
                lines = list(flat(words.outline(audience.rule)))
            assert {line.place for line in lines if not line.match} == places
            assert all(line.words and "%(" not in line.words for line in lines)
            assert not any(line.is_broken for line in lines)

    def everybody_out_has_a_reason(self, audience, wanted):
        people = list(Person.objects.filter(pk__in=list(self.facts)[:8]))
        says_something = any(True for _leaf in shape.leaves(audience.rule))
        for verdict in previews.verdicts(audience, people):
            is_in = verdict.person.pk in wanted
            assert verdict.is_in == is_in
            assert bool(verdict.reasons) == (says_something and not is_in)

    def test_subscribed_is_what_the_newsletter_says(self):
        letter = str(self.things["letter"])
        audience = Audience(rule={"kind": "subscribed", "newsletter": letter})
        in_force = Subscription.objects.filter(newsletter=letter).in_force()
        found = audiences.people_in(audience).filter(queries.can_be_written_to("pk"))
        assert set(found) == {row.person for row in in_force}
        assert found.exists()
