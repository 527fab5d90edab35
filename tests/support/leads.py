"""Where the figures of a page lead: read out of its HTML."""

import re
from html import unescape
from typing import NamedTuple

LINK = re.compile(r'<a href="([^"]+)">(.*?)</a>', re.DOTALL)
STAT = re.compile(r'<div class="stat">.*?</div>', re.DOTALL)
TABLE = re.compile(
    r'<div class="table-wrap".*?(?=<div class="table-wrap"|<h2|<h3|$)', re.DOTALL
)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
NUMBER = re.compile(r'<td class="number[^"]*">([^<]*)</td>')


class Figure(NamedTuple):
    """`definition` and `rows` are addresses, "" where there is none; `number` is the
    first one in it, None where it is hidden, or is a part of what the links below the
    table are of."""

    html: str
    definition: str
    rows: tuple[str, ...]
    number: int | None
    names: tuple[str, ...]


def stats(html):
    return [_figure(found) for found in STAT.findall(html)]


def rows(html):
    """Of the tables of a report: each row, with the links below its table where the whole
    table is of one figure."""
    found = []
    for table in TABLE.findall(html):
        head, _body, rest = table.partition("<tbody>")
        body, _end, below = rest.partition("</tbody>")
        if 'class="number"' in head:
            for row in ROW.findall(body):
                alone = _figure(row)
                found.append(
                    alone if alone.definition else _figure(below)._replace(html=row)
                )
    return found


def _figure(html):
    links = [(unescape(address), _words(text)) for address, text in LINK.findall(html)]
    definitions = [address for address, _name in links if "/methods/#" in address]
    behind = tuple(a for a, _name in links if "/figures/" in a or "days=1" in a)
    first = NUMBER.search(html)
    digits = first[1].replace(",", "") if first else ""
    return Figure(
        html,
        definitions[0] if definitions else "",
        behind,
        int(digits) if digits.isdigit() else None,
        tuple(name for _address, name in links),
    )


def _words(html):
    return " ".join(re.sub(r"<[^>]+>", "", unescape(html)).split())
