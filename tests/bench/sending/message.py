"""The site's message as any program for Django would send it: EmailMultiAlternatives."""

from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

KEPT = ("List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "Reply-To")


def configure(port):
    """A Django with nothing but its SMTP backend."""
    settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=int(port), USE_TZ=True)
    django.setup()


def personal(path, number, connection=None):
    """The message in the file `path`, with the links and the address of somebody else."""
    parts = _parts(path)
    token = f"{number:0{len(parts['token'])}}"
    message = EmailMultiAlternatives(
        parts["Subject"],
        parts["plain"].replace(parts["token"], token),
        parts["From"],
        [f"p{number}@body{number % 300}.example.org"],
        connection=connection,
        headers={
            name: parts[name].replace(parts["token"], token) for name in parts["kept"]
        },
    )
    message.attach_alternative(
        parts["html"].replace(parts["token"], token), "text/html"
    )
    return message


@cache
def _parts(path):
    mail = message_from_bytes(Path(path).read_bytes(), policy=policy.default)
    parts = {name: str(value) for name, value in mail.items()}
    for kind in ("plain", "html"):
        parts[kind] = mail.get_body([kind]).get_content()
    link = parts["List-Unsubscribe"].strip("<>/")
    kept = [name for name in KEPT if name in parts]
    return parts | {"token": link.rpartition("/")[2], "kept": kept}
