"""The message catalogues: what the code says, and what they hold of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command

LANGUAGES = ("en", "cy")
HEADER = {
    "Project-Id-Version": "Dolen",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
# As in Django's own Welsh catalogue, so that the two can be merged.
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "cy": "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;",
}


def path(lang: str) -> Path:
    return Path(settings.BASE_DIR, "locale", lang, "LC_MESSAGES", "django.po")


def said() -> polib.POFile:
    """The messages of the code and the templates as they are now (GNU gettext)."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for part in ("engagement", "newsletters", "templates"):
            shutil.copytree(settings.BASE_DIR / part, root / part)
        found = root / "locale" / "en" / "LC_MESSAGES"
        found.mkdir(parents=True)
        _extract(root)
        return polib.pofile(str(found / "django.po"))


def problems() -> Iterator[str]:
    """A line for each message that a catalogue lacks, or holds for nothing."""
    wanted = {(entry.msgctxt, entry.msgid) for entry in said()}
    for lang in LANGUAGES:
        catalogue = polib.pofile(str(path(lang)))
        held = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
        yield from (f"{lang}: missing: {text}" for _ctx, text in wanted - held.keys())
        yield from (f"{lang}: not used: {text}" for _ctx, text in held.keys() - wanted)
        for entry in held.values():
            if not entry.translated():
                yield f"{lang}: not translated: {entry.msgid}"


def update(welsh: dict[str, str]) -> None:
    """Brings both catalogues to what the code says; `welsh` translates new messages."""
    now = said()
    for lang in LANGUAGES:
        old = _texts(lang)
        catalogue = polib.POFile()
        catalogue.metadata = HEADER | {"Language": lang, "Plural-Forms": PLURALS[lang]}
        for entry in sorted(now, key=lambda entry: entry.msgid):
            known = welsh.get(entry.msgid) or old.get(entry.msgid, "")
            text = entry.msgid if lang == "en" else known
            catalogue.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=text,
                    msgctxt=entry.msgctxt,
                    flags=[flag for flag in entry.flags if flag != "fuzzy"],
                )
            )
        path(lang).parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path(lang)))


def _texts(lang: str) -> dict[str, str]:
    if not path(lang).exists():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path(lang)))}


def _extract(root: Path) -> None:
    """makemessages works on the folder it stands in."""
    here = Path.cwd()
    try:
        os.chdir(root)
        call_command("makemessages", locale=["en"], verbosity=0, no_obsolete=True)
    finally:
        os.chdir(here)
