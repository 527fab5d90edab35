"""The figures of a study, each with its base and what it means."""

from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/studies/wimd/metrics/"
PDF = "/en/studies/wimd/metrics.pdf"
TITLES = (
    "Subscribers",
    "Deliveries",
    "Undeliverable",
    "Readers of articles",
    "Registrations",
    "Attendance",
    "Downloads",
)


def page(client, url=URL, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def pdf(client, url=PDF):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def text(reader):
    return " ".join(page.extract_text() for page in reader.pages)


@pytest.mark.parametrize("url", [URL, PDF])
def test_only_those_who_sign_in_see_them(client, member_client, study, url):
    assert client.get(url).status_code == 302
    assert member_client.get(url).status_code == 200


@pytest.mark.parametrize("url", [URL, PDF])
def test_no_such_study_and_wrong_method(manager_client, study, url):
    page(manager_client, url.replace("wimd", "none"), status=404)
    assert manager_client.post(url).status_code == 405


def test_a_study_with_nothing_yet_shows_true_noughts(manager_client, study):
    html = page(manager_client)
    for title in TITLES:
        assert f">{title}</h2>" in html
    assert html.count("Base: 0.") == 15
    assert "at least 0, at most 0" in html
    assert "a full count, not a sample" in html
    assert "are hidden" not in html


def test_reading_is_a_range(manager_client, study):
    for hit_class, number in (("person", 6), ("proxy", 3), ("machine", 9)):
        for n in range(number):
            factories.make_hit(
                "article",
                1,
                study,
                at="2026-06-01T12:00Z",
                client=f"{hit_class[:4]}{n}",
                hit_class=hit_class,
            )
    factories.count_hits()
    html = page(manager_client)
    assert "at least 6, at most 9" in html
    assert "Reading and downloads are counted until" in html


def test_small_sectors_are_hidden_and_the_page_says_so(manager_client, study):
    newsletter = factories.make_newsletter(study=study)
    for sector, number in (("academic", 2), ("voluntary", 6), ("private", 7)):
        for _ in range(number):
            factories.make_subscription(
                newsletter=newsletter, person=factories.make_person(sector=sector)
            )
    html = page(manager_client)
    table = html.split("<tbody>")[1].split("</tbody>")[0]
    assert ">15<" in html
    assert table.count("hidden") == 2
    assert ">7<" in table
    assert "Counts of fewer than 5 people are hidden" in html


def test_welsh(manager_client, study):
    html = page(manager_client, "/cy/studies/wimd/metrics/")
    assert study.title_cy in html
    assert 'lang="cy"' in html


@pytest.mark.slow
def test_what_people_type_is_text(manager_client, study):
    study.title_en = study.abbreviation_en = "<script>x"
    study.save()
    assert "<script>x" not in page(manager_client)
    assert "<script>x" in text(pdf(manager_client))


@pytest.mark.slow
def test_the_pdf_is_tagged_titled_and_says_its_language(manager_client, study):
    reader = pdf(manager_client)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Metrics: WIMD"
    assert "Undeliverable" in text(reader)


@pytest.mark.slow
def test_the_welsh_pdf_has_its_letters(manager_client, study):
    study.title_cy = "Dŵr, tŷ a Ŵyn Ŷd"
    study.abbreviation_cy = "Tŷ Dŵr"
    study.save()
    reader = pdf(manager_client, "/cy/studies/wimd/metrics.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "cy"
    assert "Dŵr, tŷ a Ŵyn Ŷd" in text(reader)
    assert reader.metadata.title.endswith(": Tŷ Dŵr")
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("DejaVu" in font for font in fonts)


@pytest.mark.slow
def test_the_pdf_is_named_for_its_study_language_and_day(manager_client, study):
    name = manager_client.get(PDF)["Content-Disposition"]
    assert name.startswith('inline; filename="wimd-metrics-en-2')


@pytest.mark.slow
def test_the_demonstration(manager_client, django_assert_max_num_queries):
    call_command("load_demo", stdout=StringIO())
    with django_assert_max_num_queries(55):
        html = page(manager_client)
    assert ">253<" in html
    assert "78.3% of a base of 230" in html
    assert "Voluntary sector" in text(pdf(manager_client))
