"""What subscribers settle for themselves, by signed links and without an account."""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.audit.services import entries
from engagement.core import tokens
from engagement.mail.services import messages
from engagement.people.models import Consent, Interest, Person
from engagement.people.services import addresses, people
from newsletters.models import Newsletter, Subscription
from newsletters.services import readings, subscriptions

SCOPE, CHANGE = "preferences", "change-address"
LINK_LASTS = timedelta(hours=24)


class Visit(NamedTuple):
    """Whose preferences a link opens. `fresh` where it was mailed in the last day: a
    link in an issue, which may have been forwarded, does not give everything away."""

    person: Person
    fresh: bool


def open_link(token: str) -> Visit:
    """Raises tokens.BadToken, also where the person is gone."""
    try:
        pk, email = tokens.read(SCOPE, token, LINK_LASTS)
    except tokens.BadToken:
        delivery = subscriptions.find_delivery(token)
        person, fresh = delivery.person, False
    else:
        person, fresh = Person.objects.filter(pk=pk, email=email).first(), True
    try:
        if person is not None:
            return Visit(people.current(person), fresh)
    except people.Gone:
        pass
    raise tokens.BadToken(_("This link is not valid, or is too old."))


def mail_link(*, address: str, page: str, language: str) -> None:
    """Mails a link to `page`, the name of an address of ours, if somebody on record has
    the address. Nothing comes back: a page can never show whether it is known."""
    with transaction.atomic():
        person = people.find(address)
        if person is None or not person.email:
            return
        token = tokens.make(SCOPE, [person.pk, person.email])
        messages.send(
            kind="preferences_link",
            to=person.email,
            language=language,
            context={
                "path": reverse(page, args=[token]),
                "site_url": settings.SITE_URL,
            },
        )


def subscribed(person: Person) -> list[int]:
    """The newsletters that the person gets, by number."""
    found = Subscription.objects.in_force().filter(person=person)
    return list(found.values_list("newsletter", flat=True))


def save(
    *,
    person: Person,
    newsletters: Collection[Newsletter],
    language: str,
    interests: Collection[Interest],
    readings_of: Collection[Newsletter],
    shown_in: str,
) -> None:
    """Exactly these newsletters and interests from now on, and reading by name of
    `readings_of` alone, as far as they get them. What is new is agreed to in the wording
    of `shown_in`, the language that the page was in. Raises people.Gone."""
    with transaction.atomic():
        person = people.locked(person)
        before = set(subscribed(person))
        agreed = readings.agreed(person.pk)
        kept = {each for each in readings_of if each in newsletters}
        for newsletter in Newsletter.objects.all():
            if newsletter in newsletters and newsletter.pk not in before:
                subscriptions.come_back(
                    newsletter=newsletter, person=person, language=shown_in
                )
            elif newsletter not in newsletters and newsletter.pk in before:
                subscriptions.leave(
                    newsletter=newsletter, person=person, source=Consent.Source.FORM
                )
            if newsletter in kept:
                readings.agree(person=person, newsletter=newsletter, language=shown_in)
            elif newsletter.slug in agreed:
                readings.withdraw(
                    person=person, newsletter=newsletter, source=Consent.Source.FORM
                )
        person.language = language
        person.save(update_fields=["language"])
        person.interests.set(interests)
        entries.record(by=None, action="person.preferences_saved", target=person)


def ask_to_change_address(*, person: Person, address: str, language: str) -> None:
    """Mails a link to the new address; nothing changes before it is confirmed. Where
    somebody else has the address, that one is told so by mail alone."""
    address = address.lower()
    with transaction.atomic():
        other = people.find(address)
        taken = other is not None and other.pk != person.pk
        token = tokens.make(CHANGE, [person.pk, person.email, address])
        messages.send(
            kind="address_taken" if taken else "address_confirm",
            to=address,
            language=language,
            context={
                "path": reverse("newsletters:confirm_address", args=[token]),
                "site_url": settings.SITE_URL,
            },
        )


def find_change(token: str) -> tuple[Person, str]:
    """The person and the new address. Once used, the link is no longer good. Raises
    tokens.BadToken."""
    pk, before, address = tokens.read(CHANGE, token, LINK_LASTS)
    person = Person.objects.current().filter(pk=pk, email=before).first()
    if person is None or before == address:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    return person, address


def change_address(*, token: str) -> Person:
    """Mail goes to the new address; the old one is told. Raises tokens.BadToken or
    addresses.Taken."""
    with transaction.atomic():
        person, address = find_change(token)
        person = people.locked(person)
        old = person.email
        row = addresses.add(by=None, person=person, address=address)
        addresses.make_primary(by=None, person=person, address=row, confirmed=True)
        messages.send(
            kind="address_changed", to=old, language=person.language, context={}
        )
    return person
