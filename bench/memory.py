"""Peak memory of a whole screening of a 4 MB bundle (a real one, padded with its own observations)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator

from bench.measure import AFFERENT, SYNTHEA, Line


def lines() -> Iterator[Line]:
    """The child's own peak, as the system counts it."""
    if not SYNTHEA.is_dir():
        yield Line("peak memory, 4 MB bundle", "skipped: ../shared is not here", "< 120 MB", True)
        return
    bundle = json.loads((SYNTHEA / "patient-09.json").read_bytes())
    observations = [e for e in bundle["entry"] if e["resource"]["resourceType"] == "Observation"]
    size = len(json.dumps(bundle))
    each = len(json.dumps(observations)) // len(observations)
    extra = (4_000_000 - size) // each + 1
    for n in range(max(0, extra)):
        copy = json.loads(json.dumps(observations[n % len(observations)]))
        copy["resource"]["id"] = f"padded-{n}"
        copy["fullUrl"] = f"urn:uuid:padded-{n}"
        bundle["entry"].append(copy)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(bundle, file)
        file.flush()
        megabytes = os.path.getsize(file.name) / 1e6
        words = [*AFFERENT, "screen", file.name, "--as-of", "2021-06-01", "--format", "json"]
        with subprocess.Popen(words, stdout=subprocess.DEVNULL) as child:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / 1024
    yield Line(
        f"peak memory, {megabytes:.1f} MB bundle", f"{peak:.0f} MB", "< 120 MB", peak < 120 and not child.returncode
    )
