"""A file of 2 GB to the site's own server and back, through its form and its page."""

import atexit
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import SCALE, Case

SIZE = int(2 * 1024**3 * SCALE)
TITLE = (
    f"A CSV file of {SIZE / 1024**3:.2g} GB, uploaded through the form of an output and downloaded again: the "
    "most memory that the web server (Granian) ever had. Each run sends all of it."
)
MEMORY = 200
PIECE = b"W01000001,Aberdare East,1,12.5\n" * 32768
SETUP = """
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from engagement.accounts.models import Role, User
from engagement.outputs.models import Output
user = User.objects.create_user("bench@example.org", role=Role.MANAGER, name="Bench")
request = RequestFactory().get("/")
request.session = SessionStore()
login(request, user, "allauth.account.auth_backends.AuthenticationBackend")
request.session.save()
texts = {f"{n}_{l}": "A" for n in ("title", "summary") for l in ("en", "cy")}
Output.objects.create(slug="big", kind="dataset", **texts)
print(request.session.session_key)
"""
TOKEN = "a" * 32
site = {}


def prepare():
    """A database, a manager who is signed in, an output, and the server."""
    folder = tempfile.mkdtemp(prefix="big-files-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = os.environ | {
        "VAR_DIR": folder,
        "UPLOAD_DIR": folder,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "engagement.settings",
        "DEBUG": "false",
    }

    def run(*words):
        command = [sys.executable, *words]
        return subprocess.run(  # noqa: S603
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout.split()

    run("manage.py", "migrate", "-v", "0")
    site["session"] = run("manage.py", "shell", "-v", "0", "-c", SETUP)[-1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site["port"] = free.getsockname()[1]
    words = ["-m", "granian", "--interface", "wsgi", "--port", str(site["port"])]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, *words, "engagement.wsgi:application"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site["server"] = server.pid
    atexit.register(server.terminate)
    _wait()


def _wait():
    for _ in range(120):
        try:
            return _ask("GET", "/healthz").read()
        except OSError:
            time.sleep(0.5)
    raise AssertionError("The server does not answer.")


def cases():
    yield Case("idle, memory (MB)", _peak, unit="MB", runs=1)
    yield Case("upload, memory (MB)", _upload, limit=MEMORY, unit="MB", runs=1)
    yield Case("download, memory (MB)", _download, limit=MEMORY, unit="MB", runs=1)


def _upload():
    start = (
        b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nen\r\n'
        b'--x\r\nContent-Disposition: form-data; name="upload"; filename="big.csv"\r\n\r\n'
    )
    end = b"\r\n--x--\r\n"
    number = SIZE // len(PIECE)

    def body():
        yield start
        for _ in range(number):
            yield PIECE
        yield end

    length = len(start) + number * len(PIECE) + len(end)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    headers |= {"Content-Length": str(length), "X-CSRFToken": TOKEN}
    answer = _ask("POST", "/en/outputs/manage/big/files/", body(), headers)
    said = answer.read()
    if answer.status != 302 or "sign-in" in answer.headers["Location"]:
        raise AssertionError((answer.status, said[-2000:]))
    return _peak()


def _download():
    answer = _ask("GET", "/en/outputs/files/1/")
    if answer.status != 200:
        raise AssertionError(answer.status)
    got = 0
    while piece := answer.read(1024 * 1024):
        got += len(piece)
    if got != SIZE // len(PIECE) * len(PIECE):
        raise AssertionError(got)
    return _peak()


def _ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", site["port"], timeout=600)
    cookies = f"sessionid={site['session']}; csrftoken={TOKEN}"
    connection.request(method, path, body, {"Cookie": cookies} | (headers or {}))
    return connection.getresponse()


def _peak():
    """In MB, of the server's processes together."""
    return sum(map(_high_water, [site["server"], *_children(site["server"])]))


def _children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _high_water(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [line] = [line for line in lines if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    prepare()
    print(json.dumps([case.run() for case in cases()]))  # noqa: T201
