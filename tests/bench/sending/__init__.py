"""`bin/bench send`: Dolen's sending beside the fastest there is and three others.

All peers send the same message through the same sink, a round after another, so that
whatever else the machine does falls on all of them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """What one run took; all times in seconds."""

    messages: int
    # From the first message taken up to the last one settled.
    sending: float
    # The whole command, from its start.
    whole: float
    # CPU of the processes that send, from when they were ready; of the sink; of the
    # database or queue.
    cpu: float
    sink: float
    served: float = 0
    # CPU of the command that starts the workers, and of the start of each of them.
    command: float = 0
    start: float = 0
    # MB of the largest of the processes that send.
    peak: float = 0
