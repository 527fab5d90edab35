"""The plain form, Harvard as social research of the Welsh Government asks to be cited:
author (year). Title. Publisher, series number. Available at: address."""

from django.utils.translation import gettext as _

from engagement.core.bilingual import active
from engagement.outputs.citations import Cited
from engagement.outputs.models import Author

# "a" is "ac" before them.
VOWELS = tuple("aeiouwyâêîôûŵŷáéíóúàèìòùäëïöü")


def write(cited: Cited) -> str:
    year = f"({cited.year})" if cited.year else "(" + _("n.d.") + ")"
    by, title = _authors(cited.authors), cited.title
    if cited.edition and cited.edition.number > 1:
        title += ", " + _("edition %(number)s") % {"number": cited.edition.number}
    parts = [f"{by} {year}", title] if by else [f"{title} {year}"]
    parts += filter(None, [_published(cited, by), cited.isbn and f"ISBN {cited.isbn}"])
    if cited.output.status == cited.output.Status.WITHDRAWN:
        parts.append(_("Withdrawn"))
    parts.append(_("Available at: %(address)s") % {"address": cited.address})
    # No full stop after an address: it would be copied with it.
    return " ".join([*(_stopped(part) for part in parts[:-1]), parts[-1]])


def _published(cited: Cited, by: str) -> str:
    """A body that wrote it is not named again."""
    output = cited.output
    series = f"{output.series} {output.number}".strip()
    publisher = "" if output.publisher == by else output.publisher
    return ", ".join(filter(None, (publisher, series)))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _authors(authors: list[Author]) -> str:
    names = list(map(_name, authors))
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {_and(names[-1])} {names[-1]}"


def _and(name: str) -> str:
    if active() == "cy":
        return "ac" if name.lower().startswith(VOWELS) else "a"
    return "and"


def _name(author: Author) -> str:
    if not author.given:
        return author.family
    names = [
        "-".join(f"{part[0].upper()}." for part in name.split("-") if part)
        for name in author.given.replace(".", " ").split()
    ]
    return f"{author.family}, {' '.join(filter(None, names))}"
