"""A mail cut into pieces once, so that for each person only theirs are joined in.

The mail is composed with stand-ins as long as what takes their place. So quoted-printable
(RFC 2045) breaks its lines where it would have broken them, be it in the middle of a
token, and the joined message is byte for byte the one composed for that person alone.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from engagement.core import tokens
from engagement.mail.services import smtp
from newsletters.models import Issue
from newsletters.services import mail_headers, marks, objections, readings, rendering
from newsletters.services.mail_parts import OBJECTION, STAND_IN
from newsletters.services.rendering import Rendered

# Letters that quoted-printable leaves as they are; no author writes them in a row.
TOKEN = STAND_IN.ljust(rendering.TOKEN_LETTERS, "~")
READER = "0READER0".ljust(rendering.TOKEN_LETTERS, "~")
LETTER = "0LETTER0".ljust(rendering.TOKEN_LETTERS, "~")
OBJECT = OBJECTION.ljust(rendering.TOKEN_LETTERS, "~")
TO, NAME = "0RECIPIENT0", "0MESSAGE-ID0"
SOFT_BREAK = b"=\r\n"


class Blank(NamedTuple):
    """A place in the pieces, and which part of whose words goes there."""

    place: int
    what: str
    part: slice


@dataclass(frozen=True)
class Prepared:
    pieces: list[bytes]
    blanks: list[Blank]
    # Whether its links say who follows them, or only which mail they stand in.
    reader: bool = False
    letter: bool = False
    # Whether no line of it begins with a dot, which SMTP would double.
    dotless: bool = False
    # Whose mail it is.
    newsletter_id: int = 0

    def fill(self, *, recipient: str, token: str, name: str) -> bytes:
        """The mail to one person (RFC 5322); `token` is that of the delivery.

        Raises smtp.Rejected where mail cannot carry the address.
        """
        words = {
            TO: smtp.ascii_address(recipient).encode(),
            TOKEN: tokens.make(rendering.SCOPE, token).encode(),
            OBJECT: tokens.make(objections.SCOPE, token).encode(),
            NAME: name.encode(),
        }
        if self.reader:
            words[READER] = tokens.make(readings.SCOPE, token).encode()
        if self.letter:
            words[LETTER] = marks.word(self.newsletter_id).encode()
        pieces = self.pieces.copy()
        for place, what, part in self.blanks:
            pieces[place] = words[what][part]
        return b"".join(pieces)


def prepare(issue: Issue, language: str, *, mark: str = marks.MARK) -> Prepared:
    """The issue with `language` ("en" or "cy") first, for everybody who reads it so;
    `mark` is what their links carry: `marks.MARK`, `readings.MARK` for those who agreed
    that their reading is kept by name, or "" for those who object."""
    rendered = rendering.render(issue, language=language)
    prepared = cut(composed(issue, language, rendered, mark=mark))
    return replace(prepared, newsletter_id=issue.newsletter_id)


def composed(
    issue: Issue, language: str, rendered: Rendered, *, mark: str = marks.MARK
) -> bytes:
    """With stand-ins for what is a person's own."""
    named = mail_headers.of_person(to=TO, name=NAME, token=TOKEN)
    personal = rendered.for_token(TOKEN, BEHIND[mark], OBJECT)
    return rendering.composed(issue, language, personal, named)


def cut(mail: bytes) -> Prepared:
    pieces, blanks, end = [], [], 0
    for found in STAND_INS.finditer(mail):
        pieces.append(mail[end : found.start()])
        end, done, what = found.end(), 0, str(found.lastgroup)
        for number, part in enumerate(found[0].split(SOFT_BREAK)):
            if number:
                pieces.append(SOFT_BREAK)
            blanks.append(
                Blank(len(pieces), WORDS[what], slice(done, done + len(part)))
            )
            pieces.append(b"")
            done += len(part)
        # A token that is longer for once is whole all the same.
        blanks[-1] = blanks[-1]._replace(part=slice(blanks[-1].part.start, None))
    pieces.append(mail[end:])
    reader, letter = (
        any(blank.what == word for blank in blanks) for word in (READER, LETTER)
    )
    # What takes the places has no dot in front: a signed token, a key, "To: " before it.
    return Prepared(pieces, blanks, reader, letter, dotless=b"\r\n." not in mail)


def _anywhere(word: str) -> str:
    """A pattern for `word` however its line was broken."""
    return "(?:=\r\n)?".join(re.escape(letter) for letter in word)


WORDS = {
    "token": TOKEN,
    "objection": OBJECT,
    "reader": READER,
    "letter": LETTER,
    "to": TO,
    "name": NAME,
}
# What stands behind an address, by the mark.
BEHIND = {
    marks.MARK: f"?{marks.MARK}={LETTER}",
    readings.MARK: f"?{readings.MARK}={READER}",
    "": "",
}
STAND_INS = re.compile(
    "|".join(
        f"(?P<{group}>{_anywhere(word)})" for group, word in WORDS.items()
    ).encode()
)
