"""What somebody asks for, from the parameters of the API or of the command (8.3)."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone

from engagement.metrics.counter import months
from engagement.metrics.counter.exceptions import Remark, Stopped
from engagement.metrics.counter.reports import Report

# Everybody's usage together (Table 3.f, "The World").
WORLD = "0000000000000000"
WHO = {"customer_id", "requestor_id", "api_key", "platform"}
DATES = {"begin_date", "end_date"}
# Filters that the standard has and leaves to us; and attributes.
NOT_OURS = {"attributed", "country_code", "subdivision_code"}
NOT_OURS_OF_ITEMS = {"item_id", "author"}
PARTS = {"include_parent_details", "include_component_details"}
YEARS = re.compile(r"\d{4}(-\d{4})?")


@dataclass
class Asked:
    """Full months, both in. `filters` and `attributes` are those that are applied;
    `remarks` say what was left out, and why."""

    report: Report
    first: date
    last: date
    filters: dict[str, list[str]] = field(default_factory=dict)
    attributes: list[str] = field(default_factory=list)
    platform: str = ""
    with_parents: bool = False
    remarks: list[Remark] = field(default_factory=list)


def check_customer(given: Mapping[str, str]) -> None:
    """Raises Stopped: there is one customer, the world, and it needs no key."""
    if not (customer := given.get("customer_id", "")):
        raise Stopped(1030, f"customer_id is missing; that of everybody is {WORLD}.")
    if customer != WORLD:
        raise Stopped(2010, f"There is one customer_id, {WORLD}: the global report.")


def read(report: Report, given: Mapping[str, str]) -> Asked:
    """Raises Stopped where there can be no report."""
    check_customer(given)
    asked = _dates(report, given)
    unknown = [name for name in given if name not in _known(report)]
    if unknown:
        asked.remarks.append(Remark(3050, ", ".join(sorted(unknown))))
    _filters(asked, given)
    if not report.fixed:
        _attributes(asked, given)
    return asked


def _known(report: Report) -> set[str]:
    if report.fixed:
        return WHO | DATES
    filters = {name.lower() for name in report.filters}
    shared = WHO | DATES | filters | NOT_OURS | {"attributes_to_show", "granularity"}
    return shared | NOT_OURS_OF_ITEMS | PARTS if report.is_of_items else shared


def _dates(report: Report, given: Mapping[str, str]) -> Asked:
    if missing := sorted(name for name in DATES if not given.get(name)):
        raise Stopped(1030, f"Missing: {', '.join(missing)}.")
    first = _month("begin_date", given["begin_date"], 1)
    last = _month("end_date", given["end_date"], -1)
    this_month = timezone.localdate().replace(day=1)
    if last < first:
        raise Stopped(3020, "end_date is before begin_date.")
    if first >= this_month:
        raise Stopped(3020, "begin_date is in this month or later.")
    asked = Asked(report, first, last)
    _trim(asked)
    return asked


def _month(name: str, words: str, day: int) -> date:
    """The first day of the month, or the last."""
    form = "yyyy-mm, or yyyy-mm-dd for the first or last day of a month"
    if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", words):
        raise Stopped(3020, f"{name} is not {form}.")
    try:
        start = date.fromisoformat(f"{words[:7]}-01")
    except ValueError:
        raise Stopped(3020, f"{name}: there is no such month.") from None
    wanted = start if day == 1 else _end(start)
    if words[7:] and words != wanted.isoformat():
        raise Stopped(3020, f"{name} is not {form}.")
    return wanted


def _trim(asked: Asked) -> None:
    """To the months that are counted and over; the header says what is left out."""
    known = months.available()
    if asked.last > known.last:
        words = f"usage is only available to {known.last:%Y-%m}"
        asked.remarks.append(Remark(3031, words))
        asked.last = max(known.last, _end(asked.first))
    if asked.first < known.first:
        words = f"usage is only available from {known.first:%Y-%m}"
        asked.remarks.append(Remark(3032, words))
        asked.first = min(known.first, asked.last.replace(day=1))


def _end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _filters(asked: Asked, given: Mapping[str, str]) -> None:
    if asked.report.fixed:
        asked.filters = {name: list(one) for name, one in asked.report.fixed.items()}
    wrong = list((NOT_OURS | NOT_OURS_OF_ITEMS) & given.keys())
    for name, allowed in asked.report.filters.items():
        if words := given.get(name.lower(), ""):
            good, bad = _sorted(words.split("|"), allowed)
            wrong += [f"{name.lower()}={one}" for one in bad]
            if good:
                asked.filters[name] = good
    if platform := given.get("platform", ""):
        if platform == settings.COUNTER_PLATFORM:
            asked.platform = platform
        else:
            wrong.append(f"platform={platform}")
    known = _known(asked.report)
    wrong = [one for one in wrong if one.partition("=")[0] in known]
    if wrong:
        asked.remarks.append(Remark(3060, ", ".join(sorted(wrong))))


def _sorted(words: list[str], allowed: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """(those that are values, those that are not)."""
    good = [w for w in words if (w in allowed if allowed else YEARS.fullmatch(w))]
    return list(dict.fromkeys(good)), [word for word in words if word not in good]


def _attributes(asked: Asked, given: Mapping[str, str]) -> None:
    wrong = []
    if words := given.get("attributes_to_show", ""):
        good, bad = _sorted(words.split("|"), asked.report.attributes)
        asked.attributes = [one for one in asked.report.attributes if one in good]
        wrong += [f"attributes_to_show={one}" for one in bad]
    # Totals without months are optional (8.3), and have no form in JSON.
    if given.get("granularity", "Month") != "Month":
        wrong.append(f"granularity={given['granularity']}")
    if asked.report.is_of_items:
        wrong += _parts(asked, given)
    if wrong:
        asked.remarks.append(Remark(3062, ", ".join(wrong)))


def _parts(asked: Asked, given: Mapping[str, str]) -> list[str]:
    values = {name: given[name] for name in sorted(PARTS & given.keys())}
    asked.with_parents = values.get("include_parent_details") == "True"
    if values.get("include_component_details") == "True":
        asked.remarks.append(Remark(3063))
    return [f"{n}={v}" for n, v in values.items() if v not in {"True", "False"}]
