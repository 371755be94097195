"""A sender as a process of its own that dies, by SIGKILL, at one point of its way. Only for tests.

    python -m tests.faults.post_sender POINT MINUTES

POINT: never · claimed · ready (asked everything, nothing said yet) · begun (marked, before the network) · taken (the
server has it, nothing marked) · marked. What the server itself cuts off is its own affair. MINUTES: its clock is so
much ahead. It looks until nothing is due, and ends.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys


def main(point: str, minutes: int) -> None:
    import django

    django.setup(set_prefix=False)
    from afferent.web.post import sending
    from afferent.web.post.running import name

    def dies_after(step: str) -> None:
        real = getattr(sending, step)

        def cut(*told, **more):
            found = real(*told, **more)
            if found is not None:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        setattr(sending, step, cut)

    def dies_before(step: str) -> None:
        setattr(sending, step, lambda *told, **more: os.kill(os.getpid(), signal.SIGKILL))

    if point == "claimed":
        dies_after("claim")
    elif point == "ready":
        dies_before("begin")
    elif point == "begun":
        dies_before("hand_over")
    elif point == "taken":
        dies_after("hand_over")
    elif point == "marked":
        real = sending.finish

        def finish(*told, **more):
            real(*told, **more)
            os.kill(os.getpid(), signal.SIGKILL)

        sending.finish = finish
    ahead = dt.timedelta(minutes=minutes)
    post = sending.Post(name(), lambda: dt.datetime.now(dt.UTC) + ahead, random.Random(1))
    print("looks", flush=True)
    while post.look():
        pass


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
