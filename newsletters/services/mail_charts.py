"""The pictures of charts in mails, which know no SVG.

An address holds the whole chart, signed: no row is asked, so a mail that was sent keeps
its charts whatever becomes of the text, and nobody can have others drawn here.
"""

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.urls import reverse

from engagement.core import markup
from engagement.core.charts import Bar

# Some mail programs cut off longer addresses. Such a chart is a table alone.
LONGEST = 1900
SIGNER = signing.Signer(salt="dolen.chart")


def addresses(text: str) -> Callable[[int], str] | None:
    """The addresses of the charts of `text` by their numbers, as `markup.mail` asks for
    them; None where it has none, one of them would be too long, or none can be drawn here."""
    found = [_address(drawn) for drawn in markup.charts(text)]
    if not found or not markup.can_draw() or max(map(len, found)) > LONGEST:
        return None
    return found.__getitem__


def drawn(code: str) -> bytes:
    """The chart that an address holds, as PNG. Raises signing.BadSignature, and
    FileNotFoundError where none can be drawn."""
    title, about, heads, bars = SIGNER.unsign_object(code)
    kept = [Bar(label, value, shown) for label, value, shown in bars]
    return markup.png(markup.Drawing(title, about, tuple(heads), kept))


def _address(chart: markup.Drawing | None) -> str:
    if chart is None:
        return ""
    bars = [(str(bar.label), bar.value, bar.shown) for bar in chart.bars]
    held = [chart.title, chart.about, chart.heads, bars]
    code = SIGNER.sign_object(held, compress=True)
    return settings.SITE_URL + reverse("newsletter_chart", args=[code])
