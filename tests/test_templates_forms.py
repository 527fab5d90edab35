"""A form in a part that sees nothing but what it is given is given the token too: without
it every POST of a browser is refused, and no test client notices."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INCLUDE = re.compile(r'{% include "([^"]+)"([^%]*)%}')
TEXTS = {
    str(path.relative_to(TEMPLATES)): path.read_text()
    for path in TEMPLATES.rglob("*.html")
}


def has_form(name, seen=frozenset()):
    text = TEXTS.get(name, "")
    parts = {part for part, _rest in INCLUDE.findall(text)} - seen
    return "{% csrf_token %}" in text or any(
        has_form(part, seen | {name}) for part in parts
    )


def test_parts_that_stand_alone_are_given_the_token_of_their_forms():
    assert any(map(has_form, TEXTS))
    without = [
        (name, part)
        for name, text in TEXTS.items()
        for part, rest in INCLUDE.findall(text)
        if rest.split()[-1:] == ["only"]
        and "csrf_token=csrf_token" not in rest
        and has_form(part)
    ]
    assert without == []
