"""The report as a PDF: its structure, its words, and that the same data makes it anew."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import pairwise

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from engagement.audit.models import Entry
from engagement.reports import gathering, pages, periods
from engagement.reports.models import Report
from engagement.reports.services import report_pdf, reports
from tests.support.pdf_reading import elements, outline
from tests.support.reported import aim, come, read

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture
def data(study):
    study.title_cy = "Mynegai: dŵr a thŷ"
    study.save()
    come(study, "academic", 14, stayed_away=6)
    come(study, "voluntary", 2, days_ago=20)
    come(study, "private", 9, stayed_away=11, days_ago=110)
    aim(study, "local_authority", bodies=22)
    read(study, *"abcdef")
    return gathering.documents(study, periods.usual(study, "quarter", timezone.now()))


def opened(data, lang):
    made = report_pdf.make(data[lang], gathering.digest(data))
    return pypdf.PdfReader(BytesIO(made.content))


def words(reader):
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.mark.slow
def test_its_structure_is_that_of_the_newsletters_documents(data):
    reader = opened(data, "cy")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "cy"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Adroddiad effaith: Mynegai: dŵr a thŷ"
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert re.search(r"pdfuaid:part[=>\"']+1", xmp)
    found = list(elements(reader))
    levels = [int(tag[2]) for tag, _node in found if re.match("/H[1-6]", tag)]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    figures = [node["/Alt"] for tag, node in found if tag == "/Figure"]
    assert len(figures) >= 4
    assert all(figures)
    heads = {node["/A"]["/Scope"] for tag, node in found if tag == "/TH"}
    assert heads == {"/Column", "/Row"}
    titles = list(outline(reader.outline))
    assert titles[0] == "Adroddiad effaith"
    assert {"Cyrhaeddiad", "Bylchau", "Yr hyn sy'n gudd"} <= set(titles)
    assert 8 <= len(reader.pages) <= 12
    text = words(reader)
    assert "dŵr a thŷ" in text
    assert gathering.digest(data) in text.replace("\n", "")


@pytest.mark.slow
def test_the_same_data_makes_the_same_bytes_whenever(data, time_machine):
    first = report_pdf.make(data["en"], "0").content
    time_machine.move_to(timezone.now() + timedelta(days=400))
    again = report_pdf.make(data["en"], "0").content
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
    other = {**data["en"], "cut_off": "2026-01-01T00:00:00+00:00"}
    assert report_pdf.make(other, "0").content != first


@pytest.mark.slow
def test_a_worker_makes_it_in_both_languages_and_keeps_it(study, data):
    days = {"since": timezone.localdate() - timedelta(days=80)}
    report = reports.ask(by=None, study=study, until=timezone.localdate(), **days)
    reports.make(report.pk)
    report.refresh_from_db()
    assert (report.state, report.done) == ("done", reports.STEPS)
    assert report.digest == gathering.digest(report.data)
    for lang in ("en", "cy"):
        with getattr(report, f"file_{lang}").open("rb") as file:
            content = file.read()
        assert hashlib.sha256(content).hexdigest() == getattr(report, f"sha256_{lang}")
        kept = report_pdf.make(
            report.data[lang], report.digest, address=reports._address(report, lang)
        )
        assert kept.content == content, "Made anew from the data alone."
    assert Entry.objects.filter(action="report.made").get().detail == {
        "digest": report.digest
    }
    reports.make(report.pk)
    assert Report.objects.get().made_at == report.made_at


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_no_number_of_the_summary_is_in_no_table(data, lang):
    with translation.override(lang):
        shown = {
            number
            for table in pages.tables(data[lang])
            for row in table.shown()
            for cell in row
            for number in NUMBER.findall(cell)
        }
    said = " ".join(
        sentence for part in data[lang]["summary"] for sentence in part["sentences"]
    ).replace("95%", "")
    found = set(NUMBER.findall(said))
    assert len(found) > 5
    assert found <= shown, found - shown


def test_the_log_says_what_is_hidden_and_not_what_is_in_it(data):
    log = data["en"]["hidden"]
    rows = {(one["table"], one["row"]) for one in log}
    assert ("Attendance by sector", "Voluntary sector") in rows
    assert all(set(one) == {"table", "row", "columns"} for one in log)
    assert not any(re.search(r"\d", one["columns"]) for one in log)


def test_nobody_is_named_in_what_is_frozen(study, data):
    text = str(data)
    for row in study.events.all():
        for registration in row.registrations.all():
            assert registration.email not in text
            assert f"'{registration.name}'" not in text


def run(**options):
    out = StringIO()
    known = {"study": "wimd", "since": "2011-01-01", "until": "2011-03-31"}
    call_command("impact_report", stdout=out, **known | options)
    return out.getvalue()


@pytest.mark.slow
def test_from_the_command_line(study, tmp_path):
    path = tmp_path / "report.pdf"
    said = run(lang="cy", out=str(path))
    reader = pypdf.PdfReader(path)
    assert "1 Ionawr 2011" in words(reader)
    assert f"{len(reader.pages)} pages, data " in said


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"study": "none"}, "--study"),
        ({"since": "2011-02-30"}, "--from"),
        ({"until": "soon"}, "--to"),
        ({"until": "2010-12-31"}, "--to"),
        ({"since": "2999-01-01", "until": "2999-02-01"}, "--from"),
    ],
)
def test_what_is_wrong_is_named(study, tmp_path, options, named):
    with pytest.raises(CommandError, match=named) as raised:
        run(out=str(tmp_path / "a.pdf"), **options)
    assert raised.value.returncode == 2
    assert not list(tmp_path.glob("*.pdf"))
