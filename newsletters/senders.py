from collections.abc import Iterator
from functools import partial

from engagement.mail import known_senders
from engagement.mail.known_senders import Sender
from engagement.mail.services import verp
from newsletters.models import Newsletter
from newsletters.services import segments

NOBODY = "delivery-0"


def senders() -> Iterator[Sender]:
    """Each newsletter's address, with its newest issue to nobody as a sample."""
    for newsletter in Newsletter.objects.all():
        address = newsletter.sender_address
        envelope = verp.return_path(NOBODY, fallback=address)
        yield Sender(address, envelope, partial(_sample, newsletter))


def _sample(newsletter: Newsletter) -> bytes | None:
    issue = newsletter.issues.select_related("newsletter__study").first()
    if issue is None:
        return None
    mail = segments.prepare(issue, "cy")
    return mail.fill(recipient="reader@example.org", token="", name=NOBODY)


known_senders.add(senders)
