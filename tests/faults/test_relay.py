"""Many visits at once, on a server that is killed in the middle and begun again: nothing lost, doubled or out of order.

The two faces of each visit are those of the bench, which speak HTTP as the browser does and send again what was not
answered. Two hundred visits are measured in `bench/relay`; here are fewer, and the faults.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from afferent.web.testing.loops import alone
from bench.relay import load
from tests.faults.served import Server

ROOT = Path(__file__).resolve().parents[2]
VISITS = 12


def made(**database: str) -> tuple[dict, dict[str, str]]:
    """Visits that run, on this database, and the settings of their server."""
    env = {"AFFERENT_SECRET_KEY": secrets.token_hex(), "AFFERENT_EXAMPLES": os.devnull, **database}
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "AFFERENT_DATABASE")}
    words = [sys.executable, "-m", "bench.relay_made", str(VISITS)]
    out = subprocess.run(words, env=kept | env, cwd=ROOT, check=True, capture_output=True)
    return json.loads(out.stdout), env


def begun(told: dict, env: dict[str, str], folder: Path, name: str = "server") -> Server:
    server = Server(told["session"], folder / f"{name}.log", **{key: env[key] for key in env})
    server.__enter__()
    return server


def is_whole(found: dict) -> None:
    assert found["sent"] > 3 * VISITS
    assert (found["lost"], found["doubled"], found["reordered"]) == (0, 0, 0)


def test_killed_in_the_middle_and_begun_again(tmp_path) -> None:
    told, env = made(AFFERENT_DATABASE=str(tmp_path / "relay.sqlite3"))
    server = begun(told, env, tmp_path)

    async def fault() -> None:
        await asyncio.sleep(8)
        server.process.kill()
        await asyncio.to_thread(server.process.wait, 10)
        await asyncio.sleep(2)
        await asyncio.to_thread(server.__enter__)

    async def run() -> dict:
        _, found = await asyncio.gather(fault(), load([server.port], told, 12, every=1.0, again=True))
        return found

    try:
        is_whole(alone(run()))
    finally:
        server.__exit__()


def test_two_processes_on_postgresql_see_each_others_events(tmp_path) -> None:
    from afferent.web.testing import postgres

    url = postgres.started(database=f"relay_{secrets.token_hex(4)}")
    told, env = made(DATABASE_URL=url)
    servers = [begun(told, env, tmp_path, f"server{n}") for n in range(2)]
    try:
        started = time.monotonic()
        found = alone(load([one.port for one in servers], told, 6, every=1.0))
        is_whole(found)
        assert found["times"], "presses reached the other process"
        assert found["heard"] >= 4, "each face heard that the other one is there, over the wire"
        assert time.monotonic() - started < 60
    finally:
        for one in servers:
            one.__exit__()


@pytest.mark.nightly
def test_two_hundred_visits_at_once(tmp_path) -> None:
    from bench import relay

    for line in relay._measured("SQLite", {"AFFERENT_DATABASE": str(tmp_path / "relay.sqlite3")}, 1):
        assert line.holds, line
