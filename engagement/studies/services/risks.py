"""What may go wrong with a study: raised with an owner, closed with an outcome."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.accounts.models import Role as Account
from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from engagement.studies.models import Ownership, Risk, Study


class OneLanguageOnly(Refused):
    """A risk and its outcome are told in both languages."""


def add(
    *, by: User | None, study: Study, text_en: str, text_cy: str, owner: User | None
) -> Risk:
    """Raises OneLanguageOnly."""
    _check_both(text_en, text_cy)
    text = {"text_en": text_en, "text_cy": text_cy}
    with transaction.atomic():
        return _raise(by, study, Risk.Kind.OTHER, "", text, owner or _owner(study, by))


def vacant(*, by: User | None, study: Study, role: str, on: date) -> Risk:
    """Nobody has the role from this day on; one such risk of a role is open at a time."""
    known = study.risks.open().filter(kind=Risk.Kind.VACANCY, role=role).first()
    if known:
        return known
    text = _both("vacant", role, on)
    return _raise(by, study, Risk.Kind.VACANCY, role, text, _owner(study, by))


def changed(*, by: User | None, study: Study, role: str, on: date) -> Risk:
    """The role has changed hands."""
    text = _both("changed", role, on)
    return _raise(by, study, Risk.Kind.CHANGE, role, text, _owner(study, by))


def filled(*, by: User | None, study: Study, role: str, on: date) -> None:
    """Somebody has the role: that nobody has it is a risk no more."""
    for row in study.risks.open().filter(kind=Risk.Kind.VACANCY, role=role):
        text = _both("filled", role, on)
        _close(by, row, text["text_en"], text["text_cy"])


def give(*, by: User | None, risk: Risk, owner: User) -> None:
    """To somebody else to see to."""
    with transaction.atomic():
        risk = Risk.objects.select_for_update().get(pk=risk.pk)
        risk.owner = owner
        risk.save(update_fields=["owner"])
        entries.record(by=by, action="risk.given", target=risk)


def close(*, by: User | None, risk: Risk, outcome_en: str, outcome_cy: str) -> None:
    """A second time changes nothing. Raises OneLanguageOnly."""
    _check_both(outcome_en, outcome_cy)
    with transaction.atomic():
        row = Risk.objects.select_for_update().open().filter(pk=risk.pk).first()
        if row is not None:
            _close(by, row, outcome_en, outcome_cy)


def _raise(
    by: User | None,
    study: Study,
    kind: str,
    role: str,
    text: dict[str, str],
    owner: User | None,
) -> Risk:
    row = Risk(study=study, kind=kind, role=role, owner=owner, **text)
    row.save()
    entries.record(by=by, action="risk.raised", target=row)
    return row


def _close(by: User | None, row: Risk, outcome_en: str, outcome_cy: str) -> None:
    row.closed_at = timezone.now()
    row.outcome_en, row.outcome_cy = outcome_en, outcome_cy
    row.save(update_fields=["closed_at", "outcome_en", "outcome_cy"])
    entries.record(by=by, action="risk.closed", target=row)


def _owner(study: Study, by: User | None) -> User | None:
    """Whoever leads the study and signs in; else who did it; else whoever manages."""
    leads = study.ownerships.on(timezone.localdate()).filter(role=Ownership.Role.LEAD)
    lead = leads.filter(person__user__is_active=True).select_related("person__user")
    for row in lead:
        if row.person and row.person.user:
            return row.person.user
    managers = User.objects.filter(role=Account.MANAGER, is_active=True)
    return by or managers.order_by("pk").first()


def _check_both(en: str, cy: str) -> None:
    if not (en.strip() and cy.strip()):
        raise OneLanguageOnly(_("Write this in English and in Welsh."))


def _both(what: str, role: str, on: date) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        with translation.override(lang):
            words = {
                "vacant": _("Nobody holds this role from %(day)s: %(role)s."),
                "changed": _("This role changed hands on %(day)s: %(role)s."),
                "filled": _("Somebody holds this role from %(day)s: %(role)s."),
            }
            names = {"day": date_format(on), "role": str(Ownership.Role(role).label)}
            found[f"text_{lang}"] = words[what] % names
    return found
