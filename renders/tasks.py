"""What django-q2 calls: a wake-up names a queue, the rows say what there is to do."""

from __future__ import annotations

import os
import socket

from renders.services.jobs import work_one


def work(queue: str) -> bool:
    """Do one queued task, if there is one."""
    return work_one(queue, f"{socket.gethostname()}:{os.getpid()}")
