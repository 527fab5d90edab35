"""manage.py audience NAME [--count] [--json]"""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from engagement.people.models import Audience, Suppression
from engagement.people.services import suppressions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    rule = {"kind": "sector", "sectors": ["academic"]}
    Audience.objects.create(name="Researchers", slug="researchers", rule=rule)
    sian = factories.make_person(name="Siân", email="s@example.org", sector="academic")
    factories.make_person(name="Gwen", email="g@example.org", sector="academic")
    factories.make_person(name="Out", sector="private")
    suppressions.add(by=None, address=sian.email, reason=Suppression.Reason.ASKED)
    return sian


def said(*arguments):
    out = StringIO()
    call_command("audience", *arguments, stdout=out)
    return out.getvalue()


def test_names_and_counts(people):
    assert said("researchers") == "Gwen\tg@example.org\nSiân\ts@example.org\n"
    assert said("researchers", "--count") == "2\n"
    count = json.loads(said("researchers", "--count", "--json"))
    assert count == {"audience": "researchers", "count": 2}


def test_json_has_the_people(people):
    told = json.loads(said("researchers", "--json"))
    assert told["count"] == 2
    assert told["people"][1] == {
        "pk": people.pk,
        "name": "Siân",
        "email": "s@example.org",
        "language": "en",
        "can_be_written_to": False,
    }


@pytest.mark.parametrize("rule", [{"kind": "age"}, [], {"all": 3}])
def test_a_broken_rule_is_refused(rule):
    Audience.objects.create(name="Broken", slug="broken", rule=rule)
    with pytest.raises(CommandError, match="is broken") as caught:
        said("broken", "--count")
    assert caught.value.returncode == 1


def test_one_that_is_not_there():
    with pytest.raises(CommandError, match="There is no audience") as caught:
        said("nothing")
    assert caught.value.returncode == 1


@pytest.mark.slow
def test_wrong_use_is_2():
    command = [sys.executable, "manage.py", "audience"]
    for wrong in ([], ["a", "--colour"]):
        done = subprocess.run(  # noqa: S603
            command + wrong, cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        assert done.returncode == 2
        assert "usage:" in done.stderr
