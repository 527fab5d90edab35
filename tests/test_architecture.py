"""The rules of the house that a machine can keep."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.conf import settings

from engagement.celery import app
from engagement.core import access
from engagement.core.management.commands.draw_states import drawn
from tests.support import addresses

# Lowest first; those in one row may not know each other (docs/architecture.md).
LAYERS = [
    {"core"},
    {"mail", "metrics", "audit"},
    {"accounts"},
    {"people"},
    {"studies"},
    {"events"},
    {"groups", "outputs"},
    {"evidence"},
    {"newsletters", "website", "reports"},
]
LEVEL = {app_: level for level, row in enumerate(LAYERS) for app_ in row}
OURS = [m for m in apps.get_models() if m._meta.app_label in LEVEL]
ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down(model):
    for field in model._meta.get_fields():
        if not field.is_relation or field.auto_created or field.related_model is None:
            continue
        target = field.related_model._meta.app_label
        if target not in LEVEL or target == model._meta.app_label:
            continue
        assert LEVEL[target] < LEVEL[model._meta.app_label], f"{model}.{field.name}"


def test_every_view_says_who_may_use_it():
    silent, unknown = [], []
    for name, view, _arguments in addresses.views():
        permission = access.declared(view)
        if permission is None:
            silent.append(name)
        elif permission != "public" and not rules.perm_exists(permission):
            unknown.append((name, permission))
    assert silent == []
    assert unknown == []


def test_every_task_that_is_called_exists():
    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for path in [*ROOT.glob("engagement/**/*.py"), *ROOT.glob("newsletters/**/*.py")]:
        calls = re.findall(r'(?:tell|send_task)\(\s*"([^"]+)"', path.read_text())
        named |= set(calls)
    assert named >= {"mail.send", "newsletters.send_issue"}
    assert named <= set(app.tasks)


def test_files_stay_small():
    code = [*ROOT.glob("engagement/**/*.py"), *ROOT.glob("newsletters/**/*.py")]
    code += [*ROOT.glob("tests/**/*.py"), *ROOT.glob("**/static/dolen/*.css")]
    code = [p for p in code if "migrations" not in p.parts and ".venv" not in p.parts]
    long = {p.name: n for p in code if (n := _lines(p)) > 400}
    pages = {
        p.name: n for p in ROOT.glob("templates/**/*.html") if (n := _lines(p)) > 80
    }
    assert long == {}
    assert pages == {}


def _lines(path):
    return path.read_text().count("\n")


def test_pages_hold_no_script_and_no_style():
    """The content security policy would refuse them; mails have no such policy."""
    found = []
    for path in ROOT.glob("templates/**/*.html"):
        if "mail" in path.relative_to(ROOT / "templates").parts[:2]:
            continue
        if re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=)", path.read_text()):
            found.append(path.name)
    assert found == []


def test_the_policy_lets_no_inline_script_run(client, db):
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_drawings_of_states_are_those_of_the_code():
    assert (ROOT / "docs" / "states.md").read_text() == "\n".join(drawn())


@pytest.mark.slow
def test_an_app_imports_only_what_stands_below_it():
    command = shutil.which("lint-imports", path=str(ROOT / ".venv" / "bin"))
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stdout
