"""Loading the demonstration data twice changes nothing."""

import hashlib
import json
from io import StringIO

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command

from engagement.evidence.models import (
    EvidenceOfUse,
    Finding,
    PublishedFigure,
    Recommendation,
)
from engagement.studies.models import Milestone, Study

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load():
    call_command("load_demo", stdout=StringIO())


def dump():
    """For each model of ours: how many rows, and a hash of them all."""
    return {
        model._meta.label: (
            model._default_manager.count(),
            hashlib.sha256(
                serializers.serialize(
                    "json", model._default_manager.order_by("pk")
                ).encode()
            ).hexdigest(),
        )
        for model in apps.get_models()
        if model.__module__.startswith(("engagement.", "newsletters."))
    }


def test_twice_changes_nothing():
    load()
    before = dump()
    load()
    assert dump() == before


def test_every_fact_has_its_source_and_its_study():
    load()
    for model in (Study, Milestone, EvidenceOfUse, Finding, Recommendation):
        assert model.objects.count() > 0
        facts = model.objects.filter(is_synthetic=False)
        assert not facts.filter(source="").exists(), model
    assert Study.objects.get(slug="wimd").owner.slug == "welsh-government"
    assert Study.objects.get(slug="wimd").milestones.count() == 7
    assert EvidenceOfUse.objects.filter(study__slug="lti", kind="use").count() == 9
    assert EvidenceOfUse.objects.get(slug="u01").outputs.count() == 2
    assert PublishedFigure.objects.filter(study__slug="wimd").count() == 51


def test_what_staff_changed_is_left():
    load()
    Study.objects.filter(slug="wimd").update(title_en="The Index")
    Finding.objects.filter(slug="b01").update(text_en="Something else.")
    load()
    assert Study.objects.get(slug="wimd").title_en == "The Index"
    assert Finding.objects.get(slug="b01").text_en == "Something else."


def test_nothing_loaded_holds_a_printed_contact_detail():
    load()
    for model in apps.get_models():
        if model.__module__.startswith(("engagement.", "newsletters.")):
            rows = json.dumps(list(model._default_manager.values()), default=str)
            for printed in ("rebecca", "wales.gsi.gov.uk", "cf10"):
                assert printed not in rows.lower(), model
