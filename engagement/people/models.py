from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Sourced


class Sector(models.TextChoices):
    WELSH_GOVERNMENT = "welsh_government", _("Welsh Government")
    SPONSORED_BODY = "sponsored_body", _("Welsh Government sponsored body")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    OTHER_PUBLIC = "other_public", _("Other public body")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    PRIVATE = "private", _("Private sector")
    ACADEMIC = "academic", _("Academic")
    ELECTED = "elected", _("Elected member")
    PUBLIC = "public", _("Member of the public")


class Function(models.TextChoices):
    RESEARCH = "research", _("Research")
    POLICY = "policy", _("Policy")
    OPERATIONAL = "operational", _("Operational")
    STRATEGIC = "strategic", _("Strategic or senior management")
    OTHER = "other", _("Other")


class Organisation(Sourced):
    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_cy = models.CharField(_("name in Welsh"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    # The word of the source, where ours is not the same.
    sector_as_printed = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    note_en = models.TextField(blank=True)
    note_cy = models.TextField(blank=True)

    class Meta:
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en


class Person(Sourced):
    class Language(models.TextChoices):
        ENGLISH = "en", _("English first")
        WELSH = "cy", _("Welsh first")

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=320)
    language = models.CharField(
        _("order of languages"), max_length=2, choices=Language.choices, default="en"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        return f"#{self.pk}"


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
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.post or self.function}"


class Consent(models.Model):
    """One thing a person agreed to or took back. Rows are added, never changed."""

    class Purpose(models.TextChoices):
        NEWSLETTER = "newsletter", _("To be sent a newsletter")
        EVENT = "event", _("To be written to about an event")

    class Action(models.TextChoices):
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        FORM = "form", _("Form")
        IMPORT = "import", _("Import")
        LINK = "link", _("Link in a mail")
        DEMO = "demo", _("Synthetic, for the demonstration")

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    about = models.CharField(max_length=100)
    action = models.CharField(max_length=10, choices=Action.choices)
    wording = models.TextField()
    language = models.CharField(max_length=2)
    source = models.CharField(max_length=10, choices=Source.choices)
    evidence = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.action} {self.purpose}"
