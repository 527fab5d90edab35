"""A metric in words: its base, its range, and what is too small to show."""

import pytest
from django.utils import translation

from engagement.metrics import presentation, registry
from engagement.metrics.registry import Metric, Reading, Row


@pytest.fixture
def shown(monkeypatch):
    """The one figure of a study whose reading is given."""
    monkeypatch.setattr(registry, "_metrics", {})

    def show(reading, **fields):
        registry.register(
            Metric(
                key="k",
                position=1,
                title="Came",
                meaning="Who came.",
                base_meaning="All who were asked.",
                rows_title="By sector",
                measure=lambda study_id: reading,
                **fields,
            )
        )
        return presentation.figures(1)[0]

    return show


@pytest.mark.parametrize(
    ("reading", "value", "base"),
    [
        (Reading(224, 253), "224", "88.5% of a base of 253. All who were asked."),
        (Reading(0, 0), "0", "Base: 0. All who were asked."),
        (Reading(1896), "1,896", "A count of every record; there is no base."),
        (
            Reading(20, 40, at_most=30),
            "at least 20, at most 30",
            "50.0% to 75.0% of a base of 40. All who were asked.",
        ),
    ],
)
def test_a_figure_shows_what_it_is_out_of(shown, reading, value, base):
    figure = shown(reading)
    assert (figure.value, figure.base) == (value, base)
    assert (figure.title, figure.meaning, figure.chart) == ("Came", "Who came.", None)


@pytest.mark.parametrize(
    ("reading", "value"),
    [
        (Reading(4, 30), "hidden"),
        # Who is not among them is told by the base, which is hidden first.
        (Reading(28, 30), "28"),
        (Reading(2, at_most=4), "hidden"),
        (Reading(0, at_most=1), "hidden"),
        (Reading(2, at_most=12), "at most 12"),
        (Reading(0, at_most=0), "at least 0, at most 0"),
        (Reading(5, 30), "5"),
        (Reading(0, 30), "0"),
    ],
)
def test_fewer_than_five_people_are_not_counted_out(shown, reading, value):
    figure = shown(reading, counts_people=True)
    assert figure.value == value
    hidden = figure.counts.value is None or figure.counts.base is None
    assert figure.hides == hidden


def test_a_hidden_base_has_no_share(shown):
    """All three did not come: the nought may be told, and they may not."""
    figure = shown(Reading(0, 3), counts_people=True)
    assert (figure.value, figure.base) == ("0", "Base: hidden. All who were asked.")


def test_the_threshold_is_a_setting(shown, settings):
    settings.FEWEST_INSIDE = 7
    rows = (Row("Academic", 6), Row("Voluntary", 30), Row("Private", 40))
    figure = shown(Reading(76, rows=rows), counts_people=True)
    assert [bar.shown for bar in figure.chart.bars] == ["hidden", "hidden", "40"]
    assert "Counts of fewer than 7 people are hidden" in figure.chart.svg


def test_what_is_not_people_is_never_hidden(shown):
    rows = (Row("Report", 1), Row("Data", 2))
    figure = shown(Reading(3, rows=rows))
    assert figure.value == "3"
    assert [bar.shown for bar in figure.chart.bars] == ["1", "2"]
    assert not figure.hides


def test_small_parts_are_hidden_in_table_and_picture(shown):
    rows = (Row("Academic", 2), Row("Voluntary", 7), Row("Private", 1009))
    figure = shown(Reading(1018, rows=rows), counts_people=True)
    assert [bar.shown for bar in figure.chart.bars] == ["hidden", "hidden", "1,009"]
    assert [bar.value for bar in figure.chart.bars] == [None, None, 1009]
    assert figure.hides
    assert ">7<" not in figure.chart.svg


def test_a_hidden_total_has_no_parts(shown):
    assert shown(Reading(3, rows=(Row("A", 3),)), counts_people=True).chart is None


def test_labels_are_text_not_markup(shown):
    figure = shown(Reading(9, rows=(Row("<script>alert(1)</script>", 9),)))
    assert "<script>" not in figure.chart.svg
    assert "&lt;script&gt;" in figure.chart.svg


def test_metrics_come_in_order_of_position(monkeypatch):
    monkeypatch.setattr(registry, "_metrics", {})
    for key, position in (("b", 2), ("a", 1)):
        registry.register(Metric(key, position, key, "", lambda study_id: Reading(0)))
    with translation.override("cy"):
        assert [figure.key for figure in presentation.figures(1)] == ["a", "b"]
