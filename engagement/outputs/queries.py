from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from engagement.core.bilingual import LANGUAGES
from engagement.metrics.services import hits
from engagement.outputs.models import Edition, File, Output


class Shelf(NamedTuple):
    """An edition with its files, and the languages in which it has none."""

    edition: Edition
    files: list[File]
    missing: list[str]


def shelves(output: Output, files: Iterable[File]) -> list[Shelf]:
    """The editions of the output that have any of `files`, the newest first."""
    by_edition: dict[int, list[File]] = defaultdict(list)
    for file in files:
        by_edition[file.edition_id].append(file)
    return [
        Shelf(edition, found, _missing(found))
        for edition in output.editions.all()
        if (found := by_edition[edition.pk])
    ]


def _missing(files: list[File]) -> list[str]:
    have = {file.language for file in files}
    if File.Language.BOTH in have:
        return []
    return [File.Language(lang).value for lang in LANGUAGES if lang not in have]


def downloads(study_id: int) -> dict[int, hits.Range]:
    """For each output of the study that was downloaded, how often (COUNTER 5.1)."""
    by_file = hits.counted_by_target(target_kind="file", study_id=study_id)
    files = File.objects.filter(pk__in=by_file).values_list("pk", "edition__output")
    totals: dict[int, hits.Range] = {}
    for file, output in files:
        known, more = totals.get(output, hits.Range(0, 0)), by_file[file]
        totals[output] = hits.Range(
            known.at_least + more.at_least, known.at_most + more.at_most
        )
    return totals
