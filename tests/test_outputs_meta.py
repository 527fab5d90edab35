"""What an output's page says to programs: tags, typed links, a set of links."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from engagement.outputs.models import Correction, Edition, File, Output
from tests.factories import make_file, make_output
from tests.factories.outputs import WITHDRAWN
from tests.test_events_schema import Microdata

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOME = "http://127.0.0.1:8000"
ORCID = "https://orcid.org/0000-0002-1825-0097"


class Tags(HTMLParser):
    """[(name, content, lang)] of the page's meta tags, and its links."""

    def __init__(self):
        super().__init__()
        self.meta, self.links = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "meta" and "name" in given:
            self.meta.append((given["name"], given["content"], given.get("lang")))
        if tag == "link" and "rel" in given:
            self.links.append((given["rel"], given["href"], given.get("hreflang")))


@pytest.fixture
def output(study):
    output = make_output(
        slug="ranks",
        status="published",
        published_at=DAY,
        title_en='Ranks & "files"',
        title_cy="Safleoedd",
        summary_en="In *short*",
        authors=["Rees, Bob, 0000-0002-1825-0097", "The Office"],
        publisher="Welsh Government",
        number="22/2011",
    )
    make_file(output=output, language="en", name="ranks.pdf")
    make_file(output=output, language="cy", name="safleoedd.pdf")
    Edition.objects.update(doi="10.5072/ranks", isbn="978-0-7504-6311-2")
    return output


def tags(client, output, lang="en"):
    parser = Tags()
    parser.feed(client.get(f"/{lang}/outputs/{output.slug}/").content.decode())
    return parser


def test_highwire_tags(client, output):
    meta = tags(client, output).meta
    found = [(name, text) for name, text, _ in meta if name.startswith("citation_")]
    english = File.objects.get(language="en")
    assert found == [
        ("citation_title", 'Ranks & "files"'),
        ("citation_author", "Rees, Bob"),
        ("citation_author_orcid", ORCID),
        ("citation_author", "The Office"),
        ("citation_publication_date", "2026/03/02"),
        ("citation_publisher", "Welsh Government"),
        ("citation_technical_report_number", "22/2011"),
        ("citation_technical_report_institution", "Welsh Government"),
        ("citation_isbn", "978-0-7504-6311-2"),
        ("citation_doi", "10.5072/ranks"),
        ("citation_language", "en"),
        ("citation_abstract_html_url", f"{HOME}/en/outputs/ranks/editions/1/"),
        ("citation_pdf_url", f"{HOME}/en/outputs/files/{english.pk}/"),
    ]


def test_dublin_core_in_the_language_of_the_page(client, output):
    meta = tags(client, output, "cy").meta
    found = {(name, text, lang) for name, text, lang in meta if name.startswith("DC.")}
    assert ("DC.title", "Safleoedd", "cy") in found
    assert ("DC.creator", "Rees, Bob", None) in found
    assert ("DC.date", "2026-03-02", None) in found
    assert ("DC.format", "application/pdf", None) in found
    assert ("DC.identifier", "https://doi.org/10.5072/ranks", None) in found
    assert {lang for _, _, lang in found} == {None, "cy"}
    Output.objects.update(status="planned", title_cy="")
    assert not [m for m in tags(client, output).meta if m[0].startswith("DC.")]


def test_schema_org_in_the_page_and_beside_it(client, output):
    parser = Microdata()
    parser.feed(client.get(output.get_absolute_url()).content.decode())
    assert parser.types == [
        *("Report", "Person", "Organization", "Organization"),
        *("MediaObject", "MediaObject"),
    ]
    assert parser.found["name"][0] == 'Ranks & "files"'
    answer = client.get("/en/outputs/ranks/cite.jsonld")
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    found = json.loads(answer.content)
    assert found["@type"] == "Report"
    assert found["@id"] == "https://doi.org/10.5072/ranks"
    assert found["author"][0]["@id"] == ORCID
    assert found["author"][1] == {"@type": "Organization", "name": "The Office"}
    assert found["description"] == "In short"
    assert found["license"].startswith("https://www.nationalarchives.gov.uk/")
    assert {file["inLanguage"] for file in found["encoding"]} == {"en", "cy"}


