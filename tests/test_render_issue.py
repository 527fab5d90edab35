"""manage.py render_issue SLUG --lang en|cy --to html|text|mail|pdf --out FILE"""

import subprocess
import sys
from email import message_from_bytes, policy
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from newsletters.services import rendering
from tests.support import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return sample.make()


def written(tmp_path, to, lang="en"):
    out = tmp_path / "out"
    call_command("render_issue", "index-news-march", lang=lang, to=to, out=str(out))
    return out.read_bytes()


@pytest.mark.parametrize("lang", ["en", "cy"])
def test_the_parts_are_those_of_the_mail(issue, tmp_path, lang):
    rendered = rendering.render(issue, language=lang)
    assert written(tmp_path, "html", lang).decode() == rendered.html
    assert written(tmp_path, "text", lang).decode() == rendered.text + "\n"
    mail = message_from_bytes(written(tmp_path, "mail", lang), policy=policy.default)
    assert mail["Subject"] == rendered.subject
    assert mail["To"] is None
    html = mail.get_body(("html",)).get_content()
    assert html.splitlines() == rendered.html.splitlines()


def test_twice_is_the_same_bytes(issue, tmp_path):
    assert written(tmp_path, "mail") == written(tmp_path, "mail")


@pytest.mark.slow
def test_a_document_where_they_can_be_made(issue, tmp_path):
    if find_spec("newsletters.services.documents"):
        assert written(tmp_path, "pdf", "cy").startswith(b"%PDF-")
    else:
        with pytest.raises(CommandError) as refused:
            written(tmp_path, "pdf")
        assert refused.value.returncode == 1


def test_what_cannot_be_is_refused(issue, tmp_path):
    for slug, out in (
        ("no-such-issue", tmp_path / "out"),
        (issue.slug, tmp_path / "no" / "such" / "folder"),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("render_issue", slug, lang="en", to="html", out=str(out))
        assert refused.value.returncode == 1
        assert not out.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [[], ["x", "--lang", "fr", "--to", "html"], ["x", "--lang", "en"]]
)
def test_wrong_use_ends_with_2(arguments):
    command = [sys.executable, "manage.py", "render_issue", *arguments]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True)  # noqa: S603
    assert done.returncode == 2
    assert b"usage" in done.stderr
