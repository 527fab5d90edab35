"""`manage.py check_issue`: every finding with its place, and an exit code."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from newsletters.services import overrides
from tests.support import issues

pytestmark = pytest.mark.django_db


def run(*arguments):
    """(exit code, what was written)."""
    out = StringIO()
    try:
        call_command("check_issue", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_what_blocks_comes_with_its_place_and_a_one():
    issue = issues.make("There are 22.", "Mae 23.")
    code, out = run(issue.slug, "--json")
    told = json.loads(out)
    assert (code, told["blocked"], told["overridden"]) == (1, True, False)
    [finding] = [one for one in told["findings"] if one["blocks"]]
    assert finding["code"] == "parity.numbers"
    assert finding["level"] == "block"
    assert finding["article"] == issue.places.get().article.slug
    assert (finding["field"], finding["language"]) == ("body", None)
    assert "Only in English: 22" in finding["sentence"]
    assert finding["url"].endswith("#id_body_en")


def test_warnings_alone_are_a_zero():
    code, out = run(issues.make("We utilise it.").slug)
    assert code == 0
    assert "warn\twords.jargon\tAn article, full text, English:" in out


def test_what_was_let_pass_is_told_and_blocks_no_more(manager):
    issue = issues.make("There are 22.", "Mae 23.")
    overrides.give(by=manager, issue=issue, reason="As it should be.")
    code, out = run(issue.slug, "--json")
    told = json.loads(out)
    assert (code, told["blocked"], told["overridden"]) == (0, False, True)
    assert [one["blocks"] for one in told["findings"] if one["level"] == "block"] == [
        False
    ]


def test_an_issue_that_is_not_there_is_a_two():
    assert run("nowhere")[0] == 2


@pytest.mark.slow
def test_without_an_issue_it_is_a_two():
    done = subprocess.run(
        [sys.executable, "manage.py", "check_issue"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2


@pytest.mark.slow
def test_the_draft_of_the_demonstration_can_go(settings, tmp_path):
    settings.MAIL_CATCHER_DIR = str(tmp_path)
    call_command("load_demo", verbosity=0)
    code, out = run("wimd-demonstration", "--json")
    assert code == 0
    levels = {one["level"] for one in json.loads(out)["findings"]}
    assert levels <= {"warn", "hint"}
