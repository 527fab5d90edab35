"""A real SMTP server for tests: keeps what it accepts, refuses one domain."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

REFUSED = "@undeliverable.example.org"


class Catcher:
    def __init__(self):
        self.messages = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address.endswith(REFUSED):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.SMTP)
        message.envelope_from = envelope.mail_from
        message.envelope_to = envelope.rcpt_tos
        message.raw = envelope.content
        self.messages.append(message)
        return "250 OK"


def start(handler):
    """Controller on a free port; `.url` is for settings.SMTP_URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    controller.url = f"smtp://127.0.0.1:{port}"
    return controller
