"""What is read before an event and after it."""

import pytest

from engagement.audit.models import Entry
from engagement.outputs.models import Material
from tests.factories import make_event, make_material, make_output

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(published=True)


def url(event, page="", lang="en"):
    return f"/{lang}/outputs/manage/events/{event.slug}/{page}"


def test_chosen_ones_are_on_the_public_page_once_published(
    client, manager_client, event
):
    page = manager_client.get(url(event)).content.decode()
    assert "This event has no materials." in page
    report, slides = make_output(published=True), make_output(title_cy="Sleidiau")
    for output, moment in ((slides, "after"), (report, "before")):
        fields = {"output": output.pk, "moment": moment}
        assert manager_client.post(url(event), fields).status_code == 302
    page = manager_client.get(url(event)).content.decode()
    assert page.index(report.title_en) < page.index(slides.title_en)
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    assert f'href="/en/outputs/{report.slug}/"' in page
    assert "Before the event" in page
    assert slides.title_en not in page
    assert "After the event" not in page
    slides.status = "published"
    slides.save()
    page = client.get(f"/cy/events/{event.slug}/").content.decode()
    assert "Sleidiau" in page
    assert "Ar ôl y digwyddiad" in page
    assert Entry.objects.filter(action="event.materials_changed").count() == 2


def test_one_is_chosen_once_a_moment(manager_client, event):
    material = make_material(event=event)
    fields = {"output": material.output_id, "moment": "before"}
    answer = manager_client.post(url(event), fields)
    assert answer.status_code == 422
    assert "among the materials already" in answer.content.decode()
    manager_client.post(url(event), fields | {"moment": "after"})
    assert event.materials.count() == 2


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose an output."),
        ({"output": "999999", "moment": "before"}, "valid"),
        ({"output": "1", "moment": "during"}, "during"),
    ],
)
def test_refuses_what_is_no_choice(manager_client, event, fields, error):
    answer = manager_client.post(url(event), fields)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Material.objects.exists()


def test_moves_among_those_of_its_moment_and_goes(manager_client, event):
    one, two = make_material(event=event), make_material(event=event)
    after = make_material(event=event, moment="after")
    manager_client.post(url(event, f"{two.pk}/move/"), {"to": "up"})
    manager_client.post(url(event, f"{after.pk}/move/"), {"to": "up"})
    assert list(event.materials.all()) == [two, one, after]
    manager_client.post(url(event, f"{two.pk}/remove/"))
    assert list(event.materials.all()) == [one, after]
    assert manager_client.get(url(event, f"{one.pk}/remove/")).status_code == 405
    assert (
        manager_client.post(url(make_event(), f"{one.pk}/remove/")).status_code == 404
    )


def test_is_for_staff(client, member_client, event):
    assert client.get(url(event)).status_code == 302
    assert member_client.get(url(event)).status_code == 403
    assert member_client.post(url(event), {}).status_code == 403


def test_costs_few_queries(manager_client, event, django_assert_max_num_queries):
    for moment in ("before", "after", "before", "after"):
        make_material(event=event, moment=moment)
    # The session, the user, the event, its materials, and all outputs for the form.
    with django_assert_max_num_queries(5):
        manager_client.get(url(event))
