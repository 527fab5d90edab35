from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.groups.models.groups import Group, Membership
from engagement.groups.models.meetings import AgendaItem, Meeting
from engagement.studies.models import Study


class DecisionQuerySet(models.QuerySet["Decision"]):
    def public(self) -> Self:
        return self.filter(redacted=False)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All of them for those who manage groups, those of their own groups for
        members, public ones for anybody."""
        if user.has_perm("groups.manage"):
            return self
        theirs = Q(redacted=False)
        if isinstance(user, User):
            theirs |= Q(meeting__in=Meeting.objects.in_terms_of(user).values("pk"))
        return self.filter(theirs)

    def matching(self, *, words: str, group: Group | None, year: int | None) -> Self:
        """Each word stands somewhere in it, in either language; SG-2011-04 is found too."""
        found = self.filter(group=group) if group else self
        if year:
            found = found.filter(year=year)
        for word in words.split():
            found = found.filter(
                Q(text_en__icontains=word)
                | Q(text_cy__icontains=word)
                | _numbered(word)
            )
        return found.order_by("-year", "group__slug", "-number")


def _numbered(word: str) -> Q:
    letters, _dash, rest = word.upper().partition("-")
    year, _dash, number = rest.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(year + number) < 10):
        return Q(pk__in=[])
    kinds = [kind for kind, code in Group.CODES.items() if code == letters]
    own = Q(group__code__iexact=letters) | Q(group__code="", group__kind__in=kinds)
    return own & Q(year=int(year), number=int(number))


class Decision(Sourced):
    """What was settled at a meeting. Numbers of a group run on within a year, without a
    gap; a decision is never deleted, a later one may take its place."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text_en = models.TextField(_("decision in English"))
    text_cy = models.TextField(_("decision in Welsh"))
    redacted = models.BooleanField(_("not for the public"), default=False)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_in_both_languages",
                condition=~Q(text_en="") & ~Q(text_cy=""),
            ),
            models.UniqueConstraint(
                fields=["group", "year", "number"], name="a_decision_a_number"
            ),
        ]

    def __str__(self) -> str:
        return self.text_en[:80]

    @property
    def reference(self) -> str:
        """As SG-2011-04. The group must be at hand."""
        return f"{self.group.letters}-{self.year}-{self.number:02}"


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> Self:
        return self.filter(state=Action.State.OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def ownerless(self, today: date) -> Self:
        """Open ones that nobody who sits in the group owes."""
        return self.open().exclude(owner__in=Membership.objects.on(today))

    def chosen(self, *, which: str, group: Group | None, today: date) -> Self:
        """`which` is a state, "overdue", "ownerless" or "" for all."""
        found = self.filter(group=group) if group else self
        if which == "overdue":
            return found.overdue(today)
        if which == "ownerless":
            return found.ownerless(today)
        return found.filter(state=which) if which else found

    def in_order(self) -> Self:
        """Open ones first, the longest overdue on top."""
        first = models.Case(models.When(state="open", then=0), default=1)
        due = models.F("due_on").asc(nulls_last=True)
        return self.order_by(first, due, "pk")


class Action(Sourced):
    """What is owed after a meeting, by whom and by when."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Not done, and why")

    MOVES = {
        "open": {"done", "dropped"},
        "done": {"open"},
        "dropped": {"open"},
    }

    group = models.ForeignKey(Group, models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    text_en = models.TextField(_("action in English"))
    text_cy = models.TextField(_("action in Welsh"))
    owner = models.ForeignKey(
        Membership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("who owes it"),
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN
    )
    outcome_en = models.TextField(_("what came of it, in English"), blank=True)
    outcome_cy = models.TextField(_("what came of it, in Welsh"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="action_in_both_languages",
                condition=~Q(text_en="") & ~Q(text_cy=""),
            ),
            models.CheckConstraint(
                name="action_settled_at_a_moment",
                condition=Q(state="open", settled_at__isnull=True)
                | ~Q(state="open") & Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("groups:action", args=[self.pk])


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(done_at=None)


class Review(models.Model):
    """What a study came to in three months, held against what it meant to do (the
    report's Annex 2, 3.11). The checklist is made from the data, and kept as it was."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="reviews")
    due_on = models.DateField(_("due on"))
    # When the lead, or the secretary, was told that it comes.
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Where it is discussed; decisions and actions are that meeting's.
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    checklist = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True, blank=True)
    note_en = models.TextField(_("what the group said, in English"), blank=True)
    note_cy = models.TextField(_("what the group said, in Welsh"), blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "due_on"], name="one_review_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.study}, {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("groups:review", args=[self.pk])
