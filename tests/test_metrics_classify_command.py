"""manage.py classify_hits: hits of a table, classified as those of the site are."""

import json

import pytest
from django.core.management import CommandError, call_command

HEAD = "time,method,address,agent,headers,delivery,path"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36"
MOMENT = "2026-11-03T09:30:{:06.3f}Z"


def row(second=0, method="GET", address="192.0.2.1", agent=CHROME, **more):
    cells = [MOMENT.format(second), method, address, agent]
    cells += [more.get(name, "") for name in ("headers", "delivery", "path")]
    return ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells)


@pytest.fixture
def classified(tmp_path, capsys):
    def run(*rows, head=HEAD, words=("--json",)):
        path = tmp_path / "hits.csv"
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        call_command("classify_hits", str(path), *words)
        return capsys.readouterr().out

    return run


def classes(out):
    return [(one["class"], one["rule"]) for one in json.loads(out)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ("person", "none of the others")),
        ({"agent": "gptBOT/1.0"}, ("machine", "AI crawler")),
        ({"agent": ""}, ("machine", "no user agent")),
        ({"agent": "Mozilla/5.0"}, ("proxy", "mail proxy")),
        ({"method": "HEAD"}, ("machine", "not a GET")),
        ({"headers": "Sec-Purpose: prefetch;prerender"}, ("suspect", "prefetch")),
        ({"headers": "sec-purpose: PREFETCH"}, ("suspect", "prefetch")),
        ({"headers": '{"X-Moz": "prefetch"}'}, ("suspect", "prefetch")),
        ({"headers": "DNT: 1; Sec-Fetch-Mode: cors"}, ("suspect", "by a script")),
        (
            {"headers": "Accept-Language: cy,en;q=0.5|Sec-Fetch-Mode: navigate"},
            ("person", "none of the others"),
        ),
    ],
)
def test_each_row_by_itself(classified, fields, found):
    assert classes(classified(row(**fields))) == [found]


def test_a_burst_and_the_opening_before_it(classified):
    rows = [row(2 + n, delivery="d1", path=f"/a/{n}/") for n in (0, 0.5, 2)]
    reader = [row(2 + n, delivery="d2", path=f"/a/{n}/") for n in (0, 0.5, 2.1)]
    out = classified(
        *(rows[2], rows[0]),
        row(0, agent="Mozilla/5.0", delivery="d1", path="/opened/"),
        rows[1],
        *(line.replace("192.0.2.1", "192.0.2.2") for line in reader),
    )
    assert [one["row"] for one in json.loads(out)] == list(range(2, 9))
    assert (
        classes(out)
        == [("machine", "burst")] * 4 + [("person", "none of the others")] * 3
    )


def test_the_columns_may_be_in_any_order_and_others_beside_them(classified):
    head = "label,PATH,delivery,headers,agent,address,method,time"
    out = classified(f"x,/a/,,,curl/8,192.0.2.1,get,{1_700_000_000.5}", head=head)
    assert classes(out) == [("machine", "HTTP library")]


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        ([row()], HEAD.replace("agent", "browser"), "Row 1: there is no column agent."),
        ([row().replace("09:30", "9.30")], HEAD, "Row 2, column time: "),
        ([row(), row(method="G T")], HEAD, "Row 3, column method: 'G T' "),
        ([row(headers="prefetch")], HEAD, "Row 2, column headers: 'prefetch' "),
        ([row(headers="{")], HEAD, "Row 2, column headers: "),
        ([row(headers="[1]")], HEAD, "Row 2, column headers: "),
        ([f"{row()},more"], HEAD, "Row 2: it has 8 cells, the first row 7."),
        (['"'], HEAD, "Row 2: unexpected end of data."),
    ],
)
def test_what_is_wrong_names_its_row_and_column(classified, rows, head, said):
    with pytest.raises(CommandError) as refused:
        classified(*rows, head=head)
    assert str(refused.value).startswith(said)
    assert refused.value.returncode == 2


def test_without_json_it_is_a_table(classified):
    lines = classified(row(), row(agent="-"), words=()).splitlines()
    assert lines[1:] == [
        "     2  person   none of the others",
        "     3  machine  no user agent",
    ]
    assert json.loads(classified()) == []


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "hits.csv"
    if content:
        path.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        call_command("classify_hits", str(path))
    assert refused.value.returncode == 2
