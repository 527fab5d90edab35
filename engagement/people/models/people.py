from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from engagement.core import digests
from engagement.core.models import Sourced
from engagement.people.models.choices import Function, Sector
from engagement.people.models.organisations import Organisation


class Interest(models.Model):
    """A subject that people may say they follow; they see it where they choose."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_cy = models.CharField(_("name in Welsh"), max_length=100)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name_en


class Tag(models.Model):
    """A word that staff put on people; nobody else sees it."""

    name = models.CharField(_("tag"), max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="a_tag_once")]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def current(self) -> Self:
        """Without those that were merged into somebody else."""
        return self.filter(merged_into=None)

    def locked(self) -> Self:
        """Until the transaction ends, in the order of their numbers, so that no two wait
        for each other. Rows that point at them can still be written: PostgreSQL looks at
        the person again where such a row is written twice, and who writes it may be the
        one that is waited for."""
        return self.order_by("pk").select_for_update(no_key=True)


class Person(Sourced):
    class Language(models.TextChoices):
        ENGLISH = "en", _("English first")
        WELSH = "cy", _("Welsh first")

    name = models.CharField(_("name"), max_length=200)
    # The one of their addresses that mail goes to; "" where none is known.
    email = models.EmailField(_("e-mail address"), max_length=320, blank=True)
    language = models.CharField(
        _("order of languages"), max_length=2, choices=Language.choices, default="en"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True
    )
    interests = models.ManyToManyField(
        Interest, blank=True, related_name="people", verbose_name=_("interests")
    )
    tags = models.ManyToManyField(
        Tag, blank=True, related_name="people", verbose_name=_("tags")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Set while this row is only kept to undo a merge with, and for what could not move.
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="merged"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="one_person_an_email"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"


class EmailAddress(models.Model):
    """Every address of a person, the primary one too. The digest keeps it to one person,
    and is what the suppression list is compared with."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    address = models.EmailField(_("e-mail address"), max_length=320)
    digest = models.CharField(max_length=64)
    # When its owner last proved that they read what is sent there.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        # Not unique=True: PostgreSQL would get an index for LIKE with it.
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="one_person_an_address")
        ]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def of(cls, person: Person, address: str) -> "EmailAddress":
        """Not saved yet."""
        digest = digests.of_address(address)
        return cls(person=person, address=address, digest=digest)


class Affiliation(models.Model):
    """A person's dated post. The sector is the body's; stated only where it has none."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="affiliations"
    )
    organisation_name = models.CharField(
        _("organisation, as the person wrote it"), max_length=200, blank=True
    )
    stated_sector = models.CharField(
        _("sector"), max_length=20, choices=Sector.choices, blank=True
    )
    function = models.CharField(
        _("function"), max_length=20, choices=Function.choices, blank=True
    )
    post = models.CharField(_("post"), max_length=200, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_it_starts",
                condition=Q(ended_on=None)
                | Q(started_on=None)
                | Q(ended_on__gte=models.F("started_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post or self.function}"


class Succession(models.Model):
    """Somebody left a post and held something: find a successor for it.

    `what` was written by the app that knows the thing; `url` leads to it.
    """

    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="successions"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    what_en = models.CharField(max_length=300)
    what_cy = models.CharField(max_length=300)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    url = models.CharField(max_length=300, blank=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target_kind", "target_id", "person"],
                condition=Q(settled_at=None),
                name="one_open_succession_a_thing",
            )
        ]

    def __str__(self) -> str:
        return self.what_en
