"""OAI-PMH 2.0: each verb, each error, valid by the grammar of the protocol."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.outputs.models import Edition, File, Output
from engagement.outputs.oai import listing
from engagement.outputs.services import outputs, search
from engagement.people.models import Interest
from tests.factories import make_file, make_output
from tests.factories.outputs import WITHDRAWN
from tests.support.oai import NS, ask, checked, code, slugs, texts

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
HOST = "oai:127.0.0.1:outputs/"
LIST = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
RECORDS = LIST | {"verb": "ListRecords"}
GET = {"verb": "GetRecord", "metadataPrefix": "oai_dc"}


def changed(output, moment):
    Output.objects.filter(pk=output.pk).update(changed_at=moment)
    return output


@pytest.fixture
def record(study):
    output = make_output(
        slug="ranks",
        status="published",
        published_at=DAY,
        study=study,
        title_en='Ranks & <b> "files" \x0b',
        title_cy="Safleoedd tŷ",
        plain_en="What it *says*.",
        plain_cy="Yn *fyr*.",
        authors=["Rees, Bob", "The Office"],
        publisher="Welsh Government",
        series="GSR",
        number="22/2011",
        supersedes=make_output(slug="older", published=True),
    )
    make_file(output=output, language="cy")
    Edition.objects.update(doi="10.5072/ranks", isbn="978-0-7504-6311-2")
    subject = Interest.objects.create(slug="p", name_en="Poverty", name_cy="Tlodi")
    output.subjects.add(subject)
    return changed(output, DAY)


@pytest.mark.parametrize("method", ["get", "post"])
def test_identify(client, record, method, settings):
    root = ask(client, method, verb="Identify")
    assert texts(root, "o:Identify/*") == [
        *("Dolen", "http://127.0.0.1:8000/oai", "2.0", "dolen@example.org"),
        *("2026-03-02T09:30:15Z", "persistent", "YYYY-MM-DDThh:mm:ssZ"),
    ]
    assert root.find("o:request", NS).attrib == {"verb": "Identify"}
    settings.SITE_URL = "https://research.example.wales"
    root = ask(client, method, verb="Identify")
    (host,) = texts(root, ".//i:repositoryIdentifier")
    assert host == "research.example.wales"


def test_identify_while_there_is_nothing(client):
    assert code(ask(client, verb="Identify")) == ""


def test_formats(client, record):
    for more in ({}, {"identifier": f"{HOST}ranks"}):
        root = ask(client, verb="ListMetadataFormats", **more)
        assert texts(root, ".//o:metadataPrefix") == ["oai_dc"]
    root = ask(client, verb="ListMetadataFormats", identifier=f"{HOST}nothing")
    assert code(root) == "idDoesNotExist"


def test_sets_in_both_languages(client, record, study):
    make_output(kind="dataset", status="draft")
    root = ask(client, verb="ListSets")
    specs = texts(root, ".//o:setSpec")
    assert specs == ["study", "study:wimd", "kind", "kind:report"]
    assert texts(
        root, ".//d:title[@{http://www.w3.org/XML/1998/namespace}lang='cy']"
    ) == [*("Yn ôl astudiaeth", study.title_cy, "Yn ôl math", "Adroddiad")]
    for spec in specs:
        assert "ranks" in slugs(ask(client, **LIST, set=spec))
    assert slugs(ask(client, **LIST, set="study")) == ["ranks"]
    assert code(ask(client, **LIST, set="study:none")) == "noRecordsMatch"
    assert code(ask(client, **LIST, set="other")) == "noRecordsMatch"


def test_a_record(client, record):
    root = ask(client, **GET, identifier=f"{HOST}ranks")
    assert texts(root, ".//o:header/*") == [
        *(f"{HOST}ranks", "2026-03-02T09:30:15Z", "study:wimd", "kind:report")
    ]
    found = [
        (each.tag.partition("}")[2], each.text, each.get(f"{{{XML}}}lang"))
        for each in root.iterfind(".//d:*", NS)
    ]
    home = "http://127.0.0.1:8000"
    file = File.objects.get()
    assert found == [
        ("title", 'Ranks & <b> "files"  ', "en"),
        ("title", "Safleoedd tŷ", "cy"),
        ("creator", "Rees, Bob", None),
        ("creator", "The Office", None),
        ("subject", "Poverty", "en"),
        ("subject", "Tlodi", "cy"),
        ("description", "What it says.", "en"),
        ("description", "Yn fyr.", "cy"),
        ("publisher", "Welsh Government", None),
        ("date", "2026-03-02", None),
        ("type", "Text", None),
        ("format", "application/pdf", None),
        ("identifier", f"{home}/en/outputs/ranks/", "en"),
        ("identifier", f"{home}/cy/outputs/ranks/", "cy"),
        ("identifier", "https://doi.org/10.5072/ranks", None),
        ("identifier", "urn:isbn:978-0-7504-6311-2", None),
        ("source", "GSR 22/2011", None),
        ("language", "cy", None),
        ("relation", f"{home}/en/outputs/files/{file.pk}/", None),
        ("relation", f"{home}/en/outputs/older/", "en"),
        ("relation", f"{home}/cy/outputs/older/", "cy"),
        (
            "rights",
            "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            None,
        ),
    ]


XML = "http://www.w3.org/XML/1998/namespace"


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_a_record_is_the_same_whoever_asks(client, record, lang):
    arguments = GET | {"identifier": f"{HOST}ranks"}
    answer = client.get("/oai", arguments, headers={"accept-language": lang})
    assert "/en/outputs/files/" in answer.content.decode()


@pytest.mark.parametrize("status", ["draft", "planned", "proposed"])
def test_what_is_not_out_is_no_record(client, status):
    make_file(output=make_output(status=status, slug="secret"))
    assert code(ask(client, **GET, identifier=f"{HOST}secret")) == "idDoesNotExist"
    assert code(ask(client, **LIST)) == "noRecordsMatch"
    assert texts(ask(client, verb="ListSets"), ".//o:setSpec") == ["study", "kind"]


def test_an_edition_to_come_is_in_no_record(client, record):
    edition = Edition.objects.create(output=record, number=2, doi="10.5072/secret")
    make_file(output=record, name="secret.pdf")
    File.objects.filter(name="secret.pdf").update(edition=edition, content_type="x/y")
    text = client.get("/oai", RECORDS).content.decode()
    assert "10.5072/secret" not in text
    assert "x/y" not in text


def test_what_was_withdrawn_stays_as_deleted(client, record):
    Output.objects.filter(slug="ranks").update(**WITHDRAWN)
    for arguments in (RECORDS, GET | {"identifier": f"{HOST}ranks"}):
        root = ask(client, **arguments)
        headers = root.findall(".//o:header[@status='deleted']", NS)
        assert [h.findtext("o:identifier", None, NS) for h in headers] == [
            f"{HOST}ranks"
        ]
        (row,) = [h.getparent() for h in headers]
        assert row.find("o:metadata", NS) is None


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"from_": "2026-03-02"}, True),
        ({"from_": "2026-03-03"}, False),
        ({"until": "2026-03-02"}, True),
        ({"until": "2026-03-01"}, False),
        ({"from_": "2026-03-02", "until": "2026-03-02"}, True),
        ({"from_": "2026-03-02T09:30:15Z"}, True),
        ({"from_": "2026-03-02T09:30:16Z"}, False),
        ({"until": "2026-03-02T09:30:15Z"}, True),
        ({"until": "2026-03-02T09:30:14Z"}, False),
        ({"from_": "0001-01-01"}, True),
        ({"until": "9999-12-31"}, True),
        ({"until": "9999-12-31T23:59:59Z"}, True),
    ],
)
def test_from_and_until_hold_their_ends(client, bounds, expected):
    changed(make_output(published=True, slug="one"), DAY)
    root = ask(client, **LIST, **bounds)
    assert (slugs(root) == ["one"]) is expected
    assert code(root) == ("" if expected else "noRecordsMatch")
    given = dict(root.find("o:request", NS).attrib)
    assert given.items() >= {(k.rstrip("_"), v) for k, v in bounds.items()}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "badVerb"),
        ({"verb": "Dance"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "identify"}, "badVerb"),
        ({"verb": "Identify", "set": "a"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": f"{HOST}one"}, "badArgument"),
        (GET, "badArgument"),
        (LIST | {"metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        (LIST | {"metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        (LIST | {"metadataPrefix": "a b"}, "badArgument"),
        (
            GET | {"metadataPrefix": "marc", "identifier": f"{HOST}one"},
            "cannotDisseminateFormat",
        ),
        (GET | {"identifier": "one"}, "idDoesNotExist"),
        (GET | {"identifier": "oai:elsewhere:outputs/one"}, "idDoesNotExist"),
        (GET | {"identifier": f"{HOST}one\x0b<>"}, "idDoesNotExist"),
        (LIST | {"set": "::"}, "badArgument"),
        (LIST | {"from": "2026-02-30"}, "badArgument"),
        (LIST | {"from": "2026"}, "badArgument"),
        (LIST | {"from": "2026-03-02T09:30Z"}, "badArgument"),
        (LIST | {"from": "٢٠٢٦-03-02"}, "badArgument"),
        (LIST | {"from": ""}, "badArgument"),
        (LIST | {"from": "2026-03-03", "until": "2026-03-02"}, "badArgument"),
        (
            LIST | {"from": "2026-03-01", "until": "2026-03-02T00:00:00Z"},
            "badArgument",
        ),
        (LIST | {"resumptionToken": "x"}, "badArgument"),
        (
            {"verb": "ListRecords", "resumptionToken": "made-up"},
            "badResumptionToken",
        ),
        ({"verb": "ListSets", "resumptionToken": "made-up"}, "badResumptionToken"),
        ({"verb": "Identify", "resumptionToken": "x"}, "badArgument"),
    ],
)
def test_errors(client, arguments, expected):
    for method in ("get", "post"):
        root = ask(client, method, **arguments)
        assert code(root) == expected
        repeated = root.find("o:request", NS).attrib
        assert bool(repeated) is (expected not in ("badVerb", "badArgument"))


def test_a_nul_byte_is_an_argument_like_no_other(client):
    assert code(ask(client, "post", **GET, identifier="a\x00b")) == "badArgument"
    assert client.get("/oai?verb=%00").status_code == 400


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["verb", "identifier", "metadataPrefix", "from", "until", "set", "x"]
        ),
        st.text(max_size=12)
        | st.sampled_from([*LIST.values(), "GetRecord", "2026-03-02", "kind:report"]),
    )
)
def test_any_arguments_get_a_valid_answer(client, arguments):
    checked(client.post("/oai", arguments).content)


@pytest.fixture
def five(monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    return [
        changed(make_output(published=True, slug=f"o{n}"), DAY + timedelta(days=n // 2))
        for n in range(5)
    ]


def resume(client, root, **more):
    (token,) = texts(root, ".//o:resumptionToken")
    return ask(client, **{"verb": LIST["verb"], "resumptionToken": token} | more)


def test_a_list_comes_in_parts(client, five):
    with time_machine.travel(DAY, tick=False):
        first = ask(client, **LIST)
        second = resume(client, first)
        third = resume(client, second)
    assert [slugs(root) for root in (first, second, third)] == [
        *(["o0", "o1"], ["o2", "o3"], ["o4"])
    ]
    tokens = [root.find(".//o:resumptionToken", NS) for root in (first, second, third)]
    assert [dict(token.attrib) for token in tokens] == [
        {
            "expirationDate": "2026-03-03T09:30:15Z",
            "completeListSize": "5",
            "cursor": "0",
        },
        {
            "expirationDate": "2026-03-03T09:30:15Z",
            "completeListSize": "5",
            "cursor": "2",
        },
        {"completeListSize": "5", "cursor": "4"},
    ]
    assert not tokens[2].text


def test_a_part_can_be_asked_for_again(client, five):
    first = ask(client, **LIST)
    assert slugs(resume(client, first)) == slugs(resume(client, first)) == ["o2", "o3"]


def test_the_bounds_of_a_list_hold_for_all_its_parts(client, five):
    first = ask(client, **LIST, from_="2026-03-02", until="2026-03-03", set="kind")
    assert slugs(resume(client, first)) == ["o2", "o3"]
    assert first.find(".//o:resumptionToken", NS).get("completeListSize") == "4"


def test_a_token_is_for_its_list_and_its_day(client, five):
    first = ask(client, **LIST)
    assert code(resume(client, first, verb="ListRecords")) == "badResumptionToken"
    (token,) = texts(first, ".//o:resumptionToken")
    altered = LIST | {"resumptionToken": token[:-1] + "_"}
    del altered["metadataPrefix"]
    assert code(ask(client, **altered)) == "badResumptionToken"
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert code(resume(client, first)) == "badResumptionToken"


def test_what_is_changed_on_the_way_is_given_out_again(client, five):
    first = ask(client, **LIST)
    for slug in ("o0", "o4"):
        outputs.update(
            by=None, output=Output.objects.get(slug=slug), fields={"title_en": "New"}
        )
    Output.objects.filter(slug="o1").delete()
    second = resume(client, first)
    third = resume(client, second)
    assert slugs(second) + slugs(third) == ["o2", "o3", "o0", "o4"]
    size = third.find(".//o:resumptionToken", NS).get("completeListSize")
    assert int(size) >= 6


def test_the_datestamp_moves_with_what_the_public_sees(client, record):
    def stamp():
        return texts(ask(client, **GET, identifier=f"{HOST}ranks"), ".//o:datestamp")[0]

    moments = [DAY + timedelta(days=n) for n in range(1, 4)]
    with time_machine.travel(moments[0], tick=False):
        outputs.update(by=None, output=record, fields={"publisher": "Other"})
    assert stamp() == "2026-03-03T09:30:15Z"
    with time_machine.travel(moments[1], tick=False):
        search.reindex(record)
    assert stamp() == "2026-03-04T09:30:15Z"
    with time_machine.travel(moments[2], tick=False):
        search.reindex_all()
    assert stamp() == "2026-03-04T09:30:15Z"


def test_costs_few_queries(client, django_assert_max_num_queries, study):
    for number in range(8):
        output = make_output(published=True, study=study, authors=["A, B"])
        make_file(output=output, name=f"{number}.pdf")
    with django_assert_max_num_queries(7):
        assert len(slugs(ask(client, **RECORDS))) == 8
    with django_assert_max_num_queries(2):
        ask(client, **LIST)
