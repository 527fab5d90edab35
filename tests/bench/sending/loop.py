"""Django's own SMTP backend, one message after another: PORT MESSAGE NUMBER KEPT.
KEPT is "kept" where all go over one connection, and "each" where every message has one
of its own, as `send_mail` does it. Prints what it took."""

import json
import sys
import time
from contextlib import nullcontext

from django.core.mail import get_connection

from tests.bench.sending import message, watching


def main(port, path, number, kept):
    message.configure(port)
    length = len(message.personal(path, 0).message().as_bytes(linesep="\r\n"))
    began, used = time.perf_counter(), watching.own_cpu()
    with get_connection() if kept == "kept" else nullcontext() as connection:
        for one in range(int(number)):
            message.personal(path, one, connection).send()
    took = {"seconds": time.perf_counter() - began, "cpu": watching.own_cpu() - used}
    print(json.dumps(took | {"length": length}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
