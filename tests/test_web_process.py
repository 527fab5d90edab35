"""What a web process does before anybody asks it for a page."""

import subprocess
import sys

import pytest

LOADED = """
import sys
import engagement.wsgi
print("engagement.reports.views.dashboard" in sys.modules)
"""


@pytest.mark.slow
def test_views_are_loaded_before_the_first_reader_waits_for_them():
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
