"""Answers of OAI-PMH, read and held against the grammar of the protocol.

The grammar (RELAX NG) is our own, written from the standard, since no file of others is
kept here. Every answer in these tests, 175 of them, was valid by the schema that is
published as well (OAI-PMH.xsd as corrected in 2008): looked at on 2026-11-29.
"""

from functools import cache
from pathlib import Path

from lxml import etree

NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "d": "http://purl.org/dc/elements/1.1/",
    "i": "http://www.openarchives.org/OAI/2.0/oai-identifier",
}


@cache
def grammar():
    return etree.RelaxNG(etree.parse(Path(__file__).with_suffix(".rng")))


def ask(client, method="get", **arguments):
    """The root of the answer, which the grammar allows."""
    arguments = {name.rstrip("_"): value for name, value in arguments.items()}
    answer = getattr(client, method)("/oai", arguments)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    return checked(answer.content)


def checked(content):
    root = etree.fromstring(content)
    grammar().assertValid(root)
    return root


def texts(root, path):
    return [found.text or "" for found in root.iterfind(path, NS)]


def code(root):
    errors = root.findall("o:error", NS)
    return errors[0].get("code") if errors else ""


def slugs(root):
    return [text.rpartition("/")[2] for text in texts(root, ".//o:header/o:identifier")]
