"""The administration writes down what it changes, or changes nothing."""

import pytest
from django.contrib import admin

from engagement.accounts.models import User
from engagement.audit import registry
from engagement.audit.admin import Recorded
from engagement.audit.models import Entry
from engagement.core.admin import ReadOnly
from engagement.studies.models import Study
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/en/admin/"
INLINE = {"milestones-TOTAL_FORMS": "0", "milestones-INITIAL_FORMS": "0"}
STUDY = {
    "slug": "new",
    "position": "1",
    "abbreviation_en": "N",
    "abbreviation_cy": "N",
    "title_en": "New",
    "title_cy": "Newydd",
    "summary_en": "In short.",
    "summary_cy": "Yn fyr.",
    **INLINE,
}


def done():
    rows = Entry.objects.order_by("pk").values_list("actor", "action", "target")
    return list(rows)


@pytest.mark.parametrize(
    "model", sorted(admin.site._registry, key=str), ids=lambda model: str(model)
)
def test_each_page_is_recorded_or_read_only(model):
    page = admin.site._registry[model]
    assert isinstance(page, Recorded | ReadOnly)
    if isinstance(page, Recorded):
        assert model._meta.label_lower in registry.kinds()


@pytest.mark.slow
def test_added_changed_and_deleted(administrator_client, administrator):
    url = f"{URL}studies/study/"
    assert administrator_client.post(f"{url}add/", STUDY).status_code == 302
    pk = Study.objects.get().pk
    administrator_client.post(f"{url}{pk}/change/", STUDY | {"title_en": "Other"})
    many = {"action": "delete_selected", "_selected_action": pk, "post": "yes"}
    administrator_client.post(url, many)
    assert not Study.objects.exists()
    assert done() == [
        (administrator.name, "record.added", "New"),
        (administrator.name, "record.changed", "Other"),
        (administrator.name, "record.deleted", "Other"),
    ]


@pytest.mark.slow
def test_a_user_is_written_down_without_a_name(administrator_client):
    sent = {"email": "new@example.org", "name": "Ann", "role": "manager"}
    sent |= {"password1": "a long password", "password2": "a long password"}
    administrator_client.post(f"{URL}accounts/user/add/", sent)
    user = User.objects.get(email="new@example.org")
    assert done()[0][1:] == ("record.added", f"#{user.pk}")


@pytest.mark.slow
def test_people_are_changed_on_their_own_pages_only(administrator_client):
    person = factories.make_person()
    gone = factories.make_person(name="Merged away", merged_into=person)
    url = f"{URL}people/person/"
    assert administrator_client.get(f"{url}add/").status_code == 403
    sent = {"name": "Another", "language": "en"}
    answer = administrator_client.post(f"{url}{person.pk}/change/", sent)
    assert answer.status_code == 403
    assert administrator_client.post(f"{url}{person.pk}/delete/").status_code == 403
    page = administrator_client.get(url).content.decode()
    assert person.name in page
    assert gone.name not in page
