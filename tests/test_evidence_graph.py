"""From any thing to what it is tied to, in two clicks; and as PROV-O."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from rdflib import PROV, RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from engagement.evidence import graph, linked
from engagement.evidence.graph import Ref
from engagement.groups.models import Decision
from newsletters.models import Link
from tests import factories
from tests.factories import make_recommendation, make_use

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def tied(study):
    """One of each kind, each tied to the study or to another."""
    output = factories.make_output(published=True, study=study)
    event = factories.make_event(study=study, status="held")
    factories.make_material(event=event, output=output)
    group = factories.make_group(study=study)
    meeting = factories.make_meeting(group=group, status="held")
    decision = factories.make_decision(meeting=meeting, text_en="Go on.")
    newsletter = factories.make_newsletter(study=study)
    issue = factories.make_issue(newsletter=newsletter, state="finished")
    article = factories.make_article(study=study)
    issue.places.create(article=article, position=1)
    Link.objects.create(article=article, output=output)
    use = make_use(study)
    use.outputs.add(output)
    use.path.create(kind="event", target=event.pk)
    use.path.create(kind="issue", target=issue.pk)
    return {
        "study": study,
        "output": output,
        "event": event,
        "meeting": meeting,
        "decision": decision,
        "group": group,
        "issue": issue,
        "article": article,
        "use": use,
        "recommendation": make_recommendation(study),
    }


def url(kind, thing):
    return f"/en/evidence/graph/{kind}/{thing.pk}/"


def ends(kind, thing, reader=NOBODY):
    """What it is tied to, as (kind, number)."""
    groups = graph.around(Ref(kind, thing.pk), reader)
    return {tie.thing.ref for _kind, ties in groups for tie in ties}


def test_each_kind_is_found_from_what_it_is_tied_to(tied):
    refs = {kind: Ref(kind, thing.pk) for kind, thing in tied.items()}
    expected = {
        "output": {"study", "event", "article", "use"},
        "event": {"study", "output", "use"},
        "meeting": {"study", "group", "decision"},
        "decision": {"meeting"},
        "issue": {"study", "article", "use"},
        "article": {"study", "issue", "output"},
        "use": {"study", "output", "event", "issue"},
        "recommendation": {"study"},
    }
    for kind, kinds in expected.items():
        assert ends(kind, tied[kind]) == {refs[one] for one in kinds}, kind
    assert len(ends("study", tied["study"])) == 8


def test_two_clicks_lead_from_each_page_to_what_it_is_tied_to(client, tied):
    """One to the page of its ties, one to the other thing."""
    for kind in ("output", "event", "issue", "use", "article"):
        page = client.get(tied[kind].get_absolute_url()).content.decode()
        assert url(kind, tied[kind]) in page, kind
    decisions = client.get("/en/groups/decisions/").content.decode()
    assert url("decision", tied["decision"]) in decisions
    page = client.get(url("output", tied["output"])).content.decode()
    for kind in ("event", "article", "use", "study"):
        assert f'href="{tied[kind].get_absolute_url()}"' in page
    assert "was used by" in page


def test_a_member_gets_there_from_a_meeting(manager_client, tied):
    address = f"/en/groups/meetings/{tied['meeting'].pk}/"
    assert (
        url("meeting", tied["meeting"]) in manager_client.get(address).content.decode()
    )
    assert manager_client.get(url("meeting", tied["meeting"])).status_code == 200


def test_the_public_is_told_of_nothing_that_it_may_not_see(
    client, manager_client, tied, study
):
    output = tied["output"]
    draft = make_use(study, published=False, description_en="Secret use")
    draft.outputs.add(output)
    body = factories.make_organisation(name_en="Secret body")
    tied["use"].organisation = body
    tied["use"].save()
    Decision.objects.update(redacted=True)
    secret_output = factories.make_output(study=study, title_en="Secret output")
    tied["use"].outputs.add(secret_output)
    addresses = [
        url(kind, tied[kind]) for kind in ("output", "use", "meeting", "study")
    ]
    addresses += [f"{one}data.jsonld" for one in addresses]
    addresses.append("/en/evidence/wimd/data.jsonld")
    for address in addresses:
        page = client.get(address).content.decode()
        for hidden in ("Secret", "Go on."):
            assert hidden not in page, address
    for kind, thing in (("use", draft), ("output", secret_output)):
        assert client.get(url(kind, thing)).status_code == 404
        assert manager_client.get(url(kind, thing)).status_code == 200
    assert client.get(url("organisation", body)).status_code == 404
    page = manager_client.get(url("use", tied["use"])).content.decode()
    assert "Secret body" in page
    assert "Secret output" in page


def test_what_is_not_there(client, tied):
    for address in ("/en/evidence/graph/use/999999/", "/en/evidence/graph/person/1/"):
        assert client.get(address).status_code == 404
    alone = factories.make_output(published=True)
    page = client.get(url("output", alone)).content.decode()
    assert "Nothing that you may see is tied to it." in page


def test_welsh(client, tied):
    page = client.get(f"/cy/evidence/graph/use/{tied['use'].pk}/").content.decode()
    assert "Â beth y mae hwn yn gysylltiedig" in page
    assert tied["output"].title_cy in page


def read(client, address):
    """The document as triples, by a library that knows nothing of ours."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/ld+json"
    assert isinstance(json.loads(answer.content)["@context"], dict)
    return Graph().parse(data=answer.content, format="json-ld")


