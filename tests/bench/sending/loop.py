"""Django's own SMTP backend, one message after another over one connection:
PORT MESSAGE NUMBER. Prints what it took."""

import json
import sys
import time

from django.core.mail import get_connection

from tests.bench.sending import message, watching


def main(port, path, number):
    message.configure(port)
    length = len(message.personal(path, 0).message().as_bytes(linesep="\r\n"))
    began, used = time.perf_counter(), watching.own_cpu()
    with get_connection() as connection:
        for one in range(int(number)):
            message.personal(path, one, connection).send()
    took = {"seconds": time.perf_counter() - began, "cpu": watching.own_cpu() - used}
    print(json.dumps(took | {"length": length}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
