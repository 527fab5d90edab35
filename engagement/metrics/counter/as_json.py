"""A report in JSON, in the form of COUNTER's API (5.1, 8)."""

from collections import defaultdict
from typing import Any

from django.conf import settings

from engagement.metrics.counter import form
from engagement.metrics.counter.asking import Asked
from engagement.metrics.counter.exceptions import Remark
from engagement.metrics.counter.usage import Line, Performance, lines
from engagement.metrics.items import Item

Json = dict[str, Any]


def report(asked: Asked) -> Json:
    found = lines(asked)
    items = _items(asked, found) if asked.report.is_of_items else _platform(found)
    remarks = asked.remarks if items else [*asked.remarks, *nothing(asked)]
    return {"Report_Header": _header(asked, remarks), "Report_Items": items}


def nothing(asked: Asked) -> list[Remark]:
    """Why it is empty, unless a month that is missing says so (3030)."""
    codes = {remark.code for remark in asked.remarks}
    return [] if codes & {3031, 3032} else [Remark(3030)]


def _header(asked: Asked, remarks: list[Remark]) -> Json:
    header: Json = {
        "Report_Name": asked.report.name,
        "Report_ID": asked.report.id,
        "Release": form.RELEASE,
        "Institution_Name": "The World",
        "Institution_ID": {"Proprietary": [form.institution()]},
        "Report_Filters": {
            "Begin_Date": asked.first.isoformat(),
            "End_Date": asked.last.isoformat(),
            **asked.filters,
            **({"Platform": asked.platform} if asked.platform else {}),
        },
        "Created": form.created(),
        "Created_By": settings.COUNTER_PLATFORM,
        "Registry_Record": settings.COUNTER_REGISTRY_RECORD,
    }
    if attributes := _attributes(asked):
        header["Report_Attributes"] = attributes
    if remarks:
        header["Exceptions"] = [remark.as_json() for remark in remarks]
    return header


def _attributes(asked: Asked) -> Json:
    found: Json = {}
    if asked.attributes:
        found["Attributes_To_Show"] = asked.attributes
    if asked.with_parents:
        found["Include_Parent_Details"] = "True"
    return found


def _platform(found: list[Line]) -> list[Json]:
    performance = [_usage(line) for line in found if line.performance]
    if not performance:
        return []
    return [
        {
            "Platform": settings.COUNTER_PLATFORM,
            "Attribute_Performance": performance,
        }
    ]


def _usage(line: Line) -> Json:
    return {**line.attributes, "Performance": _counts(line.performance)}


def _counts(performance: Performance) -> Json:
    return {
        metric: {f"{month:%Y-%m}": count for month, count in counts.items()}
        for metric, counts in performance.items()
    }


def _items(asked: Asked, found: list[Line]) -> list[Json]:
    """All of one parent together (5.1); those without one too."""
    by_parent: dict[Item | None, list[Json]] = defaultdict(list)
    for line in found:
        if line.performance and line.item:
            parent = line.item.parent if asked.with_parents else None
            by_parent[parent].append(_item(asked, line, line.item))
    return [{**_parent(one), "Items": items} for one, items in by_parent.items()]


def _parent(item: Item | None) -> Json:
    if item is None:
        return {}
    return {
        "Title": item.title,
        "Data_Type": item.data_type,
        "Item_ID": form.identifiers(item),
    }


def _item(asked: Asked, line: Line, item: Item) -> Json:
    found: Json = {
        "Item": item.title,
        "Publisher": form.publisher(item),
        "Platform": settings.COUNTER_PLATFORM,
        "Item_ID": form.identifiers(item, line.kind or "", line.number),
        "Attribute_Performance": [_usage(line)],
    }
    if "Authors" in asked.attributes and item.authors:
        found["Authors"] = [
            {"Name": one.name, **({"ORCID": one.orcid} if one.orcid else {})}
            for one in form.authors(item)
        ]
    if "Publication_Date" in asked.attributes and item.published:
        found["Publication_Date"] = item.published.isoformat()
    return found
