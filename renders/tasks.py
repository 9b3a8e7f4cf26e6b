"""What django-q2 calls: a wake-up names a queue, the rows say what there is to do."""

from __future__ import annotations

import os
import socket

from renders import states
from renders.services.jobs import wakeups_resend, work_one


def work(queue: str) -> bool:
    """Do one queued task, if there is one."""
    done = work_one(queue, f"{socket.gethostname()}:{os.getpid()}")
    wakeups_resend()
    return done


def reap() -> int:
    """Take back what dead workers hold and wake workers for what waits; every minute. Returns the tasks taken back."""
    count = states.leases_reap()
    wakeups_resend()
    return count
