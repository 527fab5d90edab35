"""Ties that stand in columns of the database, for `graph.add_ties`."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from engagement.evidence.graph import Edge, Finder, Ref


class End(NamedTuple):
    """A kind of the graph, and the column that holds its number."""

    kind: str
    column: str = "pk"


def tie(rows: QuerySet[Any], source: End, relation: str, target: End) -> Finder:
    """Each of these rows with both columns is an edge; one query for a kind."""

    def finder(kind: str, pks: Collection[int]) -> Iterator[Edge]:
        for end in (source, target):
            if end.kind == kind:
                yield from _edges(end, pks)

    def _edges(end: End, pks: Collection[int]) -> Iterator[Edge]:
        found = rows.filter(**{f"{end.column}__in": pks}).order_by()
        pairs = found.values_list(source.column, target.column)
        for one, other in pairs:
            if one is not None and other is not None:
                yield Edge(Ref(source.kind, one), relation, Ref(target.kind, other))

    return finder
