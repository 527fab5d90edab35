"""The words of a study: what its newsletters and pages may use unexplained."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.studies.models import Study, Term


class KnownAlready(Refused):
    """Somebody has just added the same word."""


def add(*, by: User | None, study: Study, fields: Mapping[str, str]) -> Term:
    """Raises KnownAlready."""
    try:
        with transaction.atomic():
            term = Term.objects.create(study=study, **fields)
            entries.record(by=by, action="term.added", target=term)
    except IntegrityError as error:
        raise KnownAlready(_("The glossary has this word already.")) from error
    return term


def change(*, by: User | None, term: Term, fields: Mapping[str, str]) -> Term:
    """Raises KnownAlready."""
    try:
        with transaction.atomic():
            term = Term.objects.select_for_update().get(pk=term.pk)
            for name, value in fields.items():
                setattr(term, name, value)
            term.save()
            entries.record(by=by, action="term.changed", target=term)
    except IntegrityError as error:
        raise KnownAlready(_("The glossary has this word already.")) from error
    return term


def remove(*, by: User | None, term: Term) -> None:
    with transaction.atomic():
        entries.record(by=by, action="term.removed", target=term)
        term.delete()
