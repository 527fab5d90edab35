"""The consent ledger: rows are added, never changed."""

from engagement.people.models import Consent, Person


def give(
    *,
    person: Person,
    purpose: str,
    about: str,
    wording: str,
    language: str,
    source: str,
    evidence: str = "",
) -> Consent:
    """`about` names what it is for, `wording` is the sentence agreed to, as shown."""
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        about=about,
        action=Consent.Action.GIVEN,
        wording=wording,
        language=language,
        source=source,
        evidence=evidence,
    )


def withdraw(*, person: Person, purpose: str, about: str, source: str) -> Consent:
    """Taken back; what was agreed to before stays in the ledger."""
    return Consent.objects.create(
        person=person,
        purpose=purpose,
        about=about,
        action=Consent.Action.WITHDRAWN,
        language=person.language,
        source=source,
    )