def link_header(answer):
    """{rel: [(address, attributes)]}, by the grammar of RFC 8288 as we use it."""
    found = {}
    for address, rest in re.findall(
        r"<([^>]*)>((?:; \w+=\"[^\"]*\")+)", answer["Link"]
    ):
        attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", rest))
        found.setdefault(attributes.pop("rel"), []).append((address, attributes))
    return found


def test_signposts(client, output):
    found = link_header(client.get("/en/outputs/ranks/"))
    assert found["cite-as"] == [("https://doi.org/10.5072/ranks", {})]
    assert found["author"] == [(ORCID, {})]
    assert [t for t, _ in found["type"]] == [
        "https://schema.org/AboutPage",
        "https://schema.org/Report",
    ]
    assert len(found["license"]) == 1
    assert (
        f"{HOME}/en/outputs/ranks/cite.bib",
        {"type": "application/x-bibtex"},
    ) in found["describedby"]
    assert [attributes for _, attributes in found["item"]] == [
        {"type": "application/pdf", "hreflang": "cy"},
        {"type": "application/pdf", "hreflang": "en"},
    ]
    assert found["alternate"][0][0] == f"{HOME}/cy/outputs/ranks/"
    assert found["linkset"] == [
        (f"{HOME}/en/outputs/ranks/linkset.json", {"type": "application/linkset+json"})
    ]


def test_each_signpost_leads_somewhere(client, output):
    found = link_header(client.get("/en/outputs/ranks/"))
    addresses = [a for links in found.values() for a, _ in links if a.startswith(HOME)]
    assert len(addresses) == 9
    for address in addresses:
        assert client.get(address.removeprefix(HOME)).status_code == 200


def test_the_set_of_links(client, output):
    answer = client.get("/en/outputs/ranks/linkset.json")
    assert answer["Content-Type"] == "application/linkset+json"
    page, *files = json.loads(answer.content)["linkset"]
    assert page["anchor"] == f"{HOME}/en/outputs/ranks/"
    assert page["cite-as"] == [{"href": "https://doi.org/10.5072/ranks"}]
    assert page["item"][0]["hreflang"] == ["cy"]
    assert {file["anchor"] for file in files} == {each["href"] for each in page["item"]}
    for file in files:
        assert file["collection"][0]["href"] == page["anchor"]


def test_a_file_that_was_corrected_is_no_longer_told_of(client, output):
    old = File.objects.get(language="en")
    new = make_file(output=output, language="en", name="mended.pdf")
    texts = {"text_en": "A row", "text_cy": "Rhes"}
    Correction.objects.create(
        edition=new.edition, made_at=DAY, old_file=old, new_file=new, **texts
    )
    items = [a for a, _ in link_header(client.get("/en/outputs/ranks/"))["item"]]
    assert f"{HOME}/en/outputs/files/{new.pk}/" in items
    assert f"{HOME}/en/outputs/files/{old.pk}/" not in items


@pytest.mark.parametrize("status", ["draft", "planned", "proposed"])
def test_nothing_is_said_of_what_is_not_out(client, manager_client, status):
    output = make_output(status=status, slug="secret")
    make_file(output=output)
    for reader in (client, manager_client):
        answer = reader.get("/en/outputs/secret/")
        assert "Link" not in answer
        assert reader.get("/en/outputs/secret/linkset.json").status_code == 404
        assert "citation_" not in answer.content.decode()


def test_an_edition_to_come_is_in_nothing(client, output, manager_client):
    Edition.objects.create(output=output, number=2, doi="10.5072/secret")
    for reader in (client, manager_client):
        for place in ("", "linkset.json", "cite.jsonld", "cite.bib"):
            answer = reader.get(f"/en/outputs/ranks/{place}")
            assert "10.5072/secret" not in answer.content.decode() + str(answer.headers)


def test_a_script_is_shown_as_text(client):
    script = '"><script>alert(1)</script>'
    output = make_output(
        published=True, title_en=script, title_cy=script, authors=[script]
    )
    assert "<script>alert" not in client.get(output.get_absolute_url()).content.decode()


def test_what_was_withdrawn_has_no_files(client, output):
    Output.objects.update(**WITHDRAWN)
    found = link_header(client.get("/en/outputs/ranks/"))
    assert "item" not in found
    assert "cite-as" in found
