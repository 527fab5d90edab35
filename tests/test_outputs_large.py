"""Large files are read in pieces. `bin/bench big_files` sends 2 GB to the site's own server
and back, with memory below 200 MB; this reads a smaller one, whose bytes would show."""

import json
import subprocess
import sys

import pytest

from tests.support import office

SIZE = 250 * 1024**2


@pytest.mark.slow
def test_a_large_file_is_checked_and_given_out_in_pieces(tmp_path):
    path = tmp_path / "large.pdf"
    office.large_pdf(path, SIZE)
    command = [sys.executable, "-m", "tests.support.large", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    found = json.loads(done.stdout)
    assert found["pages"] == 4
    assert found["sent"] == path.stat().st_size > SIZE
    assert found["peak"] < 200
