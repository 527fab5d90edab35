"""Postfix's own load generator and sink, without a Postfix installed or started."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench.sending import Run, watching
from tests.support.services import free_port

PLACES = "/usr/sbin:/usr/lib/postfix/sbin"
SESSIONS = (1, 2, 4, 8, 16, 32, 64)


def unpacked(folder):
    """The folder of smtp-source and smtp-sink and the environment they run in. Where
    they are not installed, Debian's package is unpacked into `folder`.

    Without them there is no limit and no sink: leaves where they cannot be had.
    """
    if found := shutil.which("smtp-sink", path=PLACES):
        return Path(found).parent, dict(os.environ)
    try:
        for command in (
            ["apt-get", "download", "-qq", "postfix"],
            ["sh", "-c", "dpkg -x postfix_*.deb ."],
        ):
            subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode().strip()
        raise SystemExit(f"Install postfix: {said}") from error
    libraries = {"LD_LIBRARY_PATH": str(folder / "usr/lib/postfix")}
    return folder / "usr/sbin", os.environ | libraries


@contextmanager
def sink(programs):
    """smtp-sink on a free port, as it comes. Gives its port and its process's number."""
    folder, environment = programs
    port = free_port()
    # It refuses to stay root.
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [folder / "smtp-sink", *user, f"127.0.0.1:{port}", "1000"]
    process = subprocess.Popen(command, env=environment)  # noqa: S603
    try:
        _wait_for_pipelining(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)


def _wait_for_pipelining(port):
    """Raises OSError where the sink does not offer it: no peer may lack it."""
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as line:
                line.recv(1000)
                line.sendall(b"EHLO bench.example.org\r\n")
                if b"PIPELINING" not in line.recv(1000):
                    raise OSError("smtp-sink offers no pipelining.")
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise OSError("smtp-sink does not answer.")


def run(programs, *, port, sink, messages, length, sessions):
    """smtp-source sends them over so many connections, each kept open."""
    folder, environment = programs
    said = (
        f"-d -s {sessions} -m {messages} -l {length} -f a@example.org -t b@example.org"
    )
    command = [folder / "smtp-source", *said.split(), f"127.0.0.1:{port}"]
    before = watching.cpu(sink)
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment)  # noqa: S603
    used = watching.ended(process)
    took = time.perf_counter() - began
    return Run(
        messages=messages,
        sending=took,
        whole=took,
        cpu=used,
        sink=watching.cpu(sink) - before,
    )


def best_sessions(programs, **load):
    """How many sessions at once are quickest."""
    return min(
        SESSIONS, key=lambda number: run(programs, sessions=number, **load).sending
    )
