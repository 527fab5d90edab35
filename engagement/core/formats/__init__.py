"""How dates and numbers are written, in each language."""

from django.utils.translation import gettext_noop, pgettext_lazy

# Django's Welsh spells it with one n; our own words come before Django's.
JULY = gettext_noop("July")
JULY_IN_A_DATE = pgettext_lazy("alt. month", "July")
