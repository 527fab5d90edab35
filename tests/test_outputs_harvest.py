"""Two programs of others harvest everything over the network, to the end, while outputs
are written; and come back later for what is new."""

from datetime import timedelta

import pytest
from django.utils import timezone
from oaipmh_scythe import Scythe
from sickle import Sickle

from engagement.core import tokens
from engagement.outputs.models import Output
from engagement.outputs.services import outputs, search
from tests.factories import make_file, make_output
from tests.factories.outputs import WITHDRAWN

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MANY = 250
HOST = "oai:127.0.0.1:outputs/"


@pytest.fixture
def many(study):
    """Of the day before, a few to a moment, as an import leaves them."""
    day = timezone.now() - timedelta(days=1)
    Output.objects.bulk_create(
        Output(
            slug=f"o{number:03}",
            kind="report",
            study=study,
            title_en=f"Report {number}",
            title_cy=f"Adroddiad {number}",
            published_at=day,
            **(WITHDRAWN if number % 50 == 7 else {"status": "published"}),
        )
        for number in range(MANY)
    )
    for number, output in enumerate(Output.objects.order_by("slug")):
        moment = day + timedelta(seconds=number // 7)
        Output.objects.filter(pk=output.pk).update(changed_at=moment)
    return {f"{HOST}o{number:03}" for number in range(MANY)}


def with_sickle(url):
    for record in Sickle(f"{url}/oai").ListRecords(metadataPrefix="oai_dc"):
        titles = [] if record.deleted else record.metadata["title"]
        yield record.header.identifier, titles


def with_scythe(url):
    with Scythe(f"{url}/oai") as scythe:
        for record in scythe.list_records():
            titles = [] if record.deleted else record.metadata["title"]
            yield record.header.identifier, titles


@pytest.mark.parametrize("harvest", [with_sickle, with_scythe])
def test_everything_arrives_whatever_is_written_meanwhile(live_server, many, harvest):
    found, records = {}, harvest(live_server.url)
    for _ in range(50):
        identifier, titles = next(records)
        found[identifier] = titles
    # One that was given out, one that comes soon, one of the last; one new, one gone.
    for slug in ("o010", "o120", "o249"):
        output = Output.objects.get(slug=slug)
        outputs.update(by=None, output=output, fields={"title_en": f"New {slug}"})
    make_file(output=make_output(slug="fresh", published=True))
    gone = Output.objects.get(slug="o200")
    outputs.withdraw(by=None, output=gone, reason_en="Wrong", reason_cy="Anghywir")
    found |= dict(records)
    assert found.keys() == many | {f"{HOST}fresh"}
    for slug in ("o010", "o120", "o249"):
        number = int(slug[1:])
        assert found[f"{HOST}{slug}"] == [f"New {slug}", f"Adroddiad {number}"]
    deleted = {identifier for identifier, titles in found.items() if not titles}
    assert deleted == {f"{HOST}o{n:03}" for n in (7, 57, 107, 157, 207, 200)}


def test_who_comes_back_gets_what_changed_since(live_server, many):
    sickle = Sickle(f"{live_server.url}/oai")
    last = sickle.Identify().earliestDatestamp
    assert last < f"{timezone.now():%Y-%m-%d}"
    search.reindex(Output.objects.get(slug="o003"))
    since = {"metadataPrefix": "oai_dc", "from": f"{timezone.now():%Y-%m-%d}"}
    headers = sickle.ListIdentifiers(**since)
    assert [header.identifier for header in headers] == [f"{HOST}o003"]
    assert [each.setSpec for each in sickle.ListSets()] == [
        *("study", "study:wimd", "kind", "kind:report")
    ]


def test_a_token_tells_nothing_and_lasts_over_another_server(live_server, many):
    sickle = Sickle(f"{live_server.url}/oai")
    headers = sickle.ListIdentifiers(metadataPrefix="oai_dc")
    token = headers.resumption_token.token
    assert tokens.read("oai", token)[0] == {
        "verb": "ListIdentifiers",
        "metadataPrefix": "oai_dc",
    }
    again = Sickle(f"{live_server.url}/oai").ListIdentifiers(resumptionToken=token)
    assert len(list(again)) == MANY - 100
