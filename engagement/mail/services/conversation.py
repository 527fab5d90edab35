"""Many messages over one SMTP connection, its commands in groups (RFC 2920).

The connection, TLS and signing in are smtplib's. Where the server offers PIPELINING, the
envelope of the next message travels with the words of this one: one journey for each.
"""

import smtplib
import time
from collections import deque
from collections.abc import Iterator, Sequence

from engagement.mail.services import smtp
from engagement.mail.services.outgoing import Outcome, Outgoing
from engagement.mail.services.smtp import Reply

BROKEN = (OSError, smtplib.SMTPException)
# No message is begun later than this: who wrote down beforehand that a group leaves can
# tell when all of it has come to its end.
MOST_SECONDS = smtp.LAST_REPLY_SECONDS
NOT_BEGUN = Reply(0, "The connection ended before this message.")
GO_AHEAD = 354


class Conversation:
    """`trusted` is False once the connection has to be closed."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client
        self._piped = client.has_extn("pipelining")
        self._forgetting = False
        self.trusted = True

    def exchange(self, mails: Sequence[Outgoing]) -> Iterator[Outcome]:
        """Hands the mails over in their order, and gives what became of each."""
        waiting, begun = deque(mails), time.monotonic()
        try:
            self._send(self._ahead(waiting))
        except BROKEN:
            self.trusted = False
        while waiting and self.trusted:
            if time.monotonic() - begun > MOST_SECONDS:
                self.trusted = False
                break
            mail = waiting.popleft()
            state, reply = self._hand_over(mail, waiting)
            # 421, or silence: nothing was said of the person (RFC 5321, 3.8).
            ends = state == "unknown" or reply.code in (0, 421)
            self.trusted = self.trusted and not ends
            yield Outcome(mail.key, state, reply)
        for mail in waiting:
            yield Outcome(mail.key, "unsent", NOT_BEGUN)

    def _hand_over(
        self, mail: Outgoing, following: Sequence[Outgoing]
    ) -> tuple[str, Reply]:
        ahead = self._ahead(following)
        try:
            refusal = self._refused(mail)
        except BROKEN as error:
            return "deferred", smtp.silence(error)
        try:
            if refusal:
                self._forget(ahead)
                return refusal
            self._send(b"".join((*_payload(mail), ahead)))
            reply = self._last_reply()
        except BROKEN as error:
            self.trusted = False
            return refusal or ("unknown", smtp.silence(error))
        return _judged(reply, otherwise="unknown"), reply

    def _refused(self, mail: Outgoing) -> tuple[str, Reply] | None:
        """None where the message may follow. "Rejected" speaks of the recipient alone:
        where the server does not take our sender, the fault is ours."""
        commands = _envelope(mail)
        answers = []
        if self._forgetting:
            self._read()
            self._forgetting = False
        for command in commands:
            if not self._piped:
                self._send(command)
            answers.append(self._read())
            bad = answers[-1].code not in (250, 251, GO_AHEAD)
            if answers[-1].code == 421 or (bad and not self._piped):
                break
        if answers[-1].code == GO_AHEAD and not answers[1].good:
            # The server took DATA with nobody to write to (RFC 2920, 3.1).
            self._send(b".\r\n")
            self._read()
        judges = ("deferred", "", "")
        for answer, verdict in zip(answers, judges, strict=False):
            if not (answer.good or answer.code == GO_AHEAD):
                return verdict or _judged(answer, otherwise="deferred"), answer
        return None

    def _forget(self, ahead: bytes) -> None:
        """Takes the server out of a message that it refused half-way."""
        self._send(b"RSET\r\n" + ahead)
        self._forgetting = True

    def _ahead(self, following: Sequence[Outgoing]) -> bytes:
        """The next envelope, where it may travel before it is asked for."""
        if not (self._piped and following):
            return b""
        return b"".join(_envelope(following[0]))

    def _send(self, data: bytes) -> None:
        if data:
            self._client.send(data)

    def _read(self) -> Reply:
        return smtp.reply(self._client)

    def _last_reply(self) -> Reply:
        if self._client.sock:
            self._client.sock.settimeout(smtp.LAST_REPLY_SECONDS)
        reply = self._read()
        if self._client.sock:
            self._client.sock.settimeout(smtp.TIMEOUT_SECONDS)
        return reply


def _envelope(mail: Outgoing) -> tuple[bytes, bytes, bytes]:
    return (
        f"MAIL FROM:<{mail.sender}>\r\n".encode(),
        f"RCPT TO:<{mail.recipient}>\r\n".encode(),
        b"DATA\r\n",
    )


def _payload(mail: Outgoing) -> tuple[bytes, bytes]:
    """With a dot before each dot that begins a line, and the final one (RFC 5321)."""
    message = mail.message
    if not mail.dotless and (message.startswith(b".") or b"\r\n." in message):
        message = (b"\r\n" + message).replace(b"\r\n.", b"\r\n..")[2:]
    return message, b".\r\n" if message.endswith(b"\r\n") else b"\r\n.\r\n"


def _judged(reply: Reply, *, otherwise: str) -> str:
    kinds = {2: "accepted", 4: "deferred", 5: "rejected"}
    return kinds.get(reply.code // 100, otherwise)
