"""Where each licence can be read, in the reader's language."""

from engagement.core import bilingual
from engagement.outputs.models import Output

_ARCHIVES = "https://www.nationalarchives.gov.uk/doc/open-government-licence"
_COMMONS = "https://creativecommons.org/licenses/by/4.0"
ADDRESSES = {
    Output.Licence.OGL: {
        "en": f"{_ARCHIVES}/version/3/",
        "cy": f"{_ARCHIVES}-cymraeg/version/3/",
    },
    Output.Licence.CC_BY: {"en": f"{_COMMONS}/", "cy": f"{_COMMONS}/deed.cy"},
}


def address(output: Output, lang: str | None = None) -> str:
    """ "" where there is none to read."""
    licence = Output.Licence(output.licence)
    return ADDRESSES.get(licence, {}).get(lang or bilingual.active(), "")
