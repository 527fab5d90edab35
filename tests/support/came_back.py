"""Raw messages that speak of a delivery."""

from pathlib import Path

CORPUS = Path(__file__).parents[1] / "bounces"


def like(name, delivery, *, salt=""):
    """The message of the corpus, about this delivery; `salt` makes it another one."""
    raw = (CORPUS / f"{name}.eml").read_text()
    raw = raw.replace("delivery-123@", f"delivery-{delivery.pk}@")
    raw = raw.replace("ann@example.org", delivery.address)
    return f"X-Salt: {salt}\n{raw}".encode()
