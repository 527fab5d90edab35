"""What people asked, and when they had an answer."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.people.histories import midnight
from engagement.people.registry import About, Happening, add_history
from engagement.studies.models import Enquiry


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
