"""The graph as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) in the terms of PROV-O. The
context stands in the document, so that nothing has to be fetched to read it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from engagement.evidence import graph
from engagement.evidence.graph import Edge, Reader, Ref, Thing

CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": {"@id": "dcterms:title", "@container": "@language"},
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:date"},
    "startedAtTime": {"@id": "prov:startedAtTime", "@type": "xsd:date"},
    **{r: {"@id": f"prov:{r}", "@type": "@id"} for r in graph.RELATIONS},
}


def of_thing(ref: Ref, reader: Reader) -> dict[str, Any]:
    """It, and what it is tied to."""
    edges = graph.edges([ref])
    return _document(edges, [ref], reader)


def of_study(study_id: int, reader: Reader) -> dict[str, Any]:
    """All that is tied to a study, and what that is tied to in turn."""
    first = graph.edges([Ref("study", study_id)])
    near = {end for edge in first for end in (edge.source, edge.target)}
    near.discard(Ref("study", study_id))
    edges = dict.fromkeys([*first, *graph.edges(_of(near, study_id, reader))])
    return _document(edges, [Ref("study", study_id)], reader)


def _of(refs: Iterable[Ref], study_id: int, reader: Reader) -> list[Ref]:
    """Those that belong to the study: a body that used it used others too."""
    found = graph.things(refs, reader)
    return [ref for ref, thing in found.items() if thing.study_id == study_id]


def _document(
    edges: Iterable[Edge], refs: Iterable[Ref], reader: Reader
) -> dict[str, Any]:
    edges = list(edges)
    ends = [end for edge in edges for end in (edge.source, edge.target)]
    there = graph.things([*refs, *ends], reader)
    nodes = {ref: _node(thing) for ref, thing in there.items()}
    for edge in edges:
        if edge.source in nodes and edge.target in nodes:
            nodes[edge.source].setdefault(edge.relation, []).append(name(edge.target))
    return {"@context": CONTEXT, "@graph": list(nodes.values())}


def name(ref: Ref) -> str:
    """An address of our own, without a language: it leads to the page of its ties."""
    with translation.override("en"):
        path = reverse("evidence:graph", args=[ref.kind, ref.pk])
    return settings.SITE_URL + path.removeprefix("/en")


def _node(thing: Thing) -> dict[str, Any]:
    prov = graph.kinds()[thing.ref.kind].prov
    titles = {"en": thing.title_en, "cy": thing.title_cy}
    node: dict[str, Any] = {
        "@id": name(thing.ref),
        "@type": f"prov:{prov}",
        "title": {lang: text for lang, text in titles.items() if text},
    }
    if thing.at and prov != "Agent":
        when = "generatedAtTime" if prov == "Entity" else "startedAtTime"
        node[when] = thing.at.isoformat()
    return node
