"""Hits on their way into the database: a line each, in files under HITS_DIR.

A page that is read must change nothing in the database, and wait for nothing. So a hit
is one write of one line to a file of its process, opened to append: from then on it is
the kernel's, whatever is killed. `taking` reads the files.

A file is locked (flock(2), shared) for as long as its process may write to it. The lock
goes with the process, so that whoever takes hits knows a file that is over. A new file is
taken after a minute or MOST_BYTES, and after a fork.
"""

import fcntl
import os
import secrets
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SUFFIX = ".hits"
MOST_SECONDS, MOST_BYTES = 60, 16 * 1024 * 1024


@dataclass
class _File:
    descriptor: int
    folder: Path
    process: int
    until: float
    left: int = MOST_BYTES

    def serves(self) -> bool:
        return (
            self.process == os.getpid()
            and self.folder == settings.HITS_DIR
            and self.left > 0
            and time.monotonic() < self.until
        )


_lock = threading.Lock()
_current: _File | None = None


def add(line: bytes) -> None:
    """Keeps one line, which ends with its newline. Raises OSError where the disk takes
    none, or a part only: that file is left, so that the next line is whole."""
    global _current
    with _lock:
        if _current is None or not _current.serves():
            _close()
            _current = _opened(settings.HITS_DIR)
        written = os.write(_current.descriptor, line)
        _current.left -= written
        if written < len(line):
            _close()
            raise OSError("The disk took a part of a hit.")


def files() -> list[Path]:
    """What there is to be taken, the oldest first."""
    return sorted(Path(settings.HITS_DIR).glob(f"*{SUFFIX}"))


def is_over(descriptor: int) -> bool:
    """Whether nobody writes to it any more; then it is locked for the one who asks until
    they close it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _close() -> None:
    global _current
    if _current:
        with suppress(OSError):
            os.close(_current.descriptor)
    _current = None


def _opened(folder: Path) -> _File:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        name = f"{time.time_ns()}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        descriptor = os.open(folder / name, flags, 0o600)
        if _locked(descriptor):
            until = time.monotonic() + MOST_SECONDS
            return _File(descriptor, folder, os.getpid(), until)
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """False where somebody found it empty, took it for over, and removes it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(descriptor).st_nlink > 0
