"""The register, as staff keep it."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from engagement.audit.models import Entry
from engagement.evidence.models import EvidenceOfUse, OverlapGroup
from engagement.evidence.services import sources, uses
from tests import factories
from tests.factories import make_finding, make_use

pytestmark = pytest.mark.django_db
NEW = "/en/evidence/manage/new/"


def fields(study, /, **more):
    texts = {"description_en": "It chose the streets.", "user_en": "A council"}
    return {"study": study.pk, "kind": "use"} | texts | more


def url(use, part=""):
    return f"/en/evidence/manage/{use.pk}/{part}"


def shown(client, address, status=200, data=None):
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == status
    return answer.content.decode()


def test_one_sentence_is_enough_to_begin_and_nothing_is_public(
    manager_client, client, study
):
    manager_client.post(NEW, fields(study))
    use = EvidenceOfUse.objects.get()
    assert (use.published_at, use.confidence, use.consent) == (
        None,
        "none",
        "not_asked",
    )
    assert client.get(use.get_absolute_url()).status_code == 404
    page = shown(manager_client, url(use))
    for missing in (
        "This is missing in Welsh: what was done with it.",
        "This is missing in Welsh: used by.",
        "Consent to publish is not on record.",
        "There is no source.",
    ):
        assert missing in page
    assert "Evidence of use recorded" in page


def test_all_of_it_is_kept(manager_client, study):
    manager_client.post(
        NEW,
        fields(
            study,
            sector="local_authority",
            function="policy",
            decision_en="Which streets",
            stage="decision",
            use_type="instrumental",
            also_type="capacity",
            model="relationship",
            degree="crucial",
            beside_en="A survey",
            counterfactual_en="Whoever asked first",
            budget_gbp="40000",
            budget_text_en="£40,000",
            budget_period="year",
            budget_basis="published",
            new_overlap_en="Grants",
            new_overlap_cy="Grantiau",
            month="9",
            year="2011",
        ),
    )
    use = EvidenceOfUse.objects.get()
    assert (use.happened_on, use.happened_precision) == (date(2011, 9, 1), "month")
    assert use.overlap == OverlapGroup.objects.get()
    assert (use.also_type, use.degree, use.budget_gbp) == ("capacity", "crucial", 40000)
    page = shown(manager_client, url(use))
    for said in ("September 2011", "Each year", "Whoever asked first", "Policy"):
        assert said in page
    edited = shown(manager_client, url(use, "edit/"))
    assert 'value="2011"' in edited
    assert 'value="9"' in edited


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"description_en": ""}, "Say in a plain sentence what happened."),
        ({"kind": "misuse"}, "Choose what was wrong."),
        ({"misuse": "threshold"}, "is an entry of the kind misuse"),
        ({"also_type": "process"}, "Choose the first kind."),
        ({"use_type": "process", "also_type": "process"}, "Choose another kind"),
        ({"day": "3", "year": "2011"}, "Enter the year, and the month of a day."),
        ({"month": "3"}, "Enter the year, and the month of a day."),
        ({"day": "31", "month": "2", "year": "2011"}, "There is no such day."),
        ({"year": "2199"}, "The day must not be in the future."),
        ({"month": "13", "year": "2011"}, "Enter a number that a date can have."),
        ({"budget_gbp": "£22m"}, "Enter whole pounds"),
        ({"new_overlap_en": "Grants"}, "in English and in Welsh, or in neither"),
        ({"study": ""}, "Choose a study."),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_lost(
    manager_client, study, more, said
):
    page = shown(manager_client, NEW, 422, fields(study, **more))
    assert said in page
    assert "A council" in page
    assert not EvidenceOfUse.objects.exists()


def test_how_sure_it_is_follows_from_its_sources(manager_client, study):
    use = make_use(study, published=False, sources=[])
    texts = {"title_en": "A call", "title_cy": "Galwad"}
    for kind, where, level in (
        ("account", {}, "reported"),
        ("second", {}, "corroborated"),
        ("document", {"url": "https://example.org/a"}, "documented"),
        ("outside", {"source": "p. 3"}, "verified"),
    ):
        address = url(use, "sources/")
        shown(manager_client, address, 302, {"kind": kind} | texts | where)
        use.refresh_from_db()
        assert use.confidence == level
    manager_client.post(f"/en/evidence/sources/{use.sources.last().pk}/remove/")
    use.refresh_from_db()
    assert use.confidence == "documented"


def test_a_document_can_be_looked_up(manager_client, study):
    use = make_use(study, sources=[])
    data = {"kind": "document", "title_en": "A paper", "title_cy": "Papur"}
    page = shown(manager_client, url(use, "sources/"), 422, data)
    assert "Say where it can be looked up" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        use.sources.create(kind="outside", title_en="A", title_cy="B")


def test_a_file_is_kept_with_its_hash_and_for_staff(manager_client, client, study):
    use, content = make_use(study), b"%PDF-1.7 we used it"
    data = {
        "kind": "document",
        "title_en": "A paper",
        "title_cy": "Papur",
        "upload": SimpleUploadedFile("Cabinet paper.pdf", content),
    }
    shown(manager_client, url(use, "sources/"), 302, data)
    source = use.sources.get(kind="document")
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.sha256 in shown(manager_client, url(use))
    address = f"/en/evidence/sources/{source.pk}/file/"
    assert b"".join(manager_client.get(address).streaming_content) == content
    assert client.get(address).status_code == 302
    assert address not in shown(client, use.get_absolute_url())


def test_a_file_that_is_not_what_it_says_is_refused(manager_client, study):
    use = make_use(study, sources=[])
    upload = SimpleUploadedFile("paper.pdf", b"MZ program")
    data = {"kind": "document", "title_en": "A", "title_cy": "B", "upload": upload}
    assert "is not what its name says" in shown(
        manager_client, url(use, "sources/"), 422, data
    )
    assert not use.sources.exists()


def test_what_is_public_keeps_a_source(study):
    use = make_use(study)
    with pytest.raises(sources.LastSource):
        sources.remove(by=None, source=use.sources.get())
    assert use.sources.count() == 1


def test_without_consent_nothing_is_public(manager_client, client, study):
    use = make_use(study, published=False)
    page = shown(manager_client, url(use, "publish/"), 422, {})
    assert "Consent to publish is not on record." in page
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceOfUse.objects.update(published_at="2026-01-01T00:00Z")
    data = {"consent": "given", "on": "2026-01-31"}
    shown(manager_client, url(use, "consent/"), 302, data)
    assert client.get(use.get_absolute_url()).status_code == 404
    shown(manager_client, url(use, "publish/"), 302, {})
    assert "Chose areas" in shown(client, use.get_absolute_url())
    shown(manager_client, url(use, "consent/"), 302, {"consent": "refused"})
    assert client.get(use.get_absolute_url()).status_code == 404


def test_asking_to_publish_changes_nothing(manager_client, study):
    use = make_use(study, published=False, consent="given")
    shown(manager_client, url(use, "publish/"))
    use.refresh_from_db()
    assert use.published_at is None


def test_taken_out_of_public_view(manager_client, client, study):
    use = make_use(study)
    shown(manager_client, url(use, "unpublish/"), 302, {})
    assert client.get(use.get_absolute_url()).status_code == 404
    assert "taken out of public view" in shown(manager_client, url(use))


@pytest.mark.parametrize("pair", EvidenceOfUse.PAIRS)
def test_one_language_stands_in_the_way_of_publishing(study, pair):
    use = make_use(study, published=False, consent="given")
    uses.update(by=None, use=use, fields={f"{pair}_en": "Here", f"{pair}_cy": ""})
    with pytest.raises(uses.NotReady, match="This is missing in Welsh"):
        uses.publish(by=None, use=use)


def test_what_is_public_stays_in_both_languages(manager_client, study):
    use = make_use(study)
    more = {"description_cy": "", "user_cy": "Cyngor"}
    page = shown(manager_client, url(use, "edit/"), 422, fields(study, **more))
    assert "This is missing in Welsh: what was done with it." in page
    use.refresh_from_db()
    assert use.description_cy == "Dewis ardaloedd 0."


def test_an_edition_brings_its_output_and_only_the_studys_are_offered(
    manager_client, study
):
    use = make_use(study)
    output = factories.make_output(study=study)
    edition = factories.make_file(output=output).edition
    other = factories.make_output(study=factories.make_study())
    factor = make_finding(study)
    make_finding(factories.make_study(), text_en="Of another study.")
    page = shown(manager_client, url(use, "ties/"))
    assert other.title_en not in page
    assert "Of another study." not in page
    data = {"editions": [edition.pk], "helped": [factor.pk]}
    shown(manager_client, url(use, "ties/"), 302, data)
    assert list(use.outputs.all()) == [output]
    assert list(use.helped.all()) == [factor]


def test_the_path_is_by_things_of_the_study_or_a_programme(manager_client, study):
    use = make_use(study)
    event = factories.make_event(study=study)
    issue = factories.make_issue(
        newsletter=factories.make_newsletter(study=study), state="archived"
    )
    other = factories.make_event()
    page = shown(manager_client, url(use, "path/"))
    assert f"event:{event.pk}" in page
    assert f"issue:{issue.pk}" in page
    assert f"event:{other.pk}" not in page
    for data, status in (
        ({"thing": f"event:{event.pk}"}, 302),
        ({"thing": f"event:{event.pk}"}, 422),
        ({"thing": f"issue:{issue.pk}"}, 302),
        ({"thing": f"event:{other.pk}"}, 422),
        ({}, 422),
        ({"label_en": "A programme"}, 422),
        ({"label_en": "A programme", "label_cy": "Rhaglen"}, 302),
    ):
        shown(manager_client, url(use, "path/"), status, data)
    assert use.path.count() == 3
    page = shown(manager_client, url(use))
    assert event.title_en in page
    assert issue.title_en in page
    manager_client.post(f"/en/evidence/path/{use.path.first().pk}/remove/")
    assert use.path.count() == 2


def test_the_register_is_chosen_from(manager_client, study):
    make_use(study, description_en="Wanted.", kind="misuse", misuse="threshold")
    make_use(study, description_en="Hidden.", published=False, stage="practice")
    make_use(study, description_en="Second.", also_type="process")
    address = "/en/evidence/manage/"
    for query, wanted in (
        ("?kind=misuse", "Wanted."),
        ("?published=no", "Hidden."),
        ("?stage=practice", "Hidden."),
        ("?use_type=process", "Second."),
    ):
        page = shown(manager_client, address + query)
        found = [t for t in ("Wanted.", "Hidden.", "Second.") if t in page]
        assert found == [wanted]
    assert "There are no entries here." in shown(
        manager_client, f"{address}?confidence=verified"
    )
    assert "There is a problem" in shown(manager_client, f"{address}?kind=x", 422)


def test_the_trail_names_nobody_and_says_what_was_done(manager_client, study):
    manager_client.post(NEW, fields(study))
    use = EvidenceOfUse.objects.get()
    uses.settle_consent(by=None, use=use, consent="given", on=None)
    actions = Entry.objects.filter(target_id=use.pk).values_list("action", flat=True)
    assert set(actions) == {"evidence.recorded", "evidence.consent_settled"}
    assert "Consent: Given" in shown(manager_client, url(use))


def test_costs_few_queries(manager_client, study, django_assert_max_num_queries):
    for _ in range(6):
        use = make_use(study, sources=["account", "second"])
        use.helped.add(make_finding(study))
        use.path.create(kind="event", target=factories.make_event(study=study).pk)
    with django_assert_max_num_queries(8):
        shown(manager_client, "/en/evidence/manage/")
    with django_assert_max_num_queries(13):
        shown(manager_client, url(use))
