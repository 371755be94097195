"""What every test may ask for: the Hypothesis profiles and the folder of foreign records.

`AFFERENT_PROFILE=nightly` looks much further (`make test-nightly`); the ordinary run tries the same few hundred inputs
each time, so that a red test on one machine is red on all.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SHARED = Path(__file__).resolve().parents[2] / "shared"

# Two busy cores make single examples slow now and then; the time that matters is measured in bench/.
settings.register_profile(
    "default",
    max_examples=300,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "nightly",
    max_examples=20_000,
    deadline=timedelta(seconds=30),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("AFFERENT_PROFILE", "default"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Records that nobody here wrote, in a folder `shared` beside this one. They are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"NOT TESTED on foreign records: there is no folder {SHARED.name!r} beside this project")
    return SHARED
