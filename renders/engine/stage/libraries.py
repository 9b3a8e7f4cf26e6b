"""Shared libraries the stage's Blender is linked with and does not bring: which are missing, and what installs them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

PACKAGES: dict[str, str] = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXau.so.6": "libxau6",
    "libXdmcp.so.6": "libxdmcp6",
    "libXext.so.6": "libxext6",
    "libXfixes.so.3": "libxfixes3",
    "libXi.so.6": "libxi6",
    "libXrender.so.1": "libxrender1",
    "libXxf86vm.so.1": "libxxf86vm1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libSM.so.6": "libsm6",
    "libICE.so.6": "libice6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLX.so.0": "libglx0",
    "libGLdispatch.so.0": "libglvnd0",
    "libuuid.so.1": "libuuid1",
    "libbsd.so.0": "libbsd0",
    "libmd.so.0": "libmd0",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgomp.so.1": "libgomp1",
}
"""Debian package of each. Source: ldd of bpy 4.5.15 on Debian 12, packages by `dpkg -S`."""

LOADED = ("__init__.so", "lib/libOpenImageDenoise_device_cpu.so*")
"""Blender itself with all it is linked with, and the denoiser it opens later."""

LDD_SECONDS = 20.0
_ABSENT = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
_OLD = re.compile(r"version `(GLIBC(?:XX)?_[\d.]+)' not found")


def missing_libraries(bpy: Path) -> tuple[str, ...]:
    """Return what the system's loader does not find for the package folder `bpy`, sorted; nothing where none can be asked.

    What is there is remembered, what is missing is asked for again: an install shows without a restart.
    """
    ldd = shutil.which("ldd")
    if ldd is None:
        return ()
    names: set[str] = set()
    for pattern in LOADED:
        for path in sorted(bpy.glob(pattern)):
            try:
                names.update(_known_whole(ldd, str(path), _state(path)))
            except _Lacking as found:
                names.update(found.names)
    return tuple(sorted(names))


def install_command(names: tuple[str, ...]) -> str:
    """Return the one command that installs missing libraries, and how to find those without a known package."""
    packages = list(dict.fromkeys(PACKAGES[name] for name in names if name in PACKAGES))
    rest = [name for name in names if name not in PACKAGES]
    ways = []
    if packages:
        ways.append(f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install {' '.join(packages)}")
    for name in rest:
        is_system = name.startswith("GLIBC")
        ways.append(f"a system with {name} or newer" if is_system else f"apt-file search {name}")
    return "; ".join(ways)


def loader_environment() -> dict[str, str]:
    """Return what of our surroundings decides where libraries are looked for; the stage's program gets the same."""
    return {k: os.environ[k] for k in ("PATH", "LD_LIBRARY_PATH") if k in os.environ}


class _Lacking(Exception):
    """Some are missing; an exception, so that the answer is not remembered."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def _state(path: Path) -> tuple[int, int, str]:
    told = path.stat()
    return told.st_mtime_ns, told.st_size, os.environ.get("LD_LIBRARY_PATH", "")


@lru_cache(maxsize=16)
def _known_whole(ldd: str, path: str, state: tuple[int, int, str]) -> tuple[str, ...]:
    del state
    try:
        told = subprocess.run(
            [ldd, path],
            env={**loader_environment(), "LC_ALL": "C"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LDD_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    names = {*_ABSENT.findall(told.stdout), *_OLD.findall(told.stdout + told.stderr)}
    if names:
        raise _Lacking(tuple(sorted(names)))
    return ()


def main() -> None:
    """Print what the environment named lacks: for the install, which has no Django yet."""
    for bpy in Path(sys.argv[1]).glob("lib/python3.*/site-packages/bpy"):
        names = missing_libraries(bpy)
        if names:
            sys.stdout.write(f"bpy needs system libraries: {', '.join(names)}\n")
            sys.stdout.write(f"get them with: {install_command(names)}\n")


if __name__ == "__main__":
    main()
