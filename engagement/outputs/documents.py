"""Outputs are the documents of a study."""

from collections.abc import Iterator

from django.db.models import Q

from engagement.outputs.models import Output
from engagement.studies.documents import Document, add_source
from engagement.studies.models import Study


def _outputs(study: Study | None) -> Iterator[Document]:
    rows = Output.objects.listed().filter(Q(study=study) | Q(study=None))
    for row in rows:
        url = row.get_absolute_url()
        yield Document(row.slug, row.title_en, row.title_cy, url)


add_source(_outputs)
