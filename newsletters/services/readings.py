"""Reading by name, of those who agreed to it: for newsletters in the mode `named`.

The links of such a reader's mail carry a token. What it may do is narrow:

- It keeps one row a day for an article of the issue that it came with, and opens nothing.
- It counts only while the newsletter is `named`, the reader's last word is yes and they
  do not object to being counted (`objections`): all are asked when it is used, not only
  when it was made. It is good for LASTS.
- Of an output, a file, an event or the issue's own page it keeps no row, only the hit.
- Machines, what is fetched ahead, tests and whoever is signed in keep nothing.
- The page answers it with its own address without it, so that what a reader passes on
  from there is nobody's. Whoever opens the mail itself, passed on, is taken for its
  reader; `wording` says so before anybody agrees.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.bilingual import shown
from engagement.metrics.services import hits
from engagement.people.models import Consent, Person
from engagement.people.queries import has_agreed
from engagement.people.services import consents, people, subjects
from newsletters.models import Delivery, IssueArticle, Newsletter, Reading
from newsletters.services import objections

SCOPE = "reader"
# What the token is called behind the `?` of an address.
MARK = "r"
LASTS = timedelta(days=90)
NAMED = Newsletter.Privacy.NAMED
PURPOSE = Consent.Purpose.READING
# Goes up with every change of `wording`; the ledger keeps which one was shown.
WORDING_VERSION = "1"


def wording(newsletter: Newsletter) -> str:
    """What somebody agrees to, in the reader's language."""
    return _(
        "I agree that the research team keeps, under my name, which articles I open from "
        "“%(newsletter)s” and on which day. Whoever opens a link in an issue that I pass "
        "on is taken for me. I can take this back at any time, and what was kept is then "
        "erased."
    ) % {"newsletter": shown(newsletter, "title").text}


def agreed(person_id: int) -> set[str]:
    """The slugs of the newsletters that the person said yes to last, in whatever mode
    they are now."""
    said = Consent.objects.filter(person=person_id, purpose=PURPOSE).order_by("pk")
    last = dict(said.values_list("about", "action"))
    return {slug for slug, word in last.items() if word == Consent.Action.GIVEN}


def askable(agreed_to: Collection[str]) -> QuerySet[Newsletter]:
    """Those that would keep it, and whatever was agreed to and can be taken back."""
    return Newsletter.objects.filter(Q(privacy=NAMED) | Q(slug__in=agreed_to))


def agree(*, person: Person, newsletter: Newsletter, language: str) -> None:
    """Kept once, and only where the newsletter asks for it. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        if newsletter.privacy != NAMED or newsletter.slug in agreed(person.pk):
            return
        consents.give(
            person=person,
            purpose=PURPOSE,
            about=newsletter.slug,
            wording=wording(newsletter),
            wording_version=WORDING_VERSION,
            language=language,
            source=Consent.Source.FORM,
        )
        # It is the later word.
        objections.take_back(newsletter=newsletter, person=person)


def withdraw(*, person: Person, newsletter: Newsletter, source: str) -> None:
    """Takes it back, where it was given, and erases what was kept; the hits, which are
    nobody's, still count. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        if newsletter.slug not in agreed(person.pk):
            return
        consents.withdraw(
            person=person, purpose=PURPOSE, about=newsletter.slug, source=source
        )
        theirs = Reading.objects.filter(delivery__issue__newsletter=newsletter)
        theirs.filter(delivery__person__in=subjects.of(person).people).delete()


def forget(*, by: User | None, row: Reading) -> None:
    """When the time to keep it is over."""
    with transaction.atomic():
        entries.record(by=by, action="reading.forgotten", target=row)
        row.delete()


def readers(newsletter: Newsletter, among: Collection[int]) -> set[int]:
    """Those of these people whose mail says who follows its links. Asks the database
    only for newsletters that keep reading by name."""
    if newsletter.privacy != NAMED:
        return set()
    yes = has_agreed("pk", PURPOSE, newsletter.slug)
    return set(Person.objects.filter(yes, pk__in=among).values_list("pk", flat=True))


def record(request: HttpRequest, *, token: str, article_id: int) -> Delivery | None:
    """Keeps that the reader whose `token` this is opened the article today. Gives the
    delivery; None, and nothing kept, where the token is no good or any of what stands
    above forbids it. A machine keeps nothing either, though the delivery is known."""
    delivery = of_reader(token)
    if delivery is None or not _is_in(delivery.issue_id, article_id):
        return None
    if hits.is_reading(request):
        _keep(delivery, article_id)
    return delivery


def of_reader(token: str) -> Delivery | None:
    """Whose token it is, while the newsletter is `named` and they agree."""
    with suppress(tokens.BadToken):
        key = tokens.read(SCOPE, token, LASTS)
        found = Delivery.objects.select_related("issue__newsletter", "person")
        delivery = found.filter(token=key, issue__newsletter__privacy=NAMED).first()
        if delivery and delivery.person_id and _agrees(delivery, delivery.person_id):
            return delivery
    return None


def _is_in(issue_id: int, article_id: int) -> bool:
    return IssueArticle.objects.filter(issue=issue_id, article=article_id).exists()


def _agrees(delivery: Delivery, person_id: int) -> bool:
    newsletter = delivery.issue.newsletter
    return newsletter.slug in agreed(person_id) and not objections.uncounted(
        newsletter, [person_id]
    )


def _keep(delivery: Delivery, article_id: int) -> None:
    """Holds the person's row: a withdrawal comes wholly before or wholly after."""
    with suppress(people.Gone), transaction.atomic():
        delivery.refresh_from_db(fields=["person"])
        if delivery.person is None:
            return
        person = people.locked(delivery.person)
        if _agrees(delivery, person.pk):
            today = timezone.localdate()
            row = Reading(delivery=delivery, article_id=article_id, day=today)
            Reading.objects.bulk_create([row], ignore_conflicts=True)
