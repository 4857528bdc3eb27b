"""What is known about this computer's clock, for records and seals: certain things only.

The claim about time is the outside authority's. These facts show whether the clock jumped between
two seals of one run, and whether the system itself says that it is set from outside.
"""

import ctypes
import os
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

_RUN = uuid4().urn
_BEGAN = time.monotonic()
# struct timex of Linux on 64-bit machines: modes, then (aligned) offset, freq, maxerror, esterror,
# status. Larger than any version of it.
_TIMEX_BYTES = 256
_FIELDS = struct.Struct("@Iqqqqi")
_STA_UNSYNC = 0x0040
_TIME_ERROR = 5
_ASK_AGAIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Kernel:
    """What the system says of its clock; None where it does not say.

    Attributes:
        synchronised: whether it is set from outside (NTP or the like).
        max_error_ms: its own upper estimate of the error.
    """

    synchronised: bool | None = None
    max_error_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """By how much this clock was ahead of an outside authority's, measured when a stamp came.

    Attributes:
        ms: positive where this clock is ahead.
        by: the authority.
    """

    ms: int
    by: str


def ask_kernel() -> Kernel:
    """Read adjtimex(2) without setting anything; only Linux has it."""
    if sys.platform != "linux" or struct.calcsize("l") != 8:
        return Kernel()
    try:
        ask = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return Kernel()
    buffer = ctypes.create_string_buffer(_TIMEX_BYTES)
    state = int(ask(buffer))
    if state < 0:
        return Kernel()
    _modes, _offset, _freq, max_error_us, _est, status = _FIELDS.unpack_from(buffer.raw)
    if state == _TIME_ERROR or status & _STA_UNSYNC:
        return Kernel(synchronised=False)
    return Kernel(synchronised=True, max_error_ms=-(-max_error_us // 1000))


class KernelClock:
    """Asks the system about its clock, at most once a minute."""

    def __init__(self, ask: Callable[[], Kernel] = ask_kernel) -> None:
        self._ask = ask
        self._asked_at = -_ASK_AGAIN_S
        self._known = Kernel()

    def says(self) -> Kernel:
        """Return what the system says of its clock."""
        passed = time.monotonic()
        if passed - self._asked_at >= _ASK_AGAIN_S:
            self._asked_at, self._known = passed, self._ask()
        return self._known


SYSTEM = KernelClock()
"""This computer's."""


class SealClock:
    """The clock facts of the seals of one store.

    Args:
        kernel: what the system knows of its clock.
    """

    def __init__(self, kernel: KernelClock = SYSTEM) -> None:
        self.offset: Offset | None = None
        self._kernel = kernel

    def facts(self, created: datetime, before: datetime | None) -> dict[str, object]:
        """Return the `clock` of a manifest.

        Args:
            created: time of the new seal.
            before: time of the seal before, None where there is none.
        """
        kernel = self._kernel.says()
        back = before - created if before is not None and before > created else timedelta()
        return {
            "run": run_id(),
            "run_ms": int((time.monotonic() - _BEGAN) * 1000),
            "back_ms": -(-back // timedelta(milliseconds=1)),
            "synchronised": kernel.synchronised,
            "max_error_ms": kernel.max_error_ms,
            "offset_ms": self.offset.ms if self.offset is not None else None,
            "offset_by": self.offset.by if self.offset is not None else None,
        }


_forked: dict[int, str] = {os.getpid(): _RUN}


def run_id() -> str:
    """Return a random id of this run of the program: a fork is a run of its own."""
    return _forked.setdefault(os.getpid(), uuid4().urn)
