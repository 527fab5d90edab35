from collections.abc import Iterable

from engagement.metrics.services import readership
from engagement.outputs.models import Output


def downloads(
    study_id: int, during: readership.During | None = None
) -> dict[int, readership.Range]:
    """For each output of the study that was downloaded, how often (COUNTER 5.1)."""
    return readership.counted_by_target(
        target_kind="output", study_id=study_id, during=during
    )


def all_downloads(outputs: Iterable[Output]) -> dict[int, readership.Range]:
    """As `downloads`, of these outputs, whichever study they are of."""
    studies = {output.study_id or 0 for output in outputs}
    return readership.counted_by_study(studies, target_kind="output")
