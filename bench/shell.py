"""From the shell: a whole command, interpreter start included."""

from __future__ import annotations

from collections.abc import Iterator

from bench.measure import AFFERENT, SYNTHEA, Line, command


def lines() -> Iterator[Line]:
    """`--help`, and a screening of the bundle nearest to 1.5 MB."""
    help_time = command([*AFFERENT, "--help"])
    yield Line("`afferent --help`", f"{help_time:.3f} s", "< 0.15 s", help_time < 0.15)
    if not SYNTHEA.is_dir():
        yield Line("`afferent screen` on a 1.5 MB bundle", "skipped: ../shared is not here", "< 0.6 s", True)
        return
    bundle = min(
        SYNTHEA.glob("*.json"), key=lambda path: abs(path.stat().st_size - 1_500_000) + 10**9 * _dead(path.name)
    )
    for form in ("text", "json", "html"):
        took = command([*AFFERENT, "screen", str(bundle), "--as-of", "2021-06-01", "--format", form])
        size = bundle.stat().st_size / 1e6
        yield Line(f"`afferent screen --format {form}` on {size:.1f} MB", f"{took:.3f} s", "< 0.6 s", took < 0.6)


def _dead(name: str) -> bool:
    """These records end in a refusal (the person has died)."""
    return name in {f"patient-{n:02d}.json" for n in (5, 7, 8, 13, 14, 15, 16, 28, 29)}
