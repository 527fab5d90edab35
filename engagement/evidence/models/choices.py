"""The codes of the register. What each means is told to readers on its pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    USE = "use", _("Use")
    NON_USE = "non_use", _("Not used")
    FAILED = "failed", _("Did not reach those it was for")
    MISUSE = "misuse", _("Misuse")


class UseType(models.TextChoices):
    INSTRUMENTAL = "instrumental", _("Instrumental")
    CONCEPTUAL = "conceptual", _("Conceptual")
    CAPACITY = "capacity", _("Capacity building")
    PROCESS = "process", _("Process")
    LEGITIMISING = "legitimising", _("Legitimising")
    TACTICAL = "tactical", _("Political or tactical")


class Stage(models.TextChoices):
    AWARENESS = "awareness", _("Awareness")
    INFORMED = "informed", _("Informed thinking")
    OPTIONS = "option_appraisal", _("Option appraisal")
    DECISION = "decision", _("Decision")
    IMPLEMENTATION = "implementation", _("Implementation")
    PRACTICE = "practice", _("Practice")
    POTENTIAL = "potential", _("Potential")


class UseModel(models.TextChoices):
    """Section 4 of the 2011 report."""

    RATIONAL_LINEAR = "rational_linear", _("Rational, linear or knowledge-driven")
    PLURALISM = "pluralism_opportunism", _("Pluralism and opportunism")
    RELATIONSHIP = "relationship", _("Relationship")
    POLITICS = "politics_legitimisation", _("Politics and legitimisation")
    SYSTEMS = "systems", _("Systems")


class Degree(models.TextChoices):
    SOLE = "sole", _("The only evidence used")
    CRUCIAL = "crucial", _("Crucial")
    ONE_OF_SEVERAL = "one_of_several", _("One of several pieces of evidence")
    BACKGROUND = "background", _("Background")


class Precision(models.TextChoices):
    DAY = "day", _("To the day")
    MONTH = "month", _("To the month")
    YEAR = "year", _("To the year")
    UNKNOWN = "unknown", _("Not known")


class Period(models.TextChoices):
    YEAR = "year", _("Each year")
    ONCE = "once", _("Once")
    PROGRAMME = "programme", _("Over the whole programme")
    UNSTATED = "unstated", _("Period not stated")


class Basis(models.TextChoices):
    REPORTED = "reported", _("Somebody's own figure")
    PUBLISHED = "published", _("Published accounts or budgets")
    ESTIMATED = "estimated", _("Our estimate")


class Misuse(models.TextChoices):
    AGGREGATED = "aggregated", _("Ranks added up to larger areas")
    COMPARED = "compared", _("Editions compared that cannot be compared")
    THRESHOLD = "threshold", _("Arbitrary threshold")
    RELIANCE = "reliance", _("Too much reliance on one source")
    OUT_OF_DATE = "out_of_date", _("An edition that was out of date")


class Confidence(models.TextChoices):
    """By rule, from who says so: `engagement/evidence/confidence.py`."""

    NONE = "none", _("No source yet")
    REPORTED = "reported", _("Reported")
    CORROBORATED = "corroborated", _("Corroborated by a second person")
    DOCUMENTED = "documented", _("Documented")
    VERIFIED = "verified", _("Verified from outside")


class Judged(models.TextChoices):
    """How sure the 2011 report itself was."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")
    SELF_REPORT = "self_report", _("Self-reported")
    INTENDED = "intended", _("Intended only")
    POTENTIAL = "potential", _("Potential only")


class Consent(models.TextChoices):
    NOT_ASKED = "not_asked", _("Not asked yet")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    IN_PRINT = "in_print", _("Published already")
