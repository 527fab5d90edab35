"""Work done at the same time, each on a database connection of its own."""

import threading

from django.db import connections


def together(*works):
    """Starts all at once; what each raised, None where nothing. Nobody may wait for
    ever."""
    barrier = threading.Barrier(len(works))
    raised = [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001
            raised[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, work))
        for place, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "two waited for each other"
    return raised
