"""python -m tests.support.large FILE: checks, measures and gives out a large file in a
process of its own; prints what it found and the most memory it ever had, as JSON."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django


def main(path):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.core.files.uploadedfile import UploadedFile
    from django.test import RequestFactory

    from engagement.core import ranges, uploads
    from engagement.outputs.services import files

    size = Path(path).stat().st_size
    with Path(path).open("rb") as content:
        upload = UploadedFile(content, "large.pdf", "application/pdf", size)
        uploads.check(upload, size)
        facts = files.measured(upload)
        day = datetime(2031, 1, 1, tzinfo=UTC)
        stored = ranges.Stored(content, size, facts.sha256, day, "a.pdf", "a/b")
        answer = ranges.respond(RequestFactory().get("/"), stored)
        sent = sum(len(piece) for piece in answer)
    # Not getrusage, whose peak is also that of the process that started this one.
    lines = Path("/proc/self/status").read_text().splitlines()
    [peak] = [int(one.split()[1]) // 1024 for one in lines if one.startswith("VmHWM")]
    found = {"sha256": facts.sha256, "pages": facts.pages, "sent": sent, "peak": peak}
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
