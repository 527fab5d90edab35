"""English words of offices, and what is plainer. There is no such list for Welsh here,
and a list turned from English into Welsh would not be one."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsletters.checking.findings import WARN, Finding
from newsletters.checking.loading import Loaded

PLAINER = {
    "utilise": "use",
    "utilised": "used",
    "utilisation": "use",
    "facilitate": "help",
    "leverage": "use",
    "commence": "begin",
    "commenced": "began",
    "endeavour": "try",
    "ascertain": "find out",
    "disseminate": "share",
    "dissemination": "sharing",
    "methodology": "method",
    "methodologies": "methods",
    "operationalise": "put into practice",
    "granularity": "detail",
    "granular": "detailed",
    "cross-cutting": "across subjects",
    "going forward": "from now on",
    "in order to": "to",
    "in respect of": "about",
    "with regard to": "about",
    "prior to": "before",
    "subsequent to": "after",
    "a range of": "several",
    "key stakeholders": "those concerned",
    "stakeholders": "those concerned",
    "synergy": "working together",
    "paradigm": "pattern",
    "robustness": "soundness",
    "triangulate": "compare",
    "statistically significant": "unlikely to be chance",
    "confidence interval": "range of doubt",
    "longitudinal": "over the years",
    "spatial": "by area",
}
FOUND = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, PLAINER), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)


def check(loaded: Loaded) -> Iterator[Finding]:
    for text, lang, read in loaded.written():
        if lang != "en":
            continue
        for words in dict.fromkeys(map(str.lower, FOUND.findall(read.text))):
            sentence = _("“%(words)s”: plainer would be “%(plainer)s”.")
            named = {"words": words, "plainer": PLAINER[words]}
            yield text.found("words.jargon", WARN, sentence % named, lang)
