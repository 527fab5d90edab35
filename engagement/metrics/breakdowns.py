"""The steps from whom a study could reach to what was decided, each broken down: the one
place that page, files and the command line have them from."""

from typing import NamedTuple

from engagement.metrics import registry
from engagement.metrics.registry import During, Metric, Reading, Row, Text


class Step(NamedTuple):
    """`rows` are the parts, where they are `known`. `limit` says why they are not, or how
    far; "" where in full. `is_now`: it is known for no time but today."""

    metric: Metric
    reading: Reading
    known: bool
    rows: tuple[Row, ...]
    limit: Text
    is_now: bool


def steps(study_id: int, kind: str, during: During | None = None) -> list[Step]:
    """By one of registry.KINDS. The truth: small counts are hidden by `guarding`."""
    stages = [one for one in registry.every() if one.stage is not None]
    stages.sort(key=lambda metric: metric.stage or 0)
    return [_step(metric, study_id, kind, during) for metric in stages]


def _step(metric: Metric, study_id: int, kind: str, during: During | None) -> Step:
    is_now = not metric.over_time
    asked = (study_id, None if is_now else during)
    reading = metric.read(*asked)
    limit = metric.limits.get(kind, "")
    rows = metric.by(asked[0], kind, asked[1]) if kind in metric.kinds else ()
    # Limited, and it turns out that of nobody it is known.
    nobody = bool(limit and rows) and not any(row.key for row in rows)
    known = kind in metric.kinds and not nobody
    return Step(metric, reading, known, rows if known else (), limit, is_now)
