"""Memory: what a process holds."""

from __future__ import annotations

from pathlib import Path


def resident_mb(process: int | str = "self") -> float | None:
    """Resident memory in MB, by the kernel's account; None where /proc is not there."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:
        return None
    kilobytes = next(line for line in lines if line.startswith("VmRSS:")).split()[1]
    return int(kilobytes) / 1024
