"""What stands in the way, on a page, with a way to mend or to let it pass."""

import pytest

from newsletters.models import Issue, Override
from newsletters.services import links
from tests import factories
from tests.support import issues

pytestmark = pytest.mark.django_db
REASON = "The Welsh edition counts one area more."


@pytest.fixture
def issue():
    return issues.make("There are 22.", "Mae 23.")


def path(issue, *parts, lang="en"):
    tail = "".join(f"{part}/" for part in parts)
    return f"/{lang}/newsletters/issues/{issue.pk}/checks/{tail}"


def text(client, issue, **more):
    return client.get(path(issue, **more)).content.decode()


def test_each_finding_leads_to_its_field(manager_client, issue):
    page = text(manager_client, issue)
    article = issue.places.get().article
    assert "Only in English: 22. Only in Welsh: 23." in page
    assert f"issues/{issue.pk}/articles/{article.pk}/#id_body_en" in page
    assert "In the way: 1" in page
    assert article.title_en in page


def test_of_pictures_and_links_to_the_page_that_has_them(manager_client, issue):
    article = issue.places.get().article
    factories.make_picture(article=article, alt_cy="")
    output = factories.make_output(study=article.study)
    links.add(by=None, article=article, target=f"output:{output.pk}")
    page = text(manager_client, issue)
    for part in ("pictures", "links"):
        address = f"/en/newsletters/issues/{issue.pk}/articles/{article.pk}/{part}/"
        assert f'href="{address}"' in page
        assert manager_client.get(address).status_code == 200


def test_what_blocks_comes_first(manager_client):
    page = text(manager_client, issues.make("We utilise 22.", "Mae 23."))
    assert page.index("Only in Welsh: 23") < page.index("plainer would be")


def test_nothing_in_the_way(manager_client):
    page = text(manager_client, issues.make())
    assert "Nothing stands in the way" in page
    assert "Let them pass" not in page


def test_in_welsh(manager_client, issue):
    page = text(manager_client, issue, lang="cy")
    assert "Yn Saesneg yn unig: 22. Yn Gymraeg yn unig: 23." in page
    assert "heb farnu" in page


def test_that_there_is_no_welsh_scale_is_said(manager_client, issue):
    assert "For Welsh nobody has agreed on a scale" in text(manager_client, issue)


def test_a_second_person_lets_it_pass_and_that_is_printed(
    manager, manager_client, issue
):
    answer = manager_client.post(path(issue, "override"), {"reason": REASON})
    assert answer.url == path(issue)
    page = text(manager_client, issue)
    assert "Nothing stands in the way" in page
    assert REASON in page
    assert str(manager) in page
    assert "Ended: the words have changed" not in page
    article = issue.places.get().article
    article.body_en = "There are 24."
    article.save()
    assert "Ended: the words have changed" in text(manager_client, issue)


@pytest.mark.parametrize("reason", ["", "   ", "Because", "\x00" * 20])
def test_without_a_reason_nothing_passes(manager_client, issue, reason):
    answer = manager_client.post(path(issue, "override"), {"reason": reason})
    assert answer.status_code == 422
    assert 'id="error-summary"' in answer.content.decode()
    assert not Override.objects.exists()


def test_who_wrote_it_is_told_so(manager_client, issue):
    edit = f"/en/newsletters/issues/{issue.pk}/"
    seen = issue.updated_at.isoformat()
    words = {"title_en": "New", "title_cy": "Newydd", "seen": seen}
    assert manager_client.post(edit, words).status_code == 302
    page = text(manager_client, issue)
    assert "somebody else has to decide" in page
    assert "Let them pass" not in page
    answer = manager_client.post(path(issue, "override"), {"reason": REASON})
    assert answer.status_code == 422
    assert "somebody else decides" in answer.content.decode()


def test_a_block_that_is_no_difference_cannot_be_let_pass(manager_client):
    issue = issues.make("", "")
    page = text(manager_client, issue)
    assert "It cannot be sent yet" in page
    assert "Let them pass" not in page
    answer = manager_client.post(path(issue, "override"), {"reason": REASON})
    assert answer.status_code == 422


def test_the_record_stays_readable_after_it_went(manager, manager_client, issue):
    manager_client.post(path(issue, "override"), {"reason": REASON})
    Issue.objects.filter(pk=issue.pk).update(state="finished")
    page = text(manager_client, issue)
    assert "This issue has gone out." in page
    assert REASON in page
    assert "It cannot be sent yet" not in page


def test_markup_in_what_was_typed_is_text(manager_client):
    bad = "<script>alert(1)</script>"
    issue = issues.make(bad, f"{bad} 7", title_en=bad)
    page = text(manager_client, issue)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_edit_page_leads_there(manager_client, issue):
    page = manager_client.get(f"/en/newsletters/issues/{issue.pk}/").content.decode()
    assert path(issue) in page


def test_the_page_asks_the_database_a_bounded_number_of_times(
    manager_client, django_assert_max_num_queries
):
    few = issues.make("There are 22.", "Mae 23.")
    many = factories.make_issue(articles=12)
    for issue in (few, many):
        with django_assert_max_num_queries(24):
            text(manager_client, issue)
