"""How long an edition was public in one language before it was in the other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics.registry import During, Reading, Row
from engagement.metrics.rows import Line, Rows
from engagement.outputs.models import Edition, File, Output

# As for articles: what comes within a day came together.
TOGETHER, MONTH = timedelta(days=1), timedelta(days=30)
LATER = {
    "welsh": _("Welsh later, by up to 30 days"),
    "welsh_late": _("Welsh later, by more than 30 days"),
    "no_welsh": _("No Welsh file yet"),
    "english": _("English later, or not there yet"),
}
# When the first file in a language was public, by language.
Moments = dict[str, datetime]


def measure(study_id: int, during: During | None = None) -> Reading:
    """Those with a language that came later, of the editions that are out; of a time,
    those that came out in it."""
    found = Counter(map(_later, _moments(study_id, during).values()))
    return Reading(
        value=sum(found[key] for key in LATER),
        base=found.total(),
        rows=tuple(Row(LATER[key], found[key], key) for key in LATER if found[key]),
    )


def _one_first(study_id: int, during: During | None = None) -> QuerySet[Edition]:
    """Those that `measure` counts."""
    found = _moments(study_id, during)
    late = [pk for pk, moments in found.items() if _later(moments)]
    rows = Edition.objects.filter(pk__in=late).select_related("output")
    return rows.order_by("output__slug", "number")


def _lines(rows: Sequence[Edition]) -> Iterable[Line]:
    for one in rows:
        cells = (shown(one.output, "title"), one.number, one.published_at)
        yield Line(cells, one.get_absolute_url())


ROWS = Rows((_("Output"), _("Edition"), _("Published")), _one_first, _lines)


def _moments(study_id: int, during: During | None) -> dict[int, Moments]:
    """Of each edition. What a correction replaced was there first, and counts."""
    out = Edition.objects.published().filter(
        output__study=study_id, output__in=Output.objects.citable()
    )
    if during:
        out = out.filter(published_at__gte=during[0], published_at__lt=during[1])
    found: dict[int, Moments] = {}
    files = File.objects.filter(edition__in=out).order_by()
    for edition, language, added_at, published_at in files.values_list(
        "edition", "language", "added_at", "edition__published_at"
    ):
        moments = found.setdefault(edition, {})
        public_at = max(added_at, published_at or added_at)
        for lang in ("en", "cy") if language == File.Language.BOTH else (language,):
            moments[lang] = min(moments.get(lang, public_at), public_at)
    return found


def _later(moments: Moments) -> str:
    """One of LATER, or "" where both came together."""
    if "cy" not in moments:
        return "no_welsh"
    if "en" not in moments:
        return "english"
    lag = moments["cy"] - moments["en"]
    if lag > TOGETHER:
        return "welsh" if lag <= MONTH else "welsh_late"
    return "english" if -lag > TOGETHER else ""
