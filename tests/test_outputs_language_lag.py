"""Which language of an edition came later, and by how long."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from engagement.metrics import registry
from engagement.outputs.language_lag import measure
from engagement.outputs.models import Correction, File
from engagement.outputs.services import editions, files
from tests.factories import PDF, make_output, make_study

pytestmark = pytest.mark.django_db
OUT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARCH = (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


def add(output, language, day, name="report.pdf"):
    """So many days after the edition was published; before it, where it is below nought."""
    with time_machine.travel(OUT + timedelta(days=day), tick=False):
        upload = SimpleUploadedFile(name, PDF)
        return files.add(by=None, output=output, upload=upload, language=language)


def publish(study, **days):
    """An edition with a file of each language on its day."""
    output = make_output(study=study, status="draft")
    before = {lang: day for lang, day in days.items() if day < 0}
    for lang, day in before.items():
        add(output, lang, day)
    editions.publish(by=None, edition=output.editions.get(), at=OUT)
    for lang in days.keys() - before.keys():
        add(output, lang, days[lang])
    return output


def counts(study, during=None):
    found = measure(study.pk, during)
    return found.value, found.base, {row.key: row.value for row in found.rows}


def test_what_came_together_has_no_lag(study):
    """That one file was ready long before the other was seen by nobody."""
    publish(study, en=-60, cy=-1)
    publish(study, both=-1)
    publish(study, en=-1, cy=1)
    assert counts(study) == (0, 3, {})


def test_what_came_later_is_told_apart_by_how_long(study):
    publish(study, en=-1, cy=2)
    publish(study, en=-1, cy=30)
    publish(study, en=-1, cy=31)
    publish(study, en=-1)
    publish(study, cy=-1, en=5)
    publish(study, cy=-1)
    later = {"welsh": 2, "welsh_late": 1, "no_welsh": 1, "english": 2}
    assert counts(study) == (6, 6, later)


def test_a_corrected_file_counts_from_when_the_first_was_there(study):
    output = publish(study, en=-1, cy=-1)
    old = File.objects.get(language="cy")
    new = add(output, "cy", 90)
    Correction.objects.create(
        edition=old.edition,
        made_at=OUT + timedelta(days=90),
        text_en="Wrong.",
        text_cy="Anghywir.",
        old_file=old,
        new_file=new,
    )
    assert counts(study) == (0, 1, {})


def test_each_edition_for_itself_and_of_a_time(study):
    output = publish(study, en=-1, cy=-1)
    second = editions.create(by=None, output=output, fields={"year": 2026})
    with time_machine.travel(OUT + timedelta(days=99), tick=False):
        upload = SimpleUploadedFile("second.pdf", PDF)
        files.add(by=None, output=output, upload=upload, language="en", edition=second)
    editions.publish(by=None, edition=second, at=OUT + timedelta(days=100))
    publish(make_study(), en=-1)
    assert counts(study) == (1, 2, {"no_welsh": 1})
    assert counts(study, MARCH) == (0, 1, {})


def test_what_is_not_out_and_what_has_no_file_are_left_out(study):
    add(make_output(study=study), "en", -1)
    make_output(study=study, published=True).editions.create(published_at=OUT)
    assert counts(study) == (0, 0, {})


def test_it_stands_among_the_metrics_with_its_definition(study):
    found = {m.key: m for m, _reading in registry.for_study(study.pk, MARCH)}
    assert "more than a day after" in str(found["output_language_lag"].meaning)
    assert "no lag" in str(found["language_lag"].caveat)


def test_of_files_that_were_there_the_trail_and_corrections_say_when(study):
    output = publish(study, en=-9, cy=3)
    gone = make_output(study=study)
    files.remove(by=None, file=add(gone, "en", 1))
    kept = add(gone, "en", 4)
    unknown = add(output, "en", 20, name="other.pdf")
    moments = dict(File.objects.values_list("pk", "added_at"))
    File.objects.filter(pk=unknown.pk).update(name="renamed.pdf")
    File.objects.update(added_at=OUT + timedelta(days=999))
    fill = import_module(
        "engagement.outputs.migrations.0050_when_a_file_was_added"
    ).fill
    fill(apps, None)
    found = dict(File.objects.values_list("pk", "added_at"))
    assert found.pop(unknown.pk) == output.editions.get().created_at
    del moments[unknown.pk]
    assert found == moments
    assert kept.pk in found
