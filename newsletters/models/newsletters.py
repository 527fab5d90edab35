from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.models import Sourced
from engagement.people.models import Consent, Person
from engagement.people.queries import has_agreed, last_word_is, sector_of
from engagement.studies.models import Study


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
    sender_address = models.EmailField(_("sender's address"))
    reply_address = models.EmailField(
        _("where answers go"),
        blank=True,
        help_text=_("Left out: to the sender's address."),
    )
    other_studies = models.ManyToManyField(
        Study, blank=True, related_name="+", verbose_name=_("also about")
    )
    # Who answers for it: they are told when something waits for them.
    owners = models.ManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("owners")
    )
    # Whom a test may be sent to.
    testers = models.ManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("testers")
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#17456b",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$")],
    )
    masthead = models.FileField(
        _("picture at the top"), upload_to="mastheads/", max_length=300, blank=True
    )
    # As it is shown; 0 where nobody could measure it.
    masthead_width = models.PositiveIntegerField(default=0, editable=False)
    masthead_height = models.PositiveIntegerField(default=0, editable=False)
    masthead_alt_en = models.CharField(
        _("what the picture shows, in English"), max_length=200, blank=True
    )
    masthead_alt_cy = models.CharField(
        _("what the picture shows, in Welsh"), max_length=200, blank=True
    )
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
    # They object: links of their mails say nothing of which mail they stand in.
    uncounted = models.BooleanField(default=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "person"], name="one_subscription_a_person"
            )
        ]
        # Few rows of many, looked for with each group of mails that leaves.
        indexes = [
            models.Index(
                fields=["newsletter"],
                name="subscription_uncounted",
                condition=models.Q(uncounted=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.newsletter}"
