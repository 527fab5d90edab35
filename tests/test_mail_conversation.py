"""Many messages over one connection, with a server that offers PIPELINING or does not."""

import select
import smtplib
import socket
import threading
from contextlib import suppress

import pytest

from engagement.mail.services.conversation import Conversation
from engagement.mail.services.outgoing import Outgoing

DROP = "drop"


class Server(threading.Thread):
    """Speaks SMTP from a table of answers: what begins with a key gets its answers in
    turn, and "250 OK" where there is none; DROP hangs up."""

    def __init__(self, *, pipelining, answers):
        super().__init__(daemon=True)
        self.pipelining, self.answers = (
            pipelining,
            {k: list(v) for k, v in answers.items()},
        )
        self.taken, self.heard, self.ahead = [], [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        connection, _ = self.listener.accept()
        with (
            suppress(ConnectionError),
            connection,
            connection.makefile("rb", buffering=0) as self.lines,
        ):
            self.connection = connection
            self.say("220 ready")
            while line := self.lines.readline():
                if not self.answer(line.decode().strip()):
                    return

    def say(self, text):
        self.connection.sendall(f"{text}\r\n".encode())

    def answer(self, line):
        self.heard.append(line)
        verb = line.split()[0].upper()
        if verb == "EHLO":
            self.say("250-here\r\n250 PIPELINING" if self.pipelining else "250 here")
            return True
        turn = self.answers.get(verb, [])
        said = turn.pop(0) if turn else ("354 go" if verb == "DATA" else "250 OK")
        if said == DROP:
            return False
        self.say(said)
        return self.take() if said.startswith("354") else verb != "QUIT"

    def take(self):
        """Notes what lies behind the dot already: sent without waiting for an answer."""
        body = []
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                return False
            body.append(line)
        self.ahead += bool(select.select([self.connection], [], [], 0.02)[0])
        self.taken.append(b"".join(body))
        turn = self.answers.get("DOT", [])
        said = turn.pop(0) if turn else "250 taken"
        if said == DROP:
            return False
        self.say(said)
        return True


def mails(number):
    return [
        Outgoing(
            key=str(each),
            sender="team@example.org",
            recipient=f"r{each}@example.org",
            message=f"Subject: {each}\r\n\r\n.dot {each}\r\n".encode(),
        )
        for each in range(number)
    ]


def talk(number=3, rounds=1, *, pipelining=True, **answers):
    server = Server(pipelining=pipelining, answers=answers)
    server.start()
    client = smtplib.SMTP("127.0.0.1", server.port, timeout=5)
    client.ehlo()
    conversation = Conversation(client)
    found = []
    for _ in range(rounds):
        found += conversation.exchange(mails(number))
    client.close()
    server.join(5)
    return [outcome.state for outcome in found], conversation.trusted, server


both = pytest.mark.parametrize("pipelining", [True, False])


@both
def test_each_message_arrives_once_and_in_order(pipelining):
    states, trusted, server = talk(5, rounds=2, pipelining=pipelining)
    assert states == ["accepted"] * 10
    assert trusted
    subjects = [body.split(b"\r\n")[0] for body in server.taken]
    assert subjects == [b"Subject: %d" % (n % 5) for n in range(10)]
    assert server.taken[0].endswith(b"\r\n..dot 0\r\n")


def test_the_next_envelope_travels_with_the_words():
    """One journey a message; without PIPELINING each command waits for its answer."""
    _, _, server = talk(4, pipelining=True)
    _, _, slow = talk(4, pipelining=False)
    assert (server.ahead, slow.ahead) == (3, 0)
    assert slow.heard[1:] == server.heard[1:]


@both
@pytest.mark.parametrize(
    ("answers", "states"),
    [
        (
            {"RCPT": ["250 OK", "550 5.1.1 Unknown"], "DATA": ["354 go", "503 no"]},
            "ara",
        ),
        ({"RCPT": ["452 4.2.2 Full"], "DATA": ["554 nobody"]}, "daa"),
        # The fault is ours: never said of the person, whatever the code.
        ({"MAIL": ["553 5.1.8 Sender"], "RCPT": ["503 no"], "DATA": ["503 no"]}, "daa"),
        ({"DATA": ["354 go", "451 4.3.0 Later"]}, "ada"),
        ({"DOT": ["250 taken", "554 5.7.1 Spam"]}, "ara"),
        ({"DOT": ["452 4.3.1 Full"]}, "daa"),
        ({"DOT": ["what?", "250 taken"]}, "u--"),
        ({"DOT": ["250-2.0.0 taken\r\n250 2.0.0 as 7"]}, "aaa"),
        # Longer than any reply.
        ({"DOT": [f"250 {'x' * 9000}"]}, "u--"),
        ({"MAIL": ["250 OK", "421 4.3.2 Closing"]}, "ad-"),
        ({"MAIL": ["250 OK", DROP]}, "ad-"),
        ({"DOT": ["250 taken", DROP]}, "au-"),
        ({"DOT": ["421 4.7.0 Slow down"]}, "d--"),
    ],
)
def test_what_becomes_of_each(pipelining, answers, states):
    names = {"a": "accepted", "r": "rejected", "d": "deferred", "u": "unknown"}
    if not pipelining and "DATA" in answers:
        # Not asked where the recipient was refused before.
        kept = [a for a in answers["DATA"] if a[0] != "5"]
        answers = answers | {"DATA": kept, "RCPT": answers.get("RCPT", [])}
        if answers.get("MAIL"):
            answers["RCPT"] = []
    found, trusted, _ = talk(3, pipelining=pipelining, **answers)
    assert found == [names.get(letter, "unsent") for letter in states]
    assert trusted is ("-" not in states)


def test_a_server_that_takes_data_for_nobody_gets_an_empty_message():
    """RFC 2920, 3.1: it is ended by a dot, and nobody gets it."""
    states, trusted, server = talk(2, RCPT=["550 5.1.1 Unknown"])
    assert states == ["rejected", "accepted"]
    assert trusted
    assert server.taken[0] == b""
    assert server.taken[1].startswith(b"Subject: 1")
