"""The forms in which a citation is given out, by the ending of its address."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.outputs.citations import Cited, bibtex, csl, harvard, json_ld, ris


class Form(NamedTuple):
    name: str | Promise
    content_type: str
    write: Callable[[Cited], str]


FORMS = {
    "bib": Form("BibTeX", "application/x-bibtex", bibtex.write),
    "ris": Form("RIS", "application/x-research-info-systems", ris.write),
    "json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", csl.write),
    "txt": Form(_("Plain text"), "text/plain", harvard.write),
    "jsonld": Form("JSON-LD", "application/ld+json", json_ld.write),
}
