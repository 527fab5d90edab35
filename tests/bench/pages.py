"""The pages that most people ask for, on the demonstration data."""

from django.core.management import call_command
from django.test import Client

from tests.bench import Case

TITLE = "Answering public pages, with the demonstration data loaded."
PAGES = {
    "home": "/en/",
    "study": "/cy/studies/wimd/",
    "events": "/en/events/",
    "newsletter": "/en/newsletters/wimd/",
    "group": "/cy/groups/lti-steering/",
}


def prepare():
    call_command("load_demo", verbosity=0)


def cases():
    client = Client()
    for label, address in PAGES.items():
        yield Case(label, lambda address=address: _get(client, address), limit=0.2)


def _get(client, address):
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(address)
