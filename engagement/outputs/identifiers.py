"""Numbers that name a publication or its author. Their last digit is worked out from the
others, so that a slip of the finger shows. Each function gives the one spelling that is
kept, "" for "", and raises NoSuchNumber with the reason."""

import re

from django.utils.translation import gettext as _
from stdnum import isbn as isbns
from stdnum import isni
from stdnum import issn as issns
from stdnum.exceptions import InvalidChecksum, ValidationError

from engagement.core.errors import Refused

# What libraries and Crossref take (the DOI Handbook, 2.2, sets no more).
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ORCID_ADDRESS = re.compile(r"^https?://(?:www\.)?orcid\.org/", re.IGNORECASE)


class NoSuchNumber(Refused):
    """The digits, or how many there are, are wrong."""


def isbn(text: str) -> str:
    """ISO 2108: of 10 or of 13 digits, in groups."""
    try:
        return isbns.format(isbns.validate(text)) if text else ""
    except InvalidChecksum as error:
        raise NoSuchNumber(_("One digit of the ISBN is wrong.")) from error
    except ValidationError as error:
        raise NoSuchNumber(_("An ISBN has 10 or 13 digits.")) from error


def issn(text: str) -> str:
    """ISO 3297: "0317-8471"."""
    try:
        return issns.format(issns.validate(text)) if text else ""
    except InvalidChecksum as error:
        raise NoSuchNumber(_("One digit of the ISSN is wrong.")) from error
    except ValidationError as error:
        raise NoSuchNumber(_("An ISSN has 8 digits, such as 0317-8471.")) from error


def orcid(text: str) -> str:
    """ISO 27729, which ORCID is a part of, with the check of ISO/IEC 7064, MOD 11-2."""
    if not text:
        return ""
    try:
        digits = isni.validate(ORCID_ADDRESS.sub("", text.strip()).strip("/"))
    except InvalidChecksum as error:
        raise NoSuchNumber(_("One digit of the ORCID is wrong.")) from error
    except ValidationError as error:
        raise NoSuchNumber(
            _("An ORCID has 16 digits, such as 0000-0002-1825-0097.")
        ) from error
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def doi(text: str) -> str:
    """ISO 26324: "10.1000/182", without the address in front of it."""
    found = DOI_ADDRESS.sub("", text.strip())
    if found and not DOI.fullmatch(found):
        raise NoSuchNumber(_("A DOI is like 10.1000/182."))
    return found
