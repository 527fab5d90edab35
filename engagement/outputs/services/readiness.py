"""What an output or an edition lacks before it may be public."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.outputs.models import Edition, Output

# In both languages; the others in both or in none.
NEEDED = ("title", "summary")
PAIRS = (*NEEDED, "plain", "use", "misuse", "note", "date_note")


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This output cannot be published yet."))


def obstacles(output: Output, edition: Edition | None = None) -> list[str]:
    """What stands in the way of publishing the edition, or the one whose turn it is, in
    sentences for the reader."""
    edition = edition or output.editions.next_to_publish()
    names = [f"{word}_{lang}" for word in NEEDED for lang in bilingual.LANGUAGES]
    absent = [name for name in names if not getattr(output, name).strip()]
    absent += [n for n in bilingual.missing(output, *PAIRS) if n not in absent]
    found = _sentences(output, absent)
    if edition is None or not edition.files.exists():
        found.append(_("There is no file."))
    if edition:
        found += _sentences(edition, bilingual.missing(edition, "note"))
    return found


def check_parity(thing: Output | Edition) -> None:
    """The outputs of the report have no summary; in one language alone is none. Raises
    NotReady."""
    words = PAIRS if isinstance(thing, Output) else ("note",)
    if absent := bilingual.missing(thing, *words):
        raise NotReady(_sentences(thing, absent))


def _sentences(thing: Model, names: Iterable[str]) -> list[str]:
    labels = {field.name: field.verbose_name for field in thing._meta.concrete_fields}
    return [_("This is missing: %(field)s.") % {"field": labels[n]} for n in names]
