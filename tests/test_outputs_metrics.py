from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.metrics.registry import Row, for_study
from engagement.outputs.metrics import downloads
from tests.factories import count_hits, make_file, make_hit, make_output, make_study

pytestmark = pytest.mark.django_db


def hit(file, study, *, seconds=0, **fields):
    at = timezone.now() + timedelta(seconds=seconds)
    make_hit("file", file.pk, study, at=at, **fields)


def test_counts_downloads_by_output_in_both_languages_together(study):
    ranks = make_output(title_en="Ranks", published=True, study=study)
    data = make_output(title_en="Data", published=True, study=study)
    english, welsh = (make_file(output=ranks, language=lng) for lng in ("en", "cy"))
    table = make_file(output=data)
    hit(english, study)
    hit(english, study, seconds=10)  # a double click
    hit(english, study, client="b")
    hit(welsh, study)
    hit(table, study, client="c")
    hit(table, study, client="d", hit_class="suspect")
    hit(table, study, client="e", hit_class="machine")
    count_hits()
    reading = downloads(study.pk)
    assert (reading.value, reading.at_most) == (4, 5)
    assert reading.rows == (Row("Data", 1), Row("Ranks", 3))


def test_counts_the_study_alone(study):
    other = make_study()
    hit(make_file(output=make_output(published=True, study=other)), other)
    count_hits()
    reading = downloads(study.pk)
    assert (reading.value, reading.at_most, reading.rows) == (0, 0, ())
    assert downloads(other.pk).value == 1


def test_stands_among_the_metrics_of_a_study(study):
    found = {metric.key: metric for metric, _ in for_study(study.pk)}
    assert found["downloads"].position == 60
