"""The gate: one-second runs of the circuit per second on one core, at which error, beside SciPy and Brian2."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

import numpy as np

from afferent.physiology.gate.circuit import respond
from bench.measure import Line, median_seconds
from bench.peers import refined_gate
from bench.peers.trials import trials

RUNS, WANTED, CHECKED = 1000, 1000, 3
PEERS = (("gate_scipy", "SciPy's LSODA, compiled by numba"), ("gate_brian", "Brian2"))


def lines() -> Iterator[Line]:
    """Ours, then each peer on the same inputs, then the ratio."""
    touch, pain = trials(RUNS)
    rate = RUNS / median_seconds(lambda: _ours(touch, pain), 5)
    yield Line("gate: one-second runs per second, one core", f"{rate:,.0f}", f">= {WANTED:,}", rate >= WANTED)
    error = _error(_ours)
    yield Line("… largest error of the projection rate", f"{error:.3f} Hz", "< 0.05 Hz", error < 0.05)
    for name, title in PEERS:
        yield from _peer(name, title, rate, touch, pain)


def _peer(name: str, title: str, ours: float, touch, pain) -> Iterator[Line]:
    try:
        peer = import_module(f"bench.peers.{name}")
    except ImportError as missing:
        yield Line(f"… {title}, on the same equations: not installed ({missing.name})", "–", "–", False)
        return
    compiling = peer.warm_up(*touch.shape)
    rate = RUNS / median_seconds(lambda: peer.solve(touch, pain), 3)
    told = f"{rate:,.0f} runs per second, {_error(peer.solve):.3f} Hz"
    yield Line(f"… {title}, on the same equations ({compiling:.0f} s to compile)", told, "–", True)
    yield Line(f"… ours against {title.split(',')[0]}", f"{ours / rate:,.1f} ×", "–", ours > rate)


def _ours(touch, pain):
    """Inputs and answer as the peers have them, [runs, ms]."""
    return respond(np.ascontiguousarray(touch.T), np.ascontiguousarray(pain.T)).p.T


def _error(solve) -> float:
    touch, pain = trials(CHECKED)
    return float(np.abs(solve(touch, pain) - _refined()).max())


@cache
def _refined():
    return refined_gate.solve(*trials(CHECKED))
