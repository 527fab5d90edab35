"""Small numbers of people: who they are could be told."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsletters.checking.findings import WARN, Finding
from newsletters.checking.loading import Loaded

EN = re.compile(
    r"\b(?:[1-4]|one|two|three|four)\s+(?:of the\s+)?(?:[a-z]+\s+)?"
    r"(?:people|persons?|respondents?|households?|children|child|patients?|pupils?|"
    r"participants?|interviewees?|women|woman|men|man|residents?|families|family|"
    r"officers?|officials?|individuals?|claimants?)\b",
    re.IGNORECASE,
)
CY = re.compile(
    r"\b(?:[1-4]|un|dau|ddau|dwy|ddwy|tri|dri|thri|tair|dair|thair|pedwar|bedwar|"
    r"phedwar|pedair|bedair|phedair)\s+(?:o\s+(?:'r\s+)?|o'r\s+)?"
    r"(?:b?pobl|bobl|phobl|berson|person|pherson|bersonau|ymateb(?:ydd|wyr)|"
    r"atebwr|atebwyr|plentyn|blentyn|phlentyn|blant|plant|phlant|cyfranogwyr?|"
    r"gyfranogwyr?|chyfranogwyr?|teulu|deulu|theulu|deuluoedd|aelwyd(?:ydd)?|"
    r"menyw(?:od)?|fenyw(?:od)?|dyn(?:ion)?|ddyn(?:ion)?|claf|glaf|chlaf|gleifion|"
    r"disgybl(?:ion)?|ddisgybl(?:ion)?|swyddog(?:ion)?|unigolyn|unigolion)\b",
    re.IGNORECASE,
)
FORMS = {"en": EN, "cy": CY}
FEW = {"1", "2", "3", "4"}


def check(loaded: Loaded) -> Iterator[Finding]:
    for text, lang, read in loaded.written():
        for match in FORMS[lang].finditer(read.text):
            sentence = _("“%(words)s”: so few that somebody may know who they are.")
            named = {"words": match.group()}
            yield text.found("small.numbers", WARN, sentence % named, lang)
        if few := [cell for cell in read.cells if cell in FEW]:
            sentence = _(
                "A table has figures under 5 (%(cells)s): if they count people, "
                "somebody may know who they are."
            )
            named = {"cells": ", ".join(few)}
            yield text.found("small.cells", WARN, sentence % named, lang)
