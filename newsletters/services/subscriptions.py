"""Confirmed opt-in, and leaving by a link without an account."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core import tokens
from engagement.core.bilingual import shown
from engagement.mail.services import messages
from engagement.people.models import Consent, Person
from engagement.people.services import consents, people
from newsletters.models import Delivery, Newsletter, Subscription
from newsletters.services import rendering

CONFIRM = "confirm-subscription"
CONFIRM_LASTS = timedelta(days=7)
# As long as anybody keeps a newsletter; RFC 8058 wants a link that lasts.
LEAVE_LASTS = timedelta(days=3 * 365)


def wording(newsletter: Newsletter) -> str:
    """What a subscriber agrees to, in the reader's language."""
    return _(
        "I agree to be sent “%(newsletter)s” by e-mail. I can leave at any time with "
        "the link in each issue."
    ) % {"newsletter": shown(newsletter, "title").text}


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
            newsletter=newsletter, person=person, ended_at=None
        )
        known = subscription.confirmed_at is not None
        token = tokens.make(CONFIRM, str(subscription.pk))
        messages.send(
            kind="subscription_known" if known else "subscription_confirm",
            to=person.email,
            language=language,
            context={
                "newsletter": newsletter,
                "site_url": settings.SITE_URL,
                "token": token,
            },
        )


def find_to_confirm(token: str) -> Subscription:
    """Raises tokens.BadToken, also where the subscription has ended meanwhile."""
    pk = tokens.read(CONFIRM, token, CONFIRM_LASTS)
    found = Subscription.objects.filter(pk=pk, ended_at=None).select_related(
        "newsletter", "person"
    )
    if not (subscription := found.first()):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return subscription


def confirm(*, subscription: Subscription, language: str) -> None:
    """Puts it in force and keeps the consent; a second time changes nothing."""
    with transaction.atomic():
        confirmed = Subscription.objects.filter(
            pk=subscription.pk, confirmed_at=None, ended_at=None
        ).update(confirmed_at=timezone.now())
        if confirmed:
            consents.give(
                person=subscription.person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=subscription.newsletter.slug,
                wording=wording(subscription.newsletter),
                language=language,
                source=Consent.Source.FORM,
            )


def find_delivery(token: str) -> Delivery:
    """The delivery that a link to leave came with. Raises tokens.BadToken."""
    value = tokens.read(rendering.SCOPE, token, LEAVE_LASTS)
    found = Delivery.objects.select_related("issue__newsletter", "person")
    if not (delivery := found.filter(token=value).first()):
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return delivery


def leave(*, newsletter: Newsletter, person: Person | None) -> None:
    """Ends the subscription, if there is one; as often as anybody likes."""
    if person is None:
        return
    with transaction.atomic():
        ended = Subscription.objects.filter(
            newsletter=newsletter, person=person, ended_at=None
        ).update(ended_at=timezone.now())
        if ended:
            consents.withdraw(
                person=person,
                purpose=Consent.Purpose.NEWSLETTER,
                about=newsletter.slug,
                source=Consent.Source.LINK,
            )


def come_back(*, newsletter: Newsletter, person: Person, language: str) -> None:
    """Undoes leaving, at once: the link has proved whose address it is."""
    with transaction.atomic():
        subscription, _new = Subscription.objects.get_or_create(
            newsletter=newsletter, person=person, ended_at=None
        )
        confirm(subscription=subscription, language=language)
