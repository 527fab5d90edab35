"""What saving an issue and saving an article have in common."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from newsletters.models import Article, Issue


class ChangedMeanwhile(Refused):
    """Somebody else saved after this person began to write."""


def version(thing: Issue | Article) -> str:
    """What a form carries along to tell whether somebody else has saved since."""
    return thing.updated_at.isoformat()


def save(
    thing: Issue | Article, fields: Mapping[str, str], *, seen: str, same: bool
) -> None:
    """Writes the fields to a row that the caller has locked. `same` says that the
    language which is not touched still says the same. Raises ChangedMeanwhile where
    `seen` is not the last save."""
    if seen != version(thing):
        raise ChangedMeanwhile(
            _(
                "Somebody else has saved this in the meantime. Nothing is overwritten: "
                "your text is still here, and theirs is beside it."
            )
        )
    _stamp(thing, fields, same)
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def _stamp(thing: Issue | Article, fields: Mapping[str, str], same: bool) -> None:
    """Two languages with one stamp say the same, as far as anybody has said. The first
    words of a language are written from those of the other."""
    changed = {
        name[-2:] for name, value in fields.items() if value != getattr(thing, name)
    }
    first = any(_is_empty(thing, fields, lang) for lang in changed)
    now = timezone.now()
    for lang in LANGUAGES if same or first else changed:
        setattr(thing, f"edited_{lang}_at", now)


def _is_empty(thing: Issue | Article, fields: Mapping[str, str], lang: str) -> bool:
    return not any(getattr(thing, name) for name in fields if name.endswith(lang))
