"""What an import does with each row, and that it is done whole or not at all."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagement.audit.models import Entry
from engagement.people.management.commands.import_people import Command
from engagement.people.models import (
    Affiliation,
    Alias,
    ColumnMapping,
    Consent,
    Interest,
    PeopleImport,
    Person,
    Suppression,
)
from engagement.people.queries import find
from engagement.people.services import columns, exporting, importing, suppressions
from engagement.people.services.planning import Options
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "Name,Email,Other email,Language,Sector,Organisation,Post,Function,From,Tags\n"
ANN = (
    "Ann Ŵyn,ann@example.org,,Cymraeg,Awdurdod lleol,,Officer,research,31/01/2026,a;b\n"
)


def options(head=HEAD, **fields):
    return Options(columns=columns.guess(head.strip().split(",")), **fields)


def run(text, head=HEAD, **fields):
    return importing.apply(
        by=None,
        content=(head + text).encode(),
        name="a.csv",
        options=options(head, **fields),
    )


def check(text, head=HEAD, **fields):
    return importing.check((head + text).encode(), "a.csv", options(head, **fields))


def test_a_new_person_with_everything():
    assert run(ANN).counts == {"new": 1}
    person = Person.objects.get()
    assert (person.name, person.email, person.language) == (
        *("Ann Ŵyn", "ann@example.org", "cy"),
    )
    post = person.affiliations.get()
    assert (post.stated_sector, post.function, post.post) == (
        *("local_authority", "research", "Officer"),
    )
    assert str(post.started_on) == "2026-01-31"
    assert {tag.name for tag in person.tags.all()} == {"a", "b"}
    assert not Consent.objects.exists(), "an import is no consent"


def test_twice_is_as_once():
    run(ANN)
    assert run(ANN).counts == {"same": 1}
    assert Person.objects.count() == Affiliation.objects.count() == 1


def test_what_is_missing_is_filled_and_what_differs_is_named():
    person = factories.make_person(
        name="Ann", email="ann@example.org", sector="academic"
    )
    plan = run(ANN)
    person.refresh_from_db()
    assert person.name == "Ann"
    post = person.affiliations.get()
    assert (post.stated_sector, post.post) == ("academic", "Officer")
    assert plan.counts["conflict"] == 3
    assert {row[3][0] for row in plan.shown["conflict"]} == {
        "name",
        "language",
        "sector",
    }


def test_the_file_may_win():
    person = factories.make_person(
        name="Ann", email="ann@example.org", sector="academic"
    )
    run(ANN, overwrite=True)
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ann Ŵyn", "cy")
    assert person.affiliations.get().stated_sector == "local_authority"


def test_another_body_is_a_new_post_and_the_old_one_ends():
    old, new = factories.make_organisation(), factories.make_organisation(name_en="New")
    person = factories.make_person(email="ann@example.org", organisation=old)
    row = "Ann,ann@example.org,,,,New,,,,\n"
    assert run(row).counts["conflict"] == 2
    run(row, overwrite=True)
    before, after = person.affiliations.order_by("pk")
    assert before.ended_on
    assert after.organisation == new


def test_bodies_are_known_by_any_name_and_unknown_ones_are_kept_as_written():
    body = factories.make_organisation(name_en="Swansea Council")
    Alias.objects.create(organisation=body, name="Cyngor Abertawe")
    run("A,a@example.org,,,,CYNGOR abertawe,,,,\nB,b@example.org,,,,Nowhere Ltd,,,,\n")
    one, other = Affiliation.objects.order_by("pk")
    assert one.organisation == body
    assert other.organisation_name == "Nowhere Ltd"


def test_wrong_rows_are_named_by_row_and_column_and_nothing_is_done():
    text = ANN + (
        ",not-an-address,,Klingon,,,,,,\nBob,ANN@example.org,,,,,,,31.13.2026,\n"
    )
    with pytest.raises(importing.HasErrors) as refused:
        run(text)
    found = {(row, column) for row, column, _said in refused.value.plan.shown["bad"]}
    assert found == {(3, "Name"), (3, "Email"), (3, "Language"), (4, "From")}
    assert not Person.objects.exists()


def test_an_address_twice_in_the_file():
    plan = check(ANN + "Bob,ANN@example.org,,,,,,,,\n")
    assert plan.shown["bad"] == [[3, "Email", "This address is in row 2 too."]]


def test_a_failure_in_the_last_row_leaves_nothing():
    people = "".join(f"P{n},p{n}@example.org,,,,,,,,\n" for n in range(4500))
    with pytest.raises(importing.HasErrors):
        run(people + "X,x,,,,,,,,\n")
    assert not Person.objects.exists()
    assert not Affiliation.objects.exists()


def test_another_address_of_somebody_known():
    person = factories.make_person(email="ann@example.org")
    factories.make_person(email="bob@example.org")
    run("Ann,ann@example.org,new@example.org,,,,,,,\n")
    assert person.addresses.count() == 2
    plan = run("Cai,cai@example.org,bob@example.org,,,,,,,\n")
    assert plan.counts["conflict"] == 1
    assert Person.objects.get(email="cai@example.org").addresses.count() == 1


def test_who_was_erased_stays_out_and_who_is_stopped_stays_stopped():
    suppressions.add(by=None, address="ann@example.org", reason="erased")
    suppressions.add(by=None, address="bob@example.org", reason="asked")
    plan = run(ANN + "Bob,bob@example.org,,,,,,,,\n")
    assert plan.counts == {"erased": 1, "new": 1}
    assert Person.objects.get().email == "bob@example.org"
    assert Suppression.objects.filter(lifted_at=None).count() == 2


def test_somebody_alike_is_named_and_may_be_the_same():
    person = factories.make_person(name="Siân Wyn", email="sian@council.org")
    row = "Sian Wyn,sw@council.org,,,,,,,,\n"
    plan = check(row)
    assert plan.shown["alike"][0][3][1:] == [str(person.pk), "Siân Wyn"]
    run(row, same={2: person.pk})
    assert Person.objects.count() == 1
    assert person.addresses.count() == 2


def test_what_changed_since_it_was_shown_is_not_done():
    plan = check(ANN)
    factories.make_person(email="ann@example.org")
    with pytest.raises(importing.Changed):
        importing.apply(
            by=None,
            content=(HEAD + ANN).encode(),
            name="a.csv",
            options=options(),
            expected=plan.digest,
        )


def test_interests_in_either_language():
    Interest.objects.create(slug="h", name_en="Health", name_cy="Iechyd")
    head = "Name,Email,Interests\n"
    run("A,a@example.org,iechyd\n", head)
    assert Person.objects.get().interests.get().slug == "h"
    plan = check("A,a@example.org,Golf\n", head)
    assert plan.shown["bad"] == [
        [2, "Interests", "There is no interest called “Golf”."]
    ]


def test_a_name_in_two_columns():
    run("Ann,Wyn,a@example.org\n", "First name,Surname,Email\n")
    assert Person.objects.get().name == "Ann Wyn"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(form, manager):
    factories.make_person(name="=Ann", email="ann@tŷ.example.org", sector="academic")
    factories.make_person(organisation=factories.make_organisation(), function="policy")
    file = exporting.export(by=manager, people=find(words="", sector=""), form=form)
    from engagement.people.services import reading

    mapping = columns.guess(reading.read(file, f"a.{form}").headings)
    plan = importing.check(file, f"a.{form}", Options(columns=mapping, overwrite=True))
    assert plan.counts == {"same": 2}
    assert Entry.objects.get(action="people.exported").actor_id == manager.pk


class TestColumns:
    def test_welsh_headings(self):
        found = columns.guess(["Enw", "Cyfeiriad e-bost", "Sefydliad", "Swydd"])
        assert found["email"] == "Cyfeiriad e-bost"
        assert found["organisation"] == "Sefydliad"

    def test_chosen_ones_are_remembered(self):
        columns.remember("list", ["A", "B"], {"name": "A", "email": "B"})
        assert columns.guess(["A", "B"]) == {"name": "A", "email": "B"}
        assert columns.guess(["A", "C"]) == {}

    @pytest.mark.parametrize(
        "chosen",
        [
            {"name": "A"},
            {"email": "A"},
            {"name": "A", "email": "A"},
            {"name": "A", "email": "X"},
        ],
    )
    def test_what_is_needed(self, chosen):
        with pytest.raises(columns.BadMapping):
            columns.check(chosen, ["A", "B"])


class TestCommand:
    def call(self, tmp_path, text, *words, head=HEAD):
        file, out = tmp_path / "a.csv", StringIO()
        file.write_text(head + text, encoding="utf-8")
        call_command("import_people", str(file), *words, stdout=out)
        return out.getvalue()

    def test_imports(self, tmp_path):
        assert self.call(tmp_path, ANN) == "new 1\n"
        assert Person.objects.get().name == "Ann Ŵyn"

    def test_what_was_imported_is_on_record(self, tmp_path):
        self.call(tmp_path, ANN)
        entry = Entry.objects.get(action="import.applied")
        assert (entry.target, entry.detail) == ("a.csv", {"new": 1})
        record = PeopleImport.objects.get()
        assert (record.state, record.result) == ("applied", {"counts": {"new": 1}})
        with pytest.raises(CommandError):
            self.call(tmp_path, "Ann,x,,,,,,,,\n")
        assert PeopleImport.objects.count() == 1

    def test_dry_run_as_json(self, tmp_path):
        found = json.loads(self.call(tmp_path, ANN, "--dry-run", "--json"))
        assert found == {"counts": {"new": 1}, "bad": []}
        assert not Person.objects.exists()

    def test_refused_with_row_and_column(self, tmp_path):
        with pytest.raises(CommandError, match="row 2, Email: ") as refused:
            self.call(tmp_path, "Ann,x,,,,,,,,\n")
        assert refused.value.returncode == 1

    def test_a_mapping_by_its_name(self, tmp_path):
        ColumnMapping.objects.create(name="m", columns={"name": "X", "email": "Y"})
        self.call(tmp_path, "Ann,ann@example.org\n", "--mapping", "m", head="X,Y\n")
        assert Person.objects.get().name == "Ann"
        with pytest.raises(CommandError, match="no mapping") as refused:
            self.call(tmp_path, ANN, "--mapping", "none")
        assert refused.value.returncode == 1

    def test_no_such_file(self, tmp_path):
        with pytest.raises(CommandError) as refused:
            call_command("import_people", str(tmp_path / "none.csv"))
        assert refused.value.returncode == 1

    def test_wrong_use(self):
        with pytest.raises(SystemExit) as refused:
            Command().run_from_argv(["manage.py", "import_people"])
        assert refused.value.code == 2
