from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, Subject, declare, kept
from engagement.people.models import (
    Affiliation,
    Alias,
    Audience,
    ColumnMapping,
    Consent,
    Due,
    EmailAddress,
    Interest,
    Merge,
    NotTheSame,
    Organisation,
    PeopleImport,
    Person,
    Succession,
    Suppression,
    Tag,
)


def _of_person(subject: Subject) -> Q:
    return Q(person__in=subject.people)


def _two(subject: Subject, one: str, other: str) -> Q:
    either = Q(**{f"{one}__in": subject.people}) | Q(**{f"{other}__in": subject.people})
    return Q(kind=Merge.Kind.PERSON) & either


# The person goes last of these: the other rows point at it.
declare(
    Person,
    title=_("You"),
    about=lambda subject: Q(pk__in=subject.people),
    plain="id source is_synthetic created_at merged_into",
    personal=dict.fromkeys(("name", "email", "language", "user"), CLEARED),
    delete=True,
)
declare(
    EmailAddress,
    title=_("E-mail addresses"),
    about=_of_person,
    plain="id person confirmed_at created_at",
    personal=dict.fromkeys(("address", "digest"), CLEARED),
    delete=True,
)
declare(
    Affiliation,
    title=_("Posts"),
    about=_of_person,
    plain="id person",
    personal=dict.fromkeys(
        (
            *("organisation", "organisation_name", "stated_sector", "function"),
            *("post", "started_on", "ended_on"),
        ),
        CLEARED,
    ),
    delete=True,
)
for through, title in (
    (Person.interests.through, _("Interests")),
    (Person.tags.through, _("Tags")),
):
    target = "interest" if through is Person.interests.through else "tag"
    declare(
        through,
        title=title,
        about=_of_person,
        plain="id person",
        personal={target: CLEARED},
        delete=True,
    )
declare(
    Succession,
    title=_("What somebody takes over from you"),
    about=_of_person,
    plain="id organisation what_en what_cy target_kind target_id url raised_at "
    "settled_at",
    personal={"person": CLEARED},
)
declare(
    Consent,
    title=_("What you agreed to and took back"),
    about=_of_person,
    plain="id purpose about action wording wording_version language source at",
    personal={"person": CLEARED, "evidence": CLEARED},
)
declare(
    Merge,
    title=_("Records that were made one"),
    about=lambda subject: _two(subject, "kept_id", "merged_id"),
    plain="id kind kept_id merged_id moved by at undone_at",
    personal={"before": CLEARED},
    delete=True,
)
declare(
    Due,
    title=_("What goes when its time is over"),
    about=_of_person,
    plain="id rule target_kind target_id listed_at due_at held_at failed_at done_at",
    personal={
        "person": CLEARED,
        "held_reason": CLEARED,
        "held_by": kept("who of the team did it", exported=False),
    },
    delete=True,
)
declare(
    NotTheSame,
    title=_("Records that look like yours"),
    about=lambda subject: _two(subject, "one_id", "other_id"),
    plain="id kind one_id other_id",
    delete=True,
)
declare(
    PeopleImport,
    plain="id name state columns choices done total made_by made_at beat_at applied_at",
    personal={
        "file": kept("deleted once it is applied, or after seven days"),
        "result": kept("emptied with the file, or 90 days after it was applied"),
    },
)
declare(
    Suppression,
    plain="id reason at lifted_at",
    personal={"digest": kept("so that a new import does not write to them again")},
)
declare(Audience, plain="id slug name note rule made_by made_at updated_at")
declare(ColumnMapping, plain="id name headings_digest columns values used_at")
declare(
    Organisation,
    plain="id source is_synthetic slug name_en name_cy sector sector_as_printed area "
    "parent note_en note_cy merged_into",
)
declare(Alias, plain="id organisation name kind")
declare(Interest, plain="id slug position name_en name_cy")
declare(Tag, plain="id name")
