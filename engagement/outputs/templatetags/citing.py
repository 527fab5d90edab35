"""What a page says of how its output is cited, to people and to programs."""

from django import template

from engagement.core.bilingual import active
from engagement.outputs import citations
from engagement.outputs.citations import dublin_core, harvard, json_ld
from engagement.outputs.citations.forms import FORMS
from engagement.outputs.models import Edition, File, Output

register = template.Library()


@register.simple_tag
def cited(
    output: Output, edition: Edition | str | None = None
) -> citations.Cited | None:
    """None of what is not out, which cannot be cited."""
    if output.status not in (Output.Status.PUBLISHED, Output.Status.WITHDRAWN):
        return None
    return citations.of(output, edition or None)  # type: ignore[arg-type]


@register.filter
def harvard_line(found: citations.Cited) -> str:
    return harvard.write(found)


@register.filter
def dublin_core_of(found: citations.Cited) -> list[dublin_core.Element]:
    return dublin_core.shown_in(dublin_core.elements(found), active())


@register.filter
def schema_type(found: citations.Cited) -> str:
    return json_ld.kind(found)


@register.filter
def file_url(file: File) -> str:
    return citations.file_address(file)


@register.simple_tag
def citation_forms(
    found: citations.Cited, edition: Edition | str | None = None
) -> list[dict[str, object]]:
    """Each with its name and address."""
    return [
        {
            "name": form.name,
            "type": form.content_type,
            "url": citations.form_address(found, ending, edition or None),  # type: ignore[arg-type]
        }
        for ending, form in FORMS.items()
    ]
