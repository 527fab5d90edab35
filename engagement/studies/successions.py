"""A role in a study needs a successor when whoever has it changes post."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import translation

from engagement.core.bilingual import LANGUAGES, shown
from engagement.people.registry import Held, add_holding
from engagement.studies.models import Ownership
from engagement.studies.services.ownerships import OWNERSHIP


def _roles(person: int) -> Iterator[Held]:
    rows = Ownership.objects.filter(person=person, ended_on=None)
    for row in rows.select_related("study"):
        what = {}
        for lang in LANGUAGES:
            with translation.override(lang):
                title = shown(row.study, "title").text
                what[lang] = f"{title}: {row.get_role_display()}"
        url = reverse("studies:ownership", args=[row.study.slug])
        yield Held(what["en"], what["cy"], OWNERSHIP, row.pk, url)


add_holding(_roles)
