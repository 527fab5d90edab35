"""The headers of an issue's mail. None holds anything of the person but To and the link
to leave by.

Left out on purpose: Auto-Submitted (RFC 3834) is for what no person wrote, as our mails
about something that somebody did; people write a newsletter, and List-ID keeps holiday
replies away as well. Precedence has no standard (RFC 2076). A mailbox to leave by has
nobody to read it: List-Unsubscribe gives the page alone.
"""

from email.utils import format_datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from engagement.core.bilingual import other, shown
from engagement.mail.services import composing
from newsletters.models import Issue, Newsletter


def subject(issue: Issue, language: str) -> str:
    """In both languages, `language` first."""
    order = (language, other(language))
    return " / ".join(shown(issue, "title", lang).text for lang in order)


def of_issue(issue: Issue, language: str) -> dict[str, str]:
    """The same for everybody who gets `language` first.

    Raises ValueError where mail cannot carry the newsletter's own addresses.
    """
    newsletter = issue.newsletter
    sender = shown(newsletter, "sender_name", language).text
    answers = newsletter.reply_address or newsletter.sender_address
    return {
        "From": composing.mailbox(sender, newsletter.sender_address),
        "Reply-To": composing.mailbox(sender, answers),
        "Subject": composing.words(subject(issue, language)),
        "Date": format_datetime(issue.frozen_at or issue.created_at),
        "List-ID": list_id(newsletter, language),
        "Feedback-ID": feedback_id(issue),
    }


def of_person(*, to: str, name: str, token: str) -> dict[str, str]:
    """The person's own. `name` says which mail it is, and of nobody; `token` is signed."""
    one_click = settings.SITE_URL + reverse("unsubscribe_one_click", args=[token])
    return {
        "To": to,
        "Message-ID": f"<{name}@{settings.MAIL_DOMAIN}>",
        # RFC 8058: one POST, no login, no redirect.
        "List-Unsubscribe": f"<{one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def list_id(newsletter: Newsletter, language: str) -> str:
    """RFC 2919: what mail programs sort by and, before it, what the list is called."""
    title = shown(newsletter, "title", language).text
    return composing.named(title, f"{newsletter.slug}.{settings.MAIL_DOMAIN}")


def feedback_id(issue: Issue) -> str:
    """Google's Feedback-ID: three things that it counts complaints by, then the sender,
    5 to 15 characters that nobody else has and that never change."""
    sender = sha256(settings.MAIL_DOMAIN.encode()).hexdigest()[:10]
    return f"{issue.pk}:{issue.newsletter.slug}:newsletter:dolen{sender}"
