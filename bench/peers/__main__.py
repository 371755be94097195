"""`python -m bench.peers`: the peers alone, as a table: set-up, speed, error against the yardsticks."""

from __future__ import annotations

import math

import numpy as np

from bench.measure import median_seconds
from bench.peers import gate_brian, gate_scipy, pde_heat, refined_gate, refined_heat, skin
from bench.peers.trials import trials

EXPOSURES = [(surface, perfusion) for surface in (43.0, 45.0, 47.0, 51.0) for perfusion in (0.0, skin.PERFUSION, 5e-3)]
SECONDS = 1800.0
RUNS, CHECKED = 1000, 50
REPEATS = 5


def main() -> None:
    """Two tables in Markdown; a few minutes, most of them for the gate's yardstick."""
    heat()
    gate()


def heat() -> None:
    """Seconds per exposure and the largest errors over all of them."""
    print("| heat | compile | per exposure | largest error | from 1 s on | time to injury 0.1 |")
    print("|---|---|---|---|---|---|")
    for name, peer in (("py-pde", pde_heat), ("yardstick", refined_heat)):
        compile_s = peer.warm_up() if hasattr(peer, "warm_up") else 0.0
        took = median_seconds(lambda peer=peer: [peer.solve(s, SECONDS, w) for s, w in EXPOSURES], REPEATS)
        errors = np.array([_heat_errors(peer, surface, perfusion) for surface, perfusion in EXPOSURES]).max(axis=0)
        print(
            f"| {name} | {compile_s:.1f} s | {1000 * took / len(EXPOSURES):.1f} ms "
            f"| {errors[0]:.3f} °C | {errors[1]:.4f} °C | {100 * errors[2]:.2f} % |"
        )


def _heat_errors(peer, surface: float, perfusion: float) -> tuple[float, float, float]:
    """Largest difference in °C, the same from 1 s on, and in the time to injury 0.1 as a share of it."""
    times, celsius = peer.solve(surface, SECONDS, perfusion)
    off = np.abs(celsius - refined_heat.basal(surface, times, perfusion))
    exact = refined_heat.solve(surface, SECONDS, perfusion)
    late = 0.0
    for kinetics in (skin.MEHTA_WONG, skin.HENRIQUES):
        want = skin.until(*exact, kinetics, 0.1)
        if math.isfinite(want):
            late = max(late, abs(skin.until(times, celsius, kinetics, 0.1) / want - 1))
    return float(off.max()), float(off[times >= 1].max()), late


def gate() -> None:
    """Milliseconds per run of one second, alone and many together, and the largest error in P."""
    f_a, f_c = trials(RUNS)
    exact = refined_gate.solve(f_a[:CHECKED], f_c[:CHECKED])
    print(f"\n| gate | compile | one run | {RUNS:,} runs: per run | largest error in P |\n|---|---|---|---|---|")
    for name, peer, shapes in (("SciPy", gate_scipy, [()]), ("Brian2", gate_brian, [(1,), (RUNS,)])):
        compile_s = [peer.warm_up(*shape) for shape in shapes]
        one = median_seconds(lambda peer=peer: peer.solve(f_a[:1], f_c[:1]), REPEATS)
        many = median_seconds(lambda peer=peer: peer.solve(f_a, f_c), REPEATS)
        error = np.abs(peer.solve(f_a, f_c)[:CHECKED] - exact).max()
        print(
            f"| {name} | {' / '.join(f'{s:.1f} s' for s in compile_s)} | {1000 * one:.0f} ms "
            f"| {1000 * many / RUNS:.2f} ms | {error:.4f} Hz |"
        )


if __name__ == "__main__":
    main()
