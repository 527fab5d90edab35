"""A mail server that fails on purpose and writes down what it took.

    python -m tests.chaos.sink --log FILE --seed N --weather storm [--certificate FILE]

Prints its port. Each line of the log is JSON: a message that was taken (`to`, `id`, `at`,
`replied`), or a fault (`fault`, and `broken` where a message had begun to leave). When
its standard input ends it takes no new connections, lets the open ones come to their end,
and ends.
"""

import argparse
import asyncio
import json
import os
import random
import re
import ssl
import sys
import time

from tests.chaos import faults

LONGEST = 16 * 1024 * 1024
# Longer than the workers of a drill wait for an answer to the final dot.
TOO_SLOW_SECONDS = 2
EXTENSIONS = ("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES")
REPLIES = {
    "421": "421 4.3.2 Closing",
    "451": "451 4.3.0 Try again later",
    "452": "452 4.2.2 Mailbox full",
    "4.7.1": "451 4.7.1 Too many messages, slow down",
    "550": "550 5.1.1 No such mailbox",
    "554": "554 5.7.1 Refused",
    "garbage": "%#\x01 not a reply",
    "half": "25",
}
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*(\S+)")


class Over(Exception):
    """The server hangs up."""


class Conversation:
    def __init__(self, server, reader, writer):
        self.reader, self.writer = reader, writer
        self.fault, self.record, self.dice = server.fault, server.record, server.dice
        self.certificate = server.certificate
        self.secure, self.sender, self.to = False, None, []

    async def run(self):
        try:
            await self.greet()
            while line := await self.reader.readline():
                await self.answer(line.decode("latin-1").strip())
        except (Over, OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.writer.close()

    async def greet(self):
        fault = self.fault("greeting")
        if not await self.trouble("greeting", fault):
            await self.say("220 sink.example.org ESMTP")
        elif fault == "554":
            raise Over

    async def answer(self, line):
        verb = line[:4].upper()
        if verb in ("MAIL", "RCPT", "DATA"):
            await getattr(self, verb.lower())(line)
        elif verb in ("EHLO", "HELO"):
            offered = [*EXTENSIONS, *(["STARTTLS"] if self.offers_tls() else [])]
            lines = [f"250-{name}" for name in ("sink.example.org", *offered[:-1])]
            await self.say("\r\n".join([*lines, f"250 {offered[-1]}"]))
        elif verb == "STAR" and self.offers_tls():
            await self.starttls()
        elif verb == "QUIT":
            await self.say("221 2.0.0 Bye")
            raise Over
        else:
            self.forget()
            known = verb in ("RSET", "NOOP")
            await self.say("250 2.0.0 OK" if known else "502 5.5.1 Not known")

    def offers_tls(self):
        return self.certificate is not None and not self.secure

    async def starttls(self):
        await self.say("220 2.0.0 Go ahead")
        if fault := self.fault("tls"):
            self.record(fault=f"tls: {fault}")
            if fault == "broken":
                self.writer.write(b"\x16\x03\x03\x00\x04rust" * 4)
            raise Over
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate)
        await self.writer.start_tls(context)
        self.secure = True

    async def mail(self, line):
        self.forget()
        if not await self.trouble("MAIL", self.fault("MAIL")):
            self.sender = line
            await self.say("250 2.1.0 OK")

    async def rcpt(self, line):
        if self.sender is None:
            await self.say("503 5.5.1 MAIL first")
        elif not await self.trouble("RCPT", self.fault("RCPT")):
            self.to.append(line[line.index("<") + 1 : line.rindex(">")])
            await self.say("250 2.1.5 OK")

    async def data(self, _line):
        # To nobody: RFC 2920 (3.1) lets a server refuse now, or take a message first.
        if not self.to and self.dice.random() < 0.5:
            await self.say("503 5.5.1 RCPT first")
            return
        if await self.trouble("DATA", self.fault("DATA")):
            return
        await self.say("354 Go on")
        if fault := self.fault("content"):
            await self.reader.readexactly(1)
            self.record(fault=f"content: {fault}", broken=True)
            self.hang_up()
        content = await self.content()
        if self.to:
            await self.dot(content, self.fault("dot"))
        else:
            await self.say("554 5.5.1 No valid recipients")
        self.forget()

    async def content(self):
        first = await self.reader.readline()
        if first in (b".\r\n", b""):
            return b""
        return first + await self.reader.readuntil(b"\r\n.\r\n")

    async def dot(self, content, fault):
        """The final dot has come: from here on the message is the server's, or not."""
        kind, _, taken = (fault or "").partition(", ")
        reply = "250 2.0.0 Queued"
        if taken == "not taken" or kind in ("451", "554"):
            reply = None
        else:
            self.take(content, replied=not taken and kind != "too slow")
        if fault:
            unclear = bool(taken) or kind == "too slow"
            self.record(fault=f"dot: {fault}", broken=unclear)
        if kind == "too slow":
            await asyncio.sleep(TOO_SLOW_SECONDS)
        elif kind == "half":
            self.writer.write(REPLIES["half"].encode())
            self.hang_up()
        elif await self.trouble(None, kind):
            return
        await self.say(reply)

    def take(self, content, replied):
        found = MESSAGE_ID.search(content)
        name = found[1].decode("latin-1") if found else ""
        for address in self.to:
            self.record(to=address, id=name, at=time.time(), replied=replied)

    async def trouble(self, stage, fault):
        """True where it has answered, wrongly; it may also hang up, or only be slow."""
        if not fault:
            return False
        if stage:
            self.record(fault=f"{stage}: {fault}")
        if fault == "drop":
            self.hang_up()
        if fault == "slow":
            await asyncio.sleep(self.dice.uniform(0.05, 0.6))
        if fault == "fragments":
            self.say = self.say_in_fragments
        if fault in ("slow", "fragments"):
            return False
        await self.say(REPLIES[fault])
        if fault == "421":
            raise Over
        return True

    def hang_up(self):
        """Politely, or with what is still on its way thrown away."""
        if self.dice.random() < 0.5:
            self.writer.transport.abort()
        raise Over

    def forget(self):
        self.sender, self.to = None, []

    async def say(self, text):
        self.writer.write(f"{text}\r\n".encode("latin-1"))
        await self.writer.drain()

    async def say_in_fragments(self, text):
        del self.say
        for letter in f"{text}\r\n".encode("latin-1"):
            self.writer.write(bytes([letter]))
            await asyncio.sleep(0.002)


class Server:
    def __init__(self, log, seed, weather, certificate):
        self.log = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self.dice = random.Random(seed)  # noqa: S311
        self.fault = faults.maker(self.dice, weather)
        self.certificate = certificate
        self.open = set()

    def record(self, **what):
        os.write(self.log, json.dumps(what).encode() + b"\n")

    async def converse(self, reader, writer):
        self.open.add(task := asyncio.current_task())
        await Conversation(self, reader, writer).run()
        self.open.discard(task)

    async def run(self):
        over = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin, over.set)
        listening = await asyncio.start_server(
            self.converse, "127.0.0.1", 0, limit=LONGEST
        )
        print(listening.sockets[0].getsockname()[1], flush=True)  # noqa: T201
        await over.wait()
        listening.close()
        if self.open:
            await asyncio.wait(self.open, timeout=10)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weather", choices=faults.WEATHERS, default="ordinary")
    parser.add_argument("--certificate", help="offers STARTTLS with this one")
    found = parser.parse_args()
    asyncio.run(Server(**vars(found)).run())


if __name__ == "__main__":
    main()
