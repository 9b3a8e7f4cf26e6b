"""Start a program without a network: leave for a network namespace with nothing in it, say whether that went, become the program.

Run as a file of its own, on nothing but the standard library: `python -I -S apart.py PROGRAM …`. Its first line of output is
`{"event": "apart", "network": "none"}` or `{"event": "apart", "network": "shared", "why": "…"}`; without a program it ends there.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import sys
from pathlib import Path

NEW_USER, NEW_NET = 0x10000000, 0x40000000
"""Source: linux/sched.h, CLONE_NEWUSER and CLONE_NEWNET."""


def leave_network() -> str:
    """Leave the network for good, this process and all it becomes; returns why that did not go, else nothing."""
    if not sys.platform.startswith("linux"):
        return f"{sys.platform} has no network namespaces"
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError) as err:
        return f"the C library has no unshare: {err}"
    owner, group = os.getuid(), os.getgid()
    if unshare(NEW_NET) == 0:
        return _seen()
    if unshare(NEW_USER | NEW_NET) != 0:
        code = ctypes.get_errno()
        return f"the kernel refuses a network namespace ({os.strerror(code)})"
    # Files keep their owner in any case; mapped, they also look as they did.
    for name, told in (
        ("setgroups", "deny"),
        ("uid_map", f"{owner} {owner} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with contextlib.suppress(OSError):
            Path("/proc/self", name).write_text(told, encoding="ascii")
    return _seen()


def _seen() -> str:
    """Return the interfaces still there beside the loopback, which is down; nothing when there are none."""
    try:
        lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    except OSError as err:
        return f"nobody can tell which interfaces are left: {err}"
    rest = sorted({line.split(":")[0].strip() for line in lines} - {"lo"})
    return f"interfaces are left: {', '.join(rest)}" if rest else ""


def main() -> None:
    """Leave, tell, become the program."""
    why = leave_network()
    told = {"event": "apart", "network": "shared" if why else "none", "why": why}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    if len(sys.argv) < 2:
        return
    try:
        os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the words are ours, no shell reads them
    except OSError as err:
        said = {"event": "error", "code": "not_available", "message": f"{sys.argv[1]}: {err}"}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()
        sys.exit(127)


if __name__ == "__main__":
    main()
