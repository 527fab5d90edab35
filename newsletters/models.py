from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced
from engagement.people.models import Consent, Person, Sector
from engagement.people.queries import has_agreed, last_word_is, sector_of
from engagement.studies.models import Study

PUBLIC_STATES = ["sending", "finished", "archived"]


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    def for_study(self, study: Study) -> Self:
        return self.filter(study=study)

    def with_subscribers(self) -> Self:
        """Adds `subscribers`, the number of subscriptions in force."""
        in_force = Subscription.objects.in_force().filter(newsletter=OuterRef("pk"))
        number = in_force.order_by().values("newsletter").annotate(n=Count("pk"))
        return self.annotate(subscribers=Coalesce(Subquery(number.values("n")), 0))


class Newsletter(Sourced):
    class Privacy(models.TextChoices):
        NONE = "none", _("Readers are not counted")
        UNLINKABLE = "unlinkable", _("Readers are counted, nobody can say who")
        NAMED = "named", _("Reading is kept by name, with consent")

    study = models.ForeignKey(Study, models.PROTECT, related_name="newsletters")
    slug = models.SlugField(unique=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200)
    purpose_en = models.TextField(_("what it is for, in English"), blank=True)
    purpose_cy = models.TextField(_("what it is for, in Welsh"), blank=True)
    frequency_en = models.CharField(max_length=200, blank=True)
    frequency_cy = models.CharField(max_length=200, blank=True)
    sender_name_en = models.CharField(max_length=100)
    sender_name_cy = models.CharField(max_length=100)
    sender_address = models.EmailField()
    privacy = models.CharField(
        max_length=12, choices=Privacy.choices, default=Privacy.UNLINKABLE
    )

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ["study__position", "slug"]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("newsletters:detail", args=[self.slug])


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    # What the consent ledger knows a subscription by.
    ABOUT = (Consent.Purpose.NEWSLETTER, OuterRef("newsletter__slug"))

    def in_force(self) -> Self:
        """Agreed to by the person's last word: the only ones a newsletter goes to."""
        return self.filter(has_agreed("person", *self.ABOUT))

    def by_state(self, state: str) -> Self:
        """ "in_force", or why not: "withdrawn", "waiting" (never confirmed) or "stopped"
        (agreed, but cannot be written to)."""
        if state == "in_force":
            return self.in_force()
        if state == "withdrawn":
            return self.last_word_is(Consent.Action.WITHDRAWN)
        given = self.last_word_is(Consent.Action.GIVEN)
        if state == "stopped":
            return given.exclude(pk__in=self.in_force().values("pk"))
        withdrawn = self.last_word_is(Consent.Action.WITHDRAWN)
        return self.exclude(pk__in=given.values("pk")).exclude(
            pk__in=withdrawn.values("pk")
        )

    def last_word_is(self, action: str) -> Self:
        """Those whose person last said this, whether they can be written to or not."""
        return self.filter(last_word_is(action, "person", *self.ABOUT))

    def with_since(self) -> Self:
        """Adds `since`, when the person last said yes or no."""
        purpose, about = self.ABOUT
        said = Consent.objects.filter(
            person=OuterRef("person"), purpose=purpose, about=about
        )
        return self.annotate(since=Subquery(said.order_by("-pk").values("at")[:1]))

    def with_sector(self) -> Self:
        """Adds `sector`, "" where it is not known."""
        return self.annotate(sector=sector_of("person"))


class Subscription(models.Model):
    """One person asked for a newsletter. Whether they get it is in the consent ledger."""

    newsletter = models.ForeignKey(
        Newsletter, models.PROTECT, related_name="subscriptions"
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="subscriptions")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "person"], name="one_subscription_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.newsletter}"


class IssueQuerySet(models.QuerySet["Issue"]):
    def public(self) -> Self:
        return self.filter(state__in=PUBLIC_STATES)

    def visible_to(self, user: Any) -> Self:
        """A draft only to those who may manage newsletters."""
        return self if user.has_perm("newsletters.manage") else self.public()

    def at_work(self) -> Self:
        return self.filter(state__in=["draft", "sending"])


