from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from engagement.audit.services import entries
from engagement.core import spreadsheets
from engagement.people.models import Affiliation, Person
from engagement.people.services.columns import FIELDS

COLUMNS = [name for name in FIELDS if name not in {"first_name", "last_name"}]


def export(*, by: Any, people: QuerySet[Person], form: str) -> bytes:
    """The people as "csv" or "xlsx", with headings that an import knows again. Nothing
    in it runs as a formula."""
    posts = Affiliation.objects.filter(ended_on=None).select_related("organisation")
    rows = people.prefetch_related(
        Prefetch("affiliations", posts, to_attr="posts"),
        *("addresses", "tags", "interests"),
    )
    with transaction.atomic():
        content = spreadsheets.write(
            form, [str(FIELDS[name]) for name in COLUMNS], map(_row, rows)
        )
        entries.record(by=by, action="people.exported", target=by, form=form)
    return content


def _row(person: Any) -> list[str]:
    post = person.posts[0] if person.posts else Affiliation()
    others = [
        one.address for one in person.addresses.all() if one.address != person.email
    ]
    body = post.organisation.name_en if post.organisation else post.organisation_name
    values: dict[str, Any] = {
        "name": person.name,
        "email": person.email,
        "other_email": others[0] if others else "",
        "language": person.language,
        "sector": post.stated_sector,
        "organisation": body,
        "post": post.post,
        "function": post.function,
        "started_on": post.started_on,
        "tags": "; ".join(tag.name for tag in person.tags.all()),
        "interests": "; ".join(one.name_en for one in person.interests.all()),
    }
    return ["" if values[name] is None else str(values[name]) for name in COLUMNS]
