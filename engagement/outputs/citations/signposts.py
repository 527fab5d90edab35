"""FAIR Signposting (https://signposting.org/FAIR/): typed links in the header of a page
(RFC 8288), and the same as a set of links (RFC 9264)."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from engagement.core.bilingual import active, other
from engagement.outputs import citations
from engagement.outputs.citations import ORCID, Cited, forms, json_ld
from engagement.outputs.models import Edition, Output

SCHEMA = "https://schema.org/"
LINKSET = "application/linkset+json"
# So that no proxy refuses the header: files beyond are in the set of links.
MOST = 30


class Link(NamedTuple):
    rel: str
    href: str
    type: str = ""
    hreflang: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        named = {"type": self.type, "hreflang": self.hreflang}
        return {name: value for name, value in named.items() if value}

    def __str__(self) -> str:
        rest = "".join(f'; {name}="{v}"' for name, v in self.attributes.items())
        return f'<{self.href}>; rel="{self.rel}"{rest}'


def signpost(
    answer: HttpResponse, output: Output, edition: Edition | None = None
) -> HttpResponse:
    """The answer with the links of what it shows; those of an output that is not out
    lead nowhere, and there are none."""
    if output.status in (Output.Status.PUBLISHED, Output.Status.WITHDRAWN):
        cited = citations.of(output, edition)
        found = [Link("linkset", _linkset(output), LINKSET), *links(cited, edition)]
        answer["Link"] = ", ".join(map(str, found[:MOST]))
    return answer


def links(cited: Cited, edition: Edition | None = None) -> Iterator[Link]:
    yield Link("cite-as", cited.address)
    yield Link("type", SCHEMA + "AboutPage")
    yield Link("type", SCHEMA + json_ld.kind(cited))
    for author in cited.authors:
        if author.orcid:
            yield Link("author", ORCID + author.orcid)
    if cited.licence:
        yield Link("license", cited.licence)
    for ending, form in forms.FORMS.items():
        address = citations.form_address(cited, ending, edition)
        yield Link("describedby", address, form.content_type)
    if edition is None:
        twin = citations.addresses(cited.output)[other(active())]
        yield Link("alternate", twin, "text/html", other(active()))
    for file in cited.files:
        lang = "" if file.language == "both" else file.language
        yield Link("item", citations.file_address(file), file.content_type, lang)


def linkset(output: Output) -> dict[str, Any]:
    """The links of the page, and from each file back to it."""
    cited = citations.of(output)
    page = citations.addresses(output)[active()]
    contexts = [_context(page, links(cited))]
    for file in cited.files:
        back = [Link("collection", page, "text/html")]
        if cited.licence:
            back.append(Link("license", cited.licence))
        contexts.append(_context(citations.file_address(file), iter(back)))
    return {"linkset": contexts}


def _context(anchor: str, found: Iterator[Link]) -> dict[str, Any]:
    targets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in found:
        target: dict[str, Any] = {"href": link.href, **link.attributes}
        if link.hreflang:
            # A list there, as more than one may be given (RFC 9264, 4.2.4.2).
            target["hreflang"] = [link.hreflang]
        targets[link.rel].append(target)
    return {"anchor": anchor, **targets}


def _linkset(output: Output) -> str:
    return settings.SITE_URL + reverse("outputs:linkset", args=[output.slug])
