"""The register of evidence: how research was used, as it becomes known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual, slugs
from engagement.core.errors import Refused
from engagement.events.models import Commitment
from engagement.evidence import confidence, dates
from engagement.evidence.models import EvidenceOfUse, OverlapGroup

MANY = ("outputs", "editions", "helped", "hindered")


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing))


def record(
    *,
    by: User | None,
    fields: Mapping[str, Any],
    commitment: Commitment | None = None,
    is_synthetic: bool = False,
) -> EvidenceOfUse:
    """For staff until it is published. `commitment` is what it came of."""
    with transaction.atomic():
        use = EvidenceOfUse(commitment=commitment, is_synthetic=is_synthetic)
        words = fields["description_en"] or fields["description_cy"]
        use.slug = slugs.make(words, longest=40, empty="use")
        if commitment:
            use.is_synthetic = commitment.event.is_synthetic
        _assign(use, fields)
        _save(use, fields)
        entries.record(by=by, action="evidence.recorded", target=use)
    return use


def update(
    *, by: User | None, use: EvidenceOfUse, fields: Mapping[str, Any]
) -> EvidenceOfUse:
    """Raises NotReady where something public would lack what it needs."""
    with transaction.atomic():
        use = locked(use)
        _assign(use, fields)
        if use.published_at and (missing := obstacles(use)):
            raise NotReady(missing)
        _save(use, fields)
        entries.record(by=by, action="evidence.changed", target=use)
    return use


def settle_consent(
    *, by: User | None, use: EvidenceOfUse, consent: str, on: date | None
) -> EvidenceOfUse:
    """What whoever told us agreed to. Without consent it is public no longer."""
    with transaction.atomic():
        use = locked(use)
        use.consent, use.consent_on = consent, on
        if consent not in EvidenceOfUse.MAY_BE_PUBLIC:
            use.published_at = None
        use.save()
        entries.record(
            by=by, action="evidence.consent_settled", target=use, consent=consent
        )
    return use


def publish(*, by: User | None, use: EvidenceOfUse) -> EvidenceOfUse:
    """Raises NotReady. A second time changes nothing but the trail."""
    with transaction.atomic():
        use = locked(use)
        if missing := obstacles(use):
            raise NotReady(missing)
        use.published_at = use.published_at or timezone.now()
        use.save()
        entries.record(by=by, action="evidence.published", target=use)
    return use


def unpublish(*, by: User | None, use: EvidenceOfUse) -> EvidenceOfUse:
    with transaction.atomic():
        use = locked(use)
        use.published_at = None
        use.save()
        entries.record(by=by, action="evidence.unpublished", target=use)
    return use


def obstacles(use: EvidenceOfUse) -> list[str]:
    """What stands in the way of publishing, in sentences for the reader."""
    found = _one_language(use)
    if use.consent not in EvidenceOfUse.MAY_BE_PUBLIC:
        found.append(_("Consent to publish is not on record."))
    if not use.user_en and not use.user_cy:
        found.append(_("The body that used it is missing."))
    if use.confidence == EvidenceOfUse.Confidence.NONE:
        found.append(_("There is no source."))
    if use.study_id is None:
        found.append(_("There is no study."))
    return found


def locked(use: EvidenceOfUse) -> EvidenceOfUse:
    return EvidenceOfUse.objects.select_for_update().get(pk=use.pk)


def recount(use: EvidenceOfUse) -> None:
    """Sets how sure it is from the sources it has now, in the caller's transaction."""
    kinds = use.sources.values_list("kind", flat=True)
    use.confidence = confidence.level(list(kinds))
    use.save(update_fields=["confidence"])


def _assign(use: EvidenceOfUse, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in MANY:
            setattr(use, name, value)
    use.happened_on = dates.first(use.happened_on, use.happened_precision)


def _save(use: EvidenceOfUse, fields: Mapping[str, Any]) -> None:
    use.save()
    for name in MANY:
        if name in fields:
            getattr(use, name).set(fields[name])


def _one_language(use: EvidenceOfUse) -> list[str]:
    labels = {field.name: field.verbose_name for field in EvidenceOfUse._meta.fields}
    names = bilingual.missing(use, *EvidenceOfUse.PAIRS)
    labels["budget_text_en"] = _("the money in words")
    languages = {"en": _("English"), "cy": _("Welsh")}
    return [
        _("This is missing in %(language)s: %(field)s.")
        % {"language": languages[name[-2:]], "field": labels[f"{name[:-3]}_en"]}
        for name in names
    ]


def add_overlap(*, by: User | None, name_en: str, name_cy: str) -> OverlapGroup:
    """A group of entries that may speak of the same money."""
    with transaction.atomic():
        slug = slugs.make(name_en, longest=40, empty="overlap")
        row = OverlapGroup.objects.create(slug=slug, name_en=name_en, name_cy=name_cy)
        entries.record(by=by, action="evidence.overlap_added", target=row)
    return row