class Issue(Sourced):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Being sent")
        FINISHED = "finished", _("Sent")
        ARCHIVED = "archived", _("Before Dolen")

    MOVES = {"draft": {"sending"}, "sending": {"finished"}}

    newsletter = models.ForeignKey(Newsletter, models.PROTECT, related_name="issues")
    slug = models.SlugField(unique=True, max_length=80)
    title_en = models.CharField(_("subject in English"), max_length=150)
    title_cy = models.CharField(_("subject in Welsh"), max_length=150, blank=True)
    intro_en = models.TextField(_("opening in English"), blank=True)
    intro_cy = models.TextField(_("opening in Welsh"), blank=True)
    date_note_en = models.CharField(max_length=200, blank=True)
    date_note_cy = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.DRAFT, db_index=True
    )
    recipients = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="issue_sent_only_in_both_languages",
                condition=Q(state__in=["draft", "archived"])
                | (~Q(title_en="") & ~Q(title_cy="")),
            )
        ]

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("newsletters:issue", args=[self.newsletter.slug, self.slug])


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Any) -> Self:
        """What stands in an issue that is out; drafts only to those who may manage."""
        if user.has_perm("newsletters.manage"):
            return self
        return self.filter(places__issue__state__in=PUBLIC_STATES).distinct()


class Article(Sourced):
    """A piece with a page of its own; the summary is what goes into the mail."""

    slug = models.SlugField(unique=True, max_length=80)
    study = models.ForeignKey(Study, models.PROTECT, related_name="articles")
    title_en = models.CharField(_("title in English"), max_length=200)
    title_cy = models.CharField(_("title in Welsh"), max_length=200, blank=True)
    summary_en = models.TextField(_("summary in English"))
    summary_cy = models.TextField(_("summary in Welsh"), blank=True)
    body_en = models.TextField(_("full text in English"), blank=True)
    body_cy = models.TextField(_("full text in Welsh"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title_en

    def get_absolute_url(self) -> str:
        return reverse("newsletters:article", args=[self.slug])


class IssueArticle(models.Model):
    """An article's place in an issue; the same article may stand in many."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="places")
    article = models.ForeignKey(Article, models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "article"], name="an_article_once_an_issue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"


class Delivery(models.Model):
    """One issue to one person: the truth about what was sent.

    The address, the order of languages and the sector are copied when the issue is
    frozen, so that what was sent stays known whatever becomes of the person.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        LEASED = "leased", _("With a worker")
        HANDED_OVER = "handed_over", _("Being handed over")
        ACCEPTED = "accepted", _("Accepted")
        DEFERRED = "deferred", _("To be tried again")
        REJECTED = "rejected", _("Undeliverable")
        UNKNOWN = "unknown", _("Not known")
        SUPPRESSED = "suppressed", _("Not sent: left before it went")

    MOVES = {
        "pending": {"leased"},
        "leased": {"pending", "handed_over", "deferred", "rejected", "suppressed"},
        "handed_over": {"accepted", "deferred", "rejected", "unknown"},
        "deferred": {"leased"},
        "unknown": {"accepted", "rejected"},
    }
    SETTLED = ("accepted", "rejected", "suppressed", "unknown")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="deliveries"
    )
    address = models.EmailField(max_length=320)
    language = models.CharField(max_length=2)
    sector = models.CharField(max_length=20, choices=Sector.choices, blank=True)
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(
        max_length=12, choices=State.choices, default=State.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    # Not before this time when pending or deferred; no longer than this when leased.
    due_at = models.DateTimeField()
    reply = models.CharField(_("server's reply"), max_length=500, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "person"], name="one_delivery_a_person"
            )
        ]
        indexes = [models.Index(fields=["issue", "state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.issue} to {self.address}"
