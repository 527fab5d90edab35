"""What form fields of every app share."""

from django.utils.translation import gettext_lazy as _

# Django's own Welsh lacks this one.
NO_NUL = {
    "null_characters_not_allowed": _("Leave out characters that cannot be shown.")
}
# Attributes of a field whose text is Welsh, for screen readers and spelling checkers.
WELSH = {"lang": "cy"}
