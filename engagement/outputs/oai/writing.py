"""Answers in XML, as OAI-PMH.xsd and oai_dc.xsd of the Open Archives Initiative have it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parseaddr
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models import Min
from django.utils import timezone, translation
from django.utils.xmlutils import SimplerXMLGenerator

from engagement.outputs import citations
from engagement.outputs.citations import dublin_core
from engagement.outputs.models import Output
from engagement.outputs.oai import asking, listing
from engagement.outputs.oai.asking import Asked, Error, Place

OAI = "http://www.openarchives.org/OAI/2.0/"
DC_FORMAT = f"{OAI}oai_dc/"
DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Characters that XML 1.0 has no place for.
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# OAI identifiers have a domain name in them, or are none.
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")


class Writer(SimplerXMLGenerator):
    @contextmanager
    def within(self, name: str, **attributes: str) -> Iterator[None]:
        named = {key.replace("__", ":"): value for key, value in attributes.items()}
        self.startElement(name, AttributesImpl(named))
        yield
        self.endElement(name)

    def text(
        self, name: str, text: str, attributes: dict[str, str] | None = None
    ) -> None:
        self.addQuickElement(name, UNFIT.sub(" ", text), attributes)


def answer(base: str, given: dict[str, str], body: Callable[[Writer], None]) -> str:
    """`given` are the arguments to repeat: none where they were not understood."""
    out = StringIO()
    writer = Writer(out, "utf-8")
    writer.startDocument()
    root = {
        "xmlns": OAI,
        "xmlns__xsi": XSI,
        "xsi__schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd",
    }
    with writer.within("OAI-PMH", **root), translation.override("en"):
        writer.text("responseDate", stamp(timezone.now()))
        shown = {name: UNFIT.sub(" ", value) for name, value in given.items()}
        writer.text("request", base, shown)
        body(writer)
    return out.getvalue()


def error(found: Error) -> Callable[[Writer], None]:
    return lambda writer: writer.text("error", str(found), {"code": found.code})


def verb(asked: Asked, base: str) -> Callable[[Writer], None]:
    """What writes the answer. Raises Error before anything is written."""
    match asked.verb:
        case "Identify":
            return lambda writer: _identify(writer, base)
        case "ListMetadataFormats":
            if "identifier" in asked.given:
                listing.record(asked.given["identifier"])
            return _formats
        case "ListSets":
            return _sets
        case "GetRecord":
            output = listing.record(asked.given["identifier"])
            return lambda writer: _get_record(writer, output)
        case _:
            part = listing.part(asked)
            return lambda writer: _list(writer, asked, part)


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _identify(writer: Writer, base: str) -> None:
    first = Output.objects.citable().aggregate(first=Min("changed_at"))["first"]
    with writer.within("Identify"):
        writer.text("repositoryName", "Dolen")
        writer.text("baseURL", base)
        writer.text("protocolVersion", "2.0")
        writer.text("adminEmail", parseaddr(settings.MAIL_FROM)[1])
        writer.text("earliestDatestamp", stamp(first or timezone.now()))
        writer.text("deletedRecord", "persistent")
        writer.text("granularity", "YYYY-MM-DDThh:mm:ssZ")
        if DOMAIN.fullmatch(listing.host()):
            with writer.within("description"):
                _scheme(writer)


def _scheme(writer: Writer) -> None:
    space = f"{OAI}oai-identifier"
    location = f"{space} {space}.xsd"
    root = {"xmlns": space, "xmlns__xsi": XSI, "xsi__schemaLocation": location}
    with writer.within("oai-identifier", **root):
        writer.text("scheme", "oai")
        writer.text("repositoryIdentifier", listing.host())
        writer.text("delimiter", ":")
        writer.text("sampleIdentifier", listing.identifier_of("wimd-2008"))


def _formats(writer: Writer) -> None:
    with writer.within("ListMetadataFormats"), writer.within("metadataFormat"):
        writer.text("metadataPrefix", asking.PREFIX)
        writer.text("schema", DC_SCHEMA)
        writer.text("metadataNamespace", DC_FORMAT)


def _sets(writer: Writer) -> None:
    with writer.within("ListSets"):
        for each in listing.sets():
            with writer.within("set"):
                writer.text("setSpec", each.spec)
                writer.text("setName", each.name_en)
                with writer.within("setDescription"), _dublin_core(writer):
                    for lang, name in (("en", each.name_en), ("cy", each.name_cy)):
                        if name:
                            writer.text("dc:title", name, {"xml:lang": lang})


def _get_record(writer: Writer, output: Output) -> None:
    with writer.within("GetRecord"):
        _record(writer, output)


def _list(writer: Writer, asked: Asked, part: listing.Part) -> None:
    with writer.within(asked.verb):
        for output in part.outputs:
            if asked.verb == "ListRecords":
                _record(writer, output)
            else:
                _header(writer, output)
        if part.after or part.before:
            _resume(writer, asked, part, part.after)


def _resume(
    writer: Writer, asked: Asked, part: listing.Part, after: Place | None
) -> None:
    """An empty one ends a list that came in parts."""
    sizes = {"completeListSize": str(part.size), "cursor": str(part.before)}
    if after:
        ends = stamp(timezone.now() + asking.TOKEN_LASTS)
        sizes = {"expirationDate": ends} | sizes
    writer.text("resumptionToken", asking.token(asked, after) if after else "", sizes)


def _record(writer: Writer, output: Output) -> None:
    with writer.within("record"):
        _header(writer, output)
        if output.status != Output.Status.WITHDRAWN:
            with writer.within("metadata"), _dublin_core(writer):
                for each in dublin_core.elements(citations.of(output)):
                    lang = {"xml:lang": each.lang} if each.lang else None
                    writer.text(f"dc:{each.name}", each.value, lang)


def _header(writer: Writer, output: Output) -> None:
    gone = output.status == Output.Status.WITHDRAWN
    with writer.within("header", **({"status": "deleted"} if gone else {})):
        writer.text("identifier", listing.identifier_of(output.slug))
        writer.text("datestamp", stamp(output.changed_at))
        for spec in listing.sets_of(output):
            writer.text("setSpec", spec)


@contextmanager
def _dublin_core(writer: Writer) -> Iterator[None]:
    root = {
        "xmlns__oai_dc": DC_FORMAT,
        "xmlns__dc": "http://purl.org/dc/elements/1.1/",
        "xmlns__xsi": XSI,
        "xsi__schemaLocation": f"{DC_FORMAT} {DC_SCHEMA}",
    }
    with writer.within("oai_dc:dc", **root):
        yield
