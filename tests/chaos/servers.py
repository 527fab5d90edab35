"""The database, Redis, the disk and the mail server of a drill."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, connection, connections

from tests.support import services


class Postgres:
    """The server behind the connection to the database, which is one of this machine."""

    NEEDED = "fsync", "full_page_writes", "synchronous_commit"

    def __init__(self):
        self.settings = {name: self._setting(name) for name in self.NEEDED}
        self.folder = Path(self._setting("data_directory"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
            self.control = Path(cursor.fetchone()[0]) / "pg_ctl"
        self.owner = self.folder.stat().st_uid

    def _setting(self, name):
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]

    def _do(self, *words):
        connections.close_all()
        command = [self.control, "-w", "-D", self.folder, *words]
        kept = {"user": self.owner} if os.geteuid() == 0 else {}
        return subprocess.run(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kept
        ).returncode

    def stop(self):
        self._do("stop", "-m", "immediate")

    def start(self):
        """Where it does not run. `restart` knows the words it was started with."""
        if self._do("status"):
            self._do("-l", str(self.folder / "log"), "-m", "immediate", "restart")

    def need_space(self):
        """It writes into files made beforehand; now it has to make the next one."""
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_switch_wal()")


class Redis:
    """One that can be killed and comes back empty at the same address."""

    def __init__(self):
        self.port = services.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.running = subprocess.Popen(  # noqa: S603
            [shutil.which("redis-server"), *words], stdout=subprocess.DEVNULL
        )

    def kill(self):
        self.running.kill()
        self.running.wait()


class Disk:
    """A file system in memory which is full as soon as it is told to be."""

    GIGABYTES = 8

    def __init__(self, folder):
        self.folder = folder

    def fill(self):
        connections.close_all()
        for tried in range(20):
            held = os.statvfs(self.folder)
            used = (held.f_blocks - held.f_bfree) * held.f_frsize
            # Refused where more than this was written since we looked.
            with suppress(subprocess.CalledProcessError):
                self._mount("remount,", used + tried * 16 * 1024)
                return

    def free(self):
        self._mount("remount,", self.GIGABYTES * 1024**3)

    def _mount(self, how, size):
        mount = ["mount", "-t", "tmpfs", "-o", f"{how}mode=755,size={size}"]
        subprocess.run([*mount, "tmpfs", self.folder], check=True, capture_output=True)  # noqa: S603

    @classmethod
    @contextmanager
    def mounted(cls, folder):
        """None where this machine does not let us mount one."""
        disk = cls(folder)
        try:
            disk._mount("", cls.GIGABYTES * 1024**3)
        except (subprocess.CalledProcessError, OSError):
            yield None
            return
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", folder], check=False)  # noqa: S603, S607


class Sink:
    """The mail server of one run, in a process that nothing kills."""

    def __init__(self, log, seed, weather, certificate):
        words = ["--log", log, "--seed", str(seed), "--weather", weather]
        if certificate:
            words += ["--certificate", certificate]
        self.running = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.chaos.sink", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        port = int(self.running.stdout.readline())
        # The name that the certificate has.
        self.url = f"smtp{'+tls' if certificate else ''}://localhost:{port}"
        self.log, self.at = Path(log).open("rb"), 0  # noqa: SIM115
        self.records, self.taken = [], 0

    def read(self):
        """What has been written down since, whole lines of it; `taken` is the sum of
        messages."""
        self.log.seek(self.at)
        whole, end, _rest = self.log.read().rpartition(b"\n")
        if b"\0" in whole:
            # The file has grown, and its words are not there yet.
            return
        self.at += len(whole + end)
        for line in whole.splitlines():
            self.records.append(json.loads(line))
            self.taken += "to" in self.records[-1]

    def stop(self):
        """After the last conversation has come to its end."""
        self.running.communicate(timeout=30)
        self.read()
        self.log.close()


def certificate(folder):
    """A key and a certificate of its own for localhost, in one file; None where there is
    no openssl."""
    if not shutil.which("openssl"):
        return None
    path = str(folder / "localhost.pem")
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", path, "-out", f"{path}.part"]
    subprocess.run([*request, *names, *files], check=True, capture_output=True)  # noqa: S603
    with Path(path).open("a") as whole:
        whole.write(Path(f"{path}.part").read_text())
    return path


def wait_for_database(seconds=30):
    """After it was stopped: until it answers."""
    end = time.monotonic() + seconds
    while True:
        connections.close_all()
        try:
            connection.ensure_connection()
        except Exception:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
