"""`afferent schema case | screening | intake`: JSON Schema of what goes in and comes out; the intake as FHIR."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from afferent.knowledge import load


def run(words: Sequence[str]) -> int:
    """Print one schema as JSON."""
    parser = argparse.ArgumentParser(prog="afferent schema", description=__doc__)
    parser.add_argument("of", choices=("case", "screening", "intake"))
    of = parser.parse_args(words).of
    if of == "intake":
        from afferent.records.questionnaire import questionnaire

        shown = questionnaire(load())
    else:
        from afferent.records.schema import schema

        shown = schema(of, load())
    print(json.dumps(shown, indent=2, ensure_ascii=False))
    return 0
