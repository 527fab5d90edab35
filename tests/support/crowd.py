"""200 people who register for 50 places at the same moment, each on a connection of
their own: python -m tests.support.crowd, in a VAR_DIR of its own."""

import json
import os
import threading

WANT, PLACES, CANCEL = 200, 50, 10
# PostgreSQL takes 100 connections.
CONNECTIONS = threading.BoundedSemaphore(80)


def run(event):
    """What came of it, to compare with `expected`."""
    from engagement.events.models import Registration
    from engagement.events.services import registrations
    from tests.support import registering

    raised = _together(
        [lambda n=n: registering.register(event, n) for n in range(WANT)]
    )
    rows = list(Registration.objects.filter(event=event).order_by("created_at"))
    found = {
        "raised": sorted(map(repr, raised)),
        "by arrival": [row.state for row in rows],
        "line is by arrival": [row.pk for row in rows if row.state == "waiting"]
        == [row.pk for row in event.registrations.in_line()],
    }
    line = [row.pk for row in event.registrations.in_line()]
    leaving = rows[:PLACES:5][:CANCEL]
    found["cancelling raised"] = _together(
        [lambda r=r: registrations.cancel(by=None, registration=r) for r in leaving]
    )
    offered = event.registrations.filter(state="offered").order_by("pk")
    found["first in line offered"] = [row.pk for row in offered] == line[:CANCEL]
    found["held"] = event.registrations.holding().count()
    return found


def expected():
    return {
        "raised": [],
        "by arrival": ["place"] * PLACES + ["waiting"] * (WANT - PLACES),
        "line is by arrival": True,
        "cancelling raised": [],
        "first in line offered": True,
        "held": PLACES,
    }


def _together(works):
    """All at once; what they raised."""
    from django.db import connections

    barrier, raised = threading.Barrier(len(works)), []

    def do(work):
        barrier.wait()
        with CONNECTIONS:
            try:
                work()
            except Exception as error:  # noqa: BLE001
                raised.append(repr(error))
            finally:
                connections.close_all()

    threads = [threading.Thread(target=do, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from tests.support import registering

    call_command("migrate", verbosity=0)
    print(json.dumps(run(registering.published(capacity=PLACES))))  # noqa: T201


if __name__ == "__main__":
    main()
