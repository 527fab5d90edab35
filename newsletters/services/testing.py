"""A test of an issue: the same mail to named testers, kept out of all figures."""

import re
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import other
from engagement.core.errors import Refused
from engagement.mail.services import messages
from engagement.metrics.services import hits
from newsletters.models import Issue
from newsletters.services import drafts, mail_headers, rendering
from newsletters.services.mail_parts import STAND_IN
from newsletters.services.rendering import Rendered

MARKS = {"en": "[Test]", "cy": "[Prawf]"}


class NotATester(Refused):
    """Tests go to the newsletter's testers and to nobody else."""


def send(
    *, by: User | None, issue: Issue, testers: Collection[User], language: str
) -> None:
    """One mail to each, `language` first. No delivery is kept and no link is personal,
    so nothing that a tester does counts. Raises NotATester."""
    with transaction.atomic():
        known = issue.newsletter.testers.filter(is_active=True)
        if not testers or {user.pk for user in testers} - set(
            known.values_list("pk", flat=True)
        ):
            raise NotATester(_("Choose one of the newsletter's testers."))
        rendered = uncounted(
            readable(rendering.render(issue, language=language), issue)
        )
        headers = mail_headers.of_issue(issue, language)
        for user in testers:
            messages.send_written(
                kind="issue_test",
                to=user.email,
                language=language,
                sender=headers["From"],
                reply_to=headers["Reply-To"],
                subject=subject(rendered, language),
                text=rendered.text,
                html=rendered.html,
            )
        entries.record(
            by=by, action="issue.tested", target=issue, recipients=len(testers)
        )


def subject(rendered: Rendered, language: str) -> str:
    return f"{MARKS[language]} {MARKS[other(language)]} {rendered.subject}"


def readable(rendered: Rendered, issue: Issue) -> Rendered:
    """With links to the draft that a tester can follow who is no manager."""
    text = drafts.opened(rendered.text, issue)
    return Rendered(rendered.subject, text, drafts.opened(rendered.html, issue))


def uncounted(rendered: Rendered) -> Rendered:
    """With a mark on each link to the site, by which the site knows a test; nobody's."""
    rendered = rendered.for_token(STAND_IN)
    site = re.escape(settings.SITE_URL)
    mark = hits.test_mark()
    return Rendered(
        rendered.subject,
        re.sub(
            rf"{site}/[^\s<>()\[\]]*",
            lambda link: _marked(link[0], mark),
            rendered.text,
        ),
        re.sub(
            rf'(?<=href="){site}/[^"]*',
            lambda link: _marked(link[0], mark, "&amp;"),
            rendered.html,
        ),
    )


def _marked(link: str, mark: str, joint: str = "&") -> str:
    address, hash_, part = link.partition("#")
    return f"{address}{joint if '?' in address else '?'}{mark}{hash_}{part}"
