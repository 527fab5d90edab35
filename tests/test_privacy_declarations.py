"""Every column of every model says whether it is personal, and how it is erased."""

import pytest
from django.apps import apps

from engagement.core import privacy
from engagement.core.privacy import Erase

MODELS = apps.get_models(include_auto_created=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_column_is_declared_once(model):
    declared = privacy.of(model)
    names = [*declared.plain, *declared.personal]
    assert sorted(names) == sorted(f.name for f in model._meta.concrete_fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_is_personal_can_be_erased(model):
    declared = privacy.of(model)
    for name, personal in declared.personal.items():
        if personal.erase is Erase.KEEP:
            assert personal.why, name
        else:
            assert declared.about, f"{name} is erased, but whose rows are they?"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_rows_about_a_person_have_a_title(model):
    declared = privacy.of(model)
    assert bool(declared.title) == bool(declared.about)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_points_at_a_person_is_found_with_them(model):
    """A new model with a person in it cannot be forgotten."""
    people = apps.get_model("people.Person")
    declared = privacy.of(model)
    for field in model._meta.concrete_fields:
        if field.related_model is people:
            assert declared.about, field.name
