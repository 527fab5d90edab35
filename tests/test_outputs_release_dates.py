"""What is announced, as exact as it is known; a change is explained and stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from engagement.audit.models import Entry
from engagement.core.errors import AppendOnly
from engagement.core.states import MoveNotAllowed
from engagement.outputs import release_times
from engagement.outputs.models import Release, ReleaseChange
from engagement.outputs.release_forms import DateForm
from engagement.outputs.services import release_dates, releases
from tests.factories import make_release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
MARCH = date(2027, 3, 1)
WHY = {"reason_en": "Late data.", "reason_cy": "Data hwyr."}


@pytest.fixture
def in_november():
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC), tick=False):
        yield


def at(day, hour=9, minute=30):
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def planned(study):
    return release_dates.plan(by=None, release=make_release(study=study), month=MARCH)


@pytest.mark.parametrize(
    ("when", "english", "welsh"),
    [
        (None, "", ""),
        (MARCH, "March 2027", "Mawrth 2027"),
        (date(2026, 12, 1), "December 2026", "Rhagfyr 2026"),
        (at(12), "12 March 2027, 9:30am", "12 Mawrth 2027, 9:30yb"),
        (at(12, 12, 5), "12 March 2027, 12:05pm", "12 Mawrth 2027, 12:05yp"),
        # The clocks have gone forward.
        (at(29, 8), "29 March 2027, 9:30am", "29 Mawrth 2027, 9:30yb"),
        (at(29, 23), "30 March 2027, 12:30am", "30 Mawrth 2027, 12:30yb"),
    ],
)
def test_is_said_as_exactly_as_it_is_known(when, english, welsh):
    assert release_times.said(when) == english
    with translation.override("cy"):
        assert release_times.said(when) == welsh


@pytest.mark.parametrize(
    ("day", "hour"), [("2027-03-27", 9), ("2027-03-28", 8), ("2027-10-30", 8)]
)
def test_half_past_nine_is_by_the_clocks_of_wales(study, day, hour):
    form = DateForm({"precision": "day", "day": day}, release=make_release(study=study))
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["at"].astimezone(UTC).hour) == hour


@pytest.mark.parametrize(
    ("day", "time"), [("2027-03-28", "01:30"), ("2027-10-31", "01:30")]
)
def test_a_time_that_the_clocks_skip_or_show_twice_is_asked_for_again(study, day, time):
    data = {"precision": "day", "day": day, "time": time}
    form = DateForm(data, release=make_release(study=study))
    assert "clocks go" in form.errors["time"][0]


def test_a_draft_is_announced_without_a_reason(study, manager):
    release = make_release(study=study)
    release_dates.plan(by=manager, release=release, month=date(2027, 3, 17))
    release.refresh_from_db()
    assert (release.state, release.planned_month) == ("planned", MARCH)
    [change] = release.changes.all()
    assert (change.old, change.new, change.by) == (None, MARCH, manager)
    assert Entry.objects.get().detail == {"when": "2027-03"}


def test_the_day_in_the_announced_month_needs_no_reason(study):
    release = planned(study)
    release = release_dates.confirm(by=None, release=release, at=at(31, 22, 59))
    assert (release.state, release.planned_month) == ("confirmed", None)
    assert [change.reason_en for change in release.changes.all()] == ["", ""]


@pytest.mark.parametrize(
    "reason", [{}, {"reason_en": "Late."}, WHY | {"reason_cy": " "}]
)
def test_any_other_change_does_in_both_languages(study, reason):
    """Half past eleven on the last day of March is April by the clocks of Wales."""
    release = planned(study)
    april = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)
    with pytest.raises(release_dates.NoReason):
        release_dates.confirm(by=None, release=release, at=april, **reason)
    month = date(2027, 4, 1)
    with pytest.raises(release_dates.NoReason):
        release_dates.plan(by=None, release=release, month=month, **reason)
    confirmed = release_dates.confirm(by=None, release=release, at=at(12))
    with pytest.raises(release_dates.NoReason):
        release_dates.confirm(by=None, release=confirmed, at=at(13), **reason)
    with pytest.raises(release_dates.NoReason):
        release_dates.plan(by=None, release=confirmed, month=MARCH, **reason)
    assert release.changes.count() == 2


def test_a_change_says_from_when_to_when_and_why(study):
    release = release_dates.confirm(by=None, release=planned(study), at=at(12))
    release_dates.confirm(by=None, release=release, at=at(15), **WHY)
    last = release.changes.last()
    assert (last.old, last.new) == (at(12), at(15))
    assert (last.reason_en, last.reason_cy) == ("Late data.", "Data hwyr.")


def test_back_to_a_month_is_a_change_too(study):
    release = release_dates.confirm(by=None, release=planned(study), at=at(12))
    release = release_dates.plan(by=None, release=release, month=MARCH, **WHY)
    assert (release.state, release.publish_at) == ("planned", None)
    assert (release.changes.last().old, release.changes.last().new) == (at(12), MARCH)


@pytest.mark.parametrize("past", [date(2026, 10, 31), date(2020, 1, 1)])
def test_what_has_gone_is_not_announced(study, past):
    release = make_release(study=study)
    with pytest.raises(release_dates.NotAhead):
        release_dates.plan(by=None, release=release, month=past)
    now = datetime.now(UTC)
    with pytest.raises(release_dates.NotAhead):
        release_dates.confirm(by=None, release=release, at=now)
    release_dates.plan(by=None, release=release, month=date(2026, 11, 1))


def test_the_same_again_is_no_change(study):
    release = planned(study)
    with pytest.raises(release_dates.NothingNew):
        release_dates.plan(by=None, release=release, month=MARCH, **WHY)
    assert release.changes.count() == 1


def test_a_change_cannot_be_rewritten_or_removed(study):
    change = planned(study).changes.get()
    change.reason_en = "Nothing happened."
    for undo in (
        change.save,
        change.delete,
        ReleaseChange.objects.all().delete,
        lambda: ReleaseChange.objects.update(reason_en=""),
    ):
        with pytest.raises(AppendOnly):
            undo()
    assert ReleaseChange.objects.get().reason_en == ""


def test_an_announced_release_is_not_deleted(study):
    release = planned(study)
    with pytest.raises(releases.Announced):
        releases.discard(by=None, release=release)
    draft = make_release(study=study)
    releases.discard(by=None, release=draft)
    assert Release.objects.get() == release


def test_is_cancelled_with_a_reason_for_good(study, client):
    release = planned(study)
    with pytest.raises(release_dates.NoReason):
        release_dates.cancel(by=None, release=release, reason_en="No.", reason_cy="")
    release_dates.cancel(by=None, release=release, **WHY)
    for url in ("/en/outputs/releases/", release.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Late data." in page
        assert "Cancelled" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(cancelled_reason_cy="")


def test_what_was_cancelled_can_be_planned_again(study, client):
    release = release_dates.cancel(by=None, release=planned(study), **WHY)
    with pytest.raises(release_dates.NoReason):
        release_dates.plan(by=None, release=release, month=MARCH)
    again = {"reason_en": "The data came.", "reason_cy": "Daeth y data."}
    release_dates.plan(by=None, release=release, month=MARCH, **again)
    page = client.get(release.get_absolute_url()).content.decode()
    assert "Late data." in page
    assert "The data came." in page
    assert "This release was cancelled." not in page


def test_what_is_out_stays(study):
    now = datetime.now(UTC)
    release = make_release(
        study=study, state="published", publish_at=now, published_at=now
    )
    with pytest.raises(MoveNotAllowed):
        release_dates.cancel(by=None, release=release, **WHY)
    with pytest.raises(MoveNotAllowed):
        release_dates.confirm(
            by=None, release=release, at=now + timedelta(days=1), **WHY
        )
