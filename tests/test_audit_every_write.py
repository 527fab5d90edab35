"""Whatever staff write down leaves an entry, and every entry can be read in words."""

import ast

import pytest
from django.utils import translation

from engagement.audit import registry
from engagement.core import translations
from tests.support import source

# Together they read all of the code, once.
pytestmark = pytest.mark.slow
ENTRIES = "engagement.audit.services.entries"
RECORDED = {(ENTRIES, "record"), (ENTRIES, "record_many")}
OURS = {"by", "action", "target", "targets"}
# Services with `by` that record nothing themselves, and why.
EXCEPTIONS = {
    ("engagement.people.services.importing", "apply"): (
        "A part of imports.apply_now and run_apply, which record the import; its Writer "
        "records each person that it changes."
    ),
    ("engagement.events.services.presence", "recount"): (
        "A part of applying, resolving and undoing a report, which record that."
    ),
}


def recordings():
    """(where, call) of each call that records an entry."""
    for module, tree in source.modules().items():
        for called, call in source.calls(module, tree):
            if called in RECORDED:
                yield f"{module}:{call.lineno}", call


def keyword(call, name):
    return next((one.value for one in call.keywords if one.arg == name), None)


def actions(call):
    """The actions that a call may record; None where they cannot be read off it."""
    match keyword(call, "action"):
        case ast.Constant(value=str(action)):
            return [action]
        case ast.IfExp(
            body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(other))
        ):
            return [one, other]
    return None


def test_an_action_can_be_read_off_the_code():
    unclear = [where for where, call in recordings() if actions(call) is None]
    assert not unclear, f"Write the action as a literal: {unclear}"
    assert len(list(recordings())) > 40


def test_every_action_has_a_label_and_every_label_an_action():
    said = {
        action: where for where, call in recordings() for action in actions(call) or ()
    }
    labels = registry.actions()
    bare = {action: said[action] for action in said.keys() - labels.keys()}
    assert not bare, f"Give these a label in the audit.py of their app: {bare}"
    idle = sorted(labels.keys() - said.keys())
    assert not idle, f"Nothing records these: take their labels out: {idle}"


def test_every_detail_has_a_label():
    wrong = []
    for where, call in recordings():
        names = {one.arg for one in call.keywords} - OURS
        for action in actions(call) or ():
            labels = set(registry.facts(action))
            # `**counts` may be anything; what is written out must be known.
            agree = names - {None} <= labels if None in names else names == labels
            if not agree:
                wrong.append((where, action, sorted(names ^ labels, key=str)))
    assert not wrong, f"Details and their labels differ: {wrong}"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_labels_are_told_apart_in_both_languages(language):
    with translation.override(language):
        actions = [str(label) for label in registry.actions().values()]
        kinds = [str(label) for label in registry.kinds().values()]
    assert len(actions) == len(set(actions))
    assert len(kinds) == len(set(kinds))


def test_labels_are_in_welsh_too():
    everything = {**registry.actions(), **registry.kinds()}
    with translation.override("cy"):
        welsh = {name: str(label) for name, label in everything.items()}
    same = {name for name, label in everything.items() if str(label) == welsh[name]}
    assert same <= {"people.person"}


def test_every_service_that_somebody_calls_records_it():
    wanted = {
        key
        for key, node in source.services().items()
        if "by" in source.parameters(node) and key not in RECORDED
    }
    silent = {key for key in wanted if not source.reaches(key, RECORDED)}
    forgotten = sorted(silent - EXCEPTIONS.keys())
    assert not forgotten, f"These change something and record nothing: {forgotten}"
    assert silent == EXCEPTIONS.keys(), "An exception is none any longer."
    assert len(wanted) > 50


def test_calls_are_followed_through_other_functions():
    creating = ("engagement.people.services.people", "find_or_create")
    reading = ("engagement.people.services.people", "find")
    assert source.reaches(creating, RECORDED)
    assert not source.reaches(reading, RECORDED)
