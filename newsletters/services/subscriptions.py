"""Confirmed opt-in, and leaving by a link without an account."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.mail import queue
from engagement.mail.services import messages
from engagement.people import keeping
from engagement.people.models import Consent, Person
from engagement.people.services import consents, erasure, people, suppressions
from newsletters.models import Delivery, Newsletter, Subscription
from newsletters.services import readings, rendering

CONFIRM = "confirm-subscription"
CONFIRM_LASTS = timedelta(days=7)
# As long as anybody keeps a newsletter; RFC 8058 wants a link that lasts.
LEAVE_LASTS = timedelta(days=3 * 365)


class Suppressed(Refused):
    """The address is on the list of those never written to."""


def wording(newsletter: Newsletter) -> str:
    """What a subscriber agrees to, in the reader's language."""
    return _(
        "I agree to be sent “%(newsletter)s” by e-mail. I can leave at any time with "
        "the link in each issue."
    ) % {"newsletter": shown(newsletter, "title").text}


# Goes up with every change of `wording`; the ledger keeps which one was shown.
WORDING_VERSION = "1"


def ask(
    *,
    newsletter: Newsletter,
    email: str,
    name: str,
    language: str,
    sector: str,
    function: str,
) -> None:
    """Mails a link to confirm with; who is subscribed already is told so by mail.

    Nothing comes back, so that a page can never show whether an address is known.
    """
    with transaction.atomic():
        person = people.find_or_create(
            by=None,
            email=email,
            name=name,
            language=language,
            sector=sector,
            function=function,
        )
        subscription, _new = Subscription.objects.get_or_create(
            newsletter=newsletter, person=person
        )
        known = Subscription.objects.in_force().filter(pk=subscription.pk).exists()
        token = tokens.make(CONFIRM, [subscription.pk, _last_word(subscription)])
        messages.send(
            kind="subscription_known" if known else "subscription_confirm",
            # To the address that was typed, which may not be their primary one.
            to=email.lower(),
            language=language,
            context={
                "newsletter": newsletter,
                "site_url": settings.SITE_URL,
                "token": token,
            },
        )


def find_to_confirm(token: str) -> Subscription:
    """Raises tokens.BadToken, also where the person has withdrawn meanwhile."""
    pk, last_word = tokens.read(CONFIRM, token, CONFIRM_LASTS)
    found = Subscription.objects.select_related("newsletter", "person")
    if asked := found.filter(pk=pk).first():
        # After a merge, that of the person they became part of.
        subscription = found.get(
            newsletter=asked.newsletter_id, person=people.current(asked.person)
        )
        in_force = Subscription.objects.in_force().filter(pk=subscription.pk)
        if _last_word(subscription) == last_word or in_force.exists():
            return subscription
    raise tokens.BadToken(_("This link is not valid, or is too old."))


def confirm(
    *, subscription: Subscription, language: str, reading: bool = False
) -> None:
    """Puts it in force and keeps the consent; a second time changes nothing. `reading`
    says that they agreed to have their reading kept by name."""
    with transaction.atomic():
        person = people.locked(subscription.person)
        suppressions.lift(person=person)
        if not Subscription.objects.in_force().filter(pk=subscription.pk).exists():
            consents.give(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=subscription.newsletter.slug,
                wording=wording(subscription.newsletter),
                wording_version=WORDING_VERSION,
                language=language,
                source=Consent.Source.FORM,
            )
        if reading:
            readings.agree(
                person=person, newsletter=subscription.newsletter, language=language
            )


def forget(*, by: User | None, subscription: Subscription) -> None:
    """Takes away what was asked for and never confirmed, and the person with it where
    nothing else has ever been known of them. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(subscription.person)
        subscription.delete()
        unknown = _only_signed_up(person)
        entries.record(
            by=by,
            action="subscription.forgotten",
            target=person,
            newsletter=subscription.newsletter.slug,
        )
        if unknown:
            # Without a word on the list of those never written to: that somebody did
            # not answer, or was named by somebody else, is no wish.
            erasure.erase(by=by, person=person, reason=None)


def _only_signed_up(person: Person) -> bool:
    """The public made the record, and neither anything else nor anybody of the team has
    touched it since."""
    trail = Entry.objects.filter(target_kind="people.person", target_id=person.pk)
    touched = trail.exclude(action="person.created", actor_id=None)
    made_here = trail.exists() and not touched.exists()
    return made_here and keeping.untied(keeping.EVER).filter(pk=person.pk).exists()


def _last_word(subscription: Subscription) -> int:
    """The number of the last row of the ledger on this subscription; 0 for none. A link
    to confirm with is good until the next word."""
    said = Consent.objects.filter(
        person=subscription.person_id,
        purpose=Consent.Purpose.NEWSLETTER,
        about=subscription.newsletter.slug,
    )
    last = said.last()
    return last.pk if last else 0


def find_delivery(token: str) -> Delivery:
    """The delivery that a personal link came with. Raises tokens.BadToken.

    Whoever asks holds the mail: where that was not known, a worker is told
    (`unknowns.settle_opened`).
    """
    value = tokens.read(rendering.SCOPE, token, LEAVE_LASTS)
    found = Delivery.objects.select_related("issue__newsletter", "person")
    if not (delivery := found.filter(token=value).first()):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    if delivery.state == Delivery.State.UNKNOWN:
        queue.tell("newsletters.settle_opened", delivery_id=delivery.pk)
    return delivery


def leave(
    *,
    newsletter: Newsletter,
    person: Person | None,
    source: str = Consent.Source.LINK,
) -> None:
    """Takes the consent back, if it was given, and that to reading by name with it; as
    often as anybody likes. Who has been erased has left."""
    with transaction.atomic(), suppress(people.Gone):
        if person is None:
            return
        person = people.locked(person)
        readings.withdraw(person=person, newsletter=newsletter, source=source)
        of_person = Subscription.objects.filter(newsletter=newsletter, person=person)
        if of_person.last_word_is(Consent.Action.GIVEN).exists():
            consents.withdraw(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=newsletter.slug,
                source=source,
            )


def enter(
    *,
    by: User | None,
    newsletter: Newsletter,
    name: str,
    email: str,
    language: str,
    word: str,
    source: str,
    evidence: str,
) -> Person:
    """What somebody said on paper or by telephone, entered by the team. `word` is
    "given" or "withdrawn"; a withdrawal is believed of anybody. Raises Suppressed."""
    with transaction.atomic():
        given = word == Consent.Action.GIVEN
        if given and suppressions.find(email):
            raise Suppressed(
                _("This address is never written to. Only its owner can change that.")
            )
        person = people.find_or_create(by=by, email=email, name=name, language=language)
        Subscription.objects.get_or_create(newsletter=newsletter, person=person)
        if given:
            consents.give(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=newsletter.slug,
                wording=wording(newsletter),
                wording_version=WORDING_VERSION,
                language=language,
                source=source,
                evidence=evidence,
            )
        else:
            readings.withdraw(person=person, newsletter=newsletter, source=source)
            consents.withdraw(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=newsletter.slug,
                source=source,
                evidence=evidence,
            )
        entries.record(
            by=by,
            action="consent.given" if given else "consent.withdrawn",
            target=person,
        )
    return person


def come_back(*, newsletter: Newsletter, person: Person, language: str) -> None:
    """Undoes leaving, at once: the link has proved whose address it is."""
    with transaction.atomic():
        subscription, _new = Subscription.objects.get_or_create(
            newsletter=newsletter, person=people.locked(person)
        )
        confirm(subscription=subscription, language=language)
