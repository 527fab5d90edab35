"""Outputs as works that are counted: a file in any format and language is of its output."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import shown
from engagement.metrics import items
from engagement.outputs.models import Edition, File, Output

Kind = Output.Kind
# COUNTER 5.1, 3.3.2; what it has no word for is "Other".
DATA_TYPES = {
    Kind.REPORT: "Report",
    Kind.INTERIM: "Report",
    Kind.CASE_STUDY: "Report",
    Kind.GUIDANCE: "Report",
    Kind.DATASET: "Dataset",
    Kind.INDEX: "Dataset",
    Kind.ARTICLE: "Article",
    Kind.NEWSLETTER: "News_Item",
}
# 3.3.4: Open is under an open licence; what costs nothing and is not, is free to read.
OPEN = {Output.Licence.OGL, Output.Licence.CC_BY}


def find(ids: Iterable[int]) -> dict[int, items.Item]:
    found = Output.objects.filter(pk__in=list(ids)).prefetch_related("authors")
    current = _editions(found)
    return {output.pk: _item(output, current.get(output.pk)) for output in found}


def outputs_of(ids: Iterable[int]) -> dict[int, int]:
    return dict(File.objects.filter(pk__in=ids).values_list("pk", "edition__output"))


def _editions(outputs: Iterable[Output]) -> dict[int, Edition]:
    """The newest published one of each."""
    editions = Edition.objects.published().filter(output__in=outputs)
    return {edition.output_id: edition for edition in editions.order_by("number")}


def _item(output: Output, edition: Edition | None) -> items.Item:
    return items.Item(
        title=shown(output, "title").text,
        address=output.get_absolute_url(),
        data_type=DATA_TYPES.get(Kind(output.kind), "Other"),
        access_type="Open" if output.licence in OPEN else "Free_To_Read",
        authors=tuple(
            items.Author(str(author), author.orcid) for author in output.authors.all()
        ),
        published=_day(output),
        publisher=output.publisher,
        doi=edition.doi if edition else "",
        isbn=edition.isbn if edition else "",
        issn=output.issn,
        is_public=output.status != Output.Status.DRAFT,
    )


def _day(output: Output) -> date | None:
    return timezone.localdate(output.published_at) if output.published_at else None


items.register("output", _("Output"), find)
items.register_target("output", item_kind="output", is_request=False)
items.register_target("file", item_kind="output", is_request=True, work_of=outputs_of)
