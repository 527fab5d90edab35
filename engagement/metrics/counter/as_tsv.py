"""A report as a table with tabs between (3.2): 13 rows of header, one blank, the body."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings

from engagement.metrics.counter import as_json, form, months
from engagement.metrics.counter.asking import Asked
from engagement.metrics.counter.usage import Line, lines
from engagement.metrics.items import Item

# Months have English names, whatever the language of the reader.
NAMES = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
DETAILS = ("Authors", "Publication_Date", "Article_Version")
PARENT = [
    "Title",
    "Authors",
    "Publication_Date",
    "Article_Version",
    "Data_Type",
    "DOI",
    "Proprietary_ID",
    "ISBN",
    "Print_ISSN",
    "Online_ISSN",
    "URI",
]
IDENTIFIERS = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI")


def report(asked: Asked) -> str:
    found = lines(asked)
    body = list(_body(asked, found))
    rows = [*_header(asked, empty=not body), [], _headings(asked), *body]
    return "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(text: object) -> str:
    """No character that would begin another."""
    return " ".join(str(text).split())


def _header(asked: Asked, *, empty: bool) -> list[list[str]]:
    remarks = [*asked.remarks, *(as_json.nothing(asked) if empty else [])]
    filters = {n: "|".join(v) for n, v in asked.filters.items() if n != "Metric_Type"}
    if asked.platform:
        filters["Platform"] = asked.platform
    attributes = {}
    if asked.attributes:
        attributes["Attributes_To_Show"] = "|".join(asked.attributes)
    if asked.with_parents:
        attributes["Include_Parent_Details"] = "True"
    period = {"Begin_Date": f"{asked.first}", "End_Date": f"{asked.last}"}
    return [
        ["Report_Name", asked.report.name],
        ["Report_ID", asked.report.id],
        ["Release", form.RELEASE],
        ["Institution_Name", "The World"],
        ["Institution_ID", form.institution()],
        ["Metric_Types", "; ".join(asked.filters.get("Metric_Type", ()))],
        ["Report_Filters", _pairs(filters)],
        ["Report_Attributes", _pairs(attributes)],
        ["Exceptions", "; ".join(remark.as_text() for remark in remarks)],
        ["Reporting_Period", _pairs(period)],
        ["Created", form.created()],
        ["Created_By", settings.COUNTER_PLATFORM],
        ["Registry_Record", settings.COUNTER_REGISTRY_RECORD],
    ]


def _pairs(found: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in found.items())


def _headings(asked: Asked) -> list[str]:
    shown = [name for name in asked.attributes if name not in DETAILS]
    tail = ["Data_Type", *shown, "Metric_Type", "Reporting_Period_Total"]
    names = [f"{NAMES[m.month - 1]}-{m.year}" for m in _months(asked)]
    if not asked.report.is_of_items:
        return ["Platform", *tail, *names]
    details = [name for name in DETAILS if name in asked.attributes]
    parent = [f"Parent_{name}" for name in PARENT] if asked.with_parents else []
    head = ["Item", "Publisher", "Publisher_ID", "Platform", *details, *IDENTIFIERS]
    return [*head, *parent, *tail, *names]


def _months(asked: Asked) -> list[date]:
    return months.between(asked.first, asked.last)


def _body(asked: Asked, found: Sequence[Line]) -> Iterator[list[str]]:
    for line in found:
        start = _start(asked, line)
        for metric, counts in line.performance.items():
            numbers = [counts.get(month, 0) for month in _months(asked)]
            yield [*start, metric, str(sum(numbers)), *map(str, numbers)]


def _start(asked: Asked, line: Line) -> list[str]:
    """What describes the thing, before its metrics."""
    attributes = list(line.attributes.values())
    platform = str(settings.COUNTER_PLATFORM)
    if (item := line.item) is None:
        return [platform, *attributes]
    details = _details(item)
    ids = form.identifiers(item, line.kind or "", line.number)
    parent = _parent(item.parent) if asked.with_parents else []
    return [
        *(item.title, form.publisher(item), "", platform),
        *(details[name] for name in DETAILS if name in asked.attributes),
        *_ids(ids),
        *parent,
        *attributes,
    ]


def _details(item: Item) -> dict[str, str]:
    names = [
        f"{one.name} (ORCID:{one.orcid})" if one.orcid else one.name
        for one in form.authors(item)
    ]
    return {
        "Authors": "; ".join(names),
        "Publication_Date": item.published.isoformat() if item.published else "",
        "Article_Version": "",
    }


def _ids(found: dict[str, str]) -> list[str]:
    return [found.get(name.removesuffix("_ID"), "") for name in IDENTIFIERS]


def _parent(item: Item | None) -> list[str]:
    if item is None:
        return [""] * len(PARENT)
    return [item.title, "", "", "", item.data_type, *_ids(form.identifiers(item))]