def test_a_thing_can_be_read_back_as_prov(client, tied):
    triples = read(client, f"{url('use', tied['use'])}data.jsonld")
    named = {kind: URIRef(linked.name(Ref(kind, t.pk))) for kind, t in tied.items()}
    use = named["use"]
    for triple in (
        (use, RDF.type, PROV.Activity),
        (use, PROV.used, named["output"]),
        (use, PROV.used, named["issue"]),
        (use, PROV.wasInformedBy, named["event"]),
        (use, PROV.wasInformedBy, named["study"]),
        (named["output"], RDF.type, PROV.Entity),
        (use, DCTERMS.title, Literal("Chose areas 0.", lang="en")),
        (use, DCTERMS.title, Literal("Dewis ardaloedd 0.", lang="cy")),
    ):
        assert triple in triples


def test_a_study_can_be_read_back_whole(client, tied):
    triples = read(client, "/en/evidence/wimd/data.jsonld")
    named = {kind: URIRef(linked.name(Ref(kind, t.pk))) for kind, t in tied.items()}
    assert set(triples.subjects(RDF.type)) == set(named.values())
    for triple in (
        (named["decision"], PROV.wasGeneratedBy, named["meeting"]),
        (named["issue"], PROV.hadMember, named["article"]),
        (named["article"], PROV.wasDerivedFrom, named["output"]),
        (named["event"], PROV.used, named["output"]),
        (named["meeting"], PROV.wasAssociatedWith, named["group"]),
        (named["group"], RDF.type, PROV.Agent),
    ):
        assert triple in triples


def test_each_relation_is_one_of_prov():
    for relation in graph.RELATIONS:
        assert PROV[relation]


def test_a_name_leads_to_its_page(client, tied):
    path = linked.name(Ref("use", tied["use"].pk)).split("example.org")[-1]
    path = path[path.index("/evidence") :]
    assert client.get(path, follow=True).status_code == 200


def test_costs_few_queries_however_many(
    client, tied, study, django_assert_max_num_queries
):
    for _ in range(5):
        use = make_use(
            study, happened_on=timezone.localdate(), happened_precision="day"
        )
        use.outputs.add(tied["output"])
        factories.make_event(study=study, status="held")
    with django_assert_max_num_queries(26):
        client.get(url("study", study))
    with django_assert_max_num_queries(68):
        client.get("/en/evidence/wimd/data.jsonld")
