"""What people asked, and when they had an answer."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.core.bilingual import shown
from engagement.people.histories import midnight
from engagement.people.registry import About, Happening, add_history
from engagement.studies.models import Enquiry, Ownership


def _asked(people: Collection[int]) -> Iterator[Happening]:
    for row in Enquiry.objects.filter(person__in=people):
        url, person = reverse("studies:enquiry", args=[row.pk]), row.person_id or 0
        question = {"question": Truncator(row.question).chars(100)}
        text = _("Asked: “%(question)s”") % question
        yield Happening(midnight(row.asked_on), About.ENQUIRY, text, person, url)
        if row.answered_on:
            text = _("Had an answer: “%(question)s”") % question
            at = midnight(row.answered_on)
            yield Happening(at, About.ENQUIRY, text, person, url)


add_history(_asked)


def _stood_for(people: Collection[int]) -> Iterator[Happening]:
    rows = Ownership.objects.filter(person__in=people).select_related("study")
    for row in rows:
        url = reverse("studies:ownership", args=[row.study.slug])
        names = {
            "role": row.get_role_display(),
            "study": shown(row.study, "title").text,
        }
        person, at = row.person_id or 0, midnight(row.started_on)
        text = _("Took a role in a study: %(role)s, %(study)s") % names
        yield Happening(at, About.GROUP, text, person, url)
        if row.ended_on:
            text = _("Left a role in a study: %(role)s, %(study)s") % names
            yield Happening(midnight(row.ended_on), About.GROUP, text, person, url)


add_history(_stood_for)
