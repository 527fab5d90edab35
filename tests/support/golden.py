"""What was made before, byte for byte: files in tests/golden/.

GOLDEN=write writes them anew; read the difference before it is kept.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "golden"


def same(name, text):
    """Fails where `text` is not what the file holds."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, newline="")
    kept = path.read_bytes().decode() if path.exists() else None
    assert text == kept, f"{name} has changed: GOLDEN=write, then read the difference."
