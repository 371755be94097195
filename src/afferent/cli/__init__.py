"""`afferent …`: one module per verb, each importing only what that verb needs.

Exit codes: 0 done, 2 for input that cannot be used (one clear sentence on standard error), 130 when interrupted.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = {
    "screen": "is massage safe today, where, how hard, how warm? One person's case file or FHIR record.",
    "heat": "how long may this pack, bath or stone lie here, or why not?",
    "letter": "the one-page request to the physician: only what the fired rules need to know.",
    "trial": "did it help this person? A table of daily scores, judged with its doubts.",
    "evidence": "what the published trials say, for and against, and what is not known.",
    "directory": "massage therapists in one file: the national register, or a table of your own; the quiz.",
    "match": "three of them for one person, each explained; or an honest nobody.",
    "rules": "browse the knowledge: a rule, why, sources, strength, examples.",
    "schema": "JSON Schema of what goes in (case), what comes out (screening), or the intake form.",
    "backup": "everything of the clinic in one file that only a passphrase opens.",
    "restore": "a backup into an empty database, whole or not at all.",
    "serve": "your clinic on this machine; with --lan on the local network too, over HTTPS.",
}

# What a verb needs beside the core: an extra of this package.
_EXTRA = {
    "letter": "letters",
    "heat": "physiology",
    "trial": "outcomes",
    "evidence": "outcomes",
    "directory": "directory",
}

_HELP = """usage: afferent <verb> [...]      afferent <verb> --help

Can massage help my neuropathy – safely?

{verbs}

  afferent --version
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit code; prints errors as one sentence, never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(_HELP.format(verbs="\n".join(f"  {verb:<10}{text}" for verb, text in VERBS.items())), end="")
        return 0 if words else 2
    if words[0] == "--version":
        from afferent import __version__

        print(f"afferent {__version__}")
        return 0
    return _run(words[0], words[1:])


def _run(verb: str, words: list[str]) -> int:
    import gc

    from afferent.errors import AfferentError

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "°" gets "?", never a traceback
    gc.disable()  # a command lives for half a second and makes no garbage worth a tenth of it
    if verb not in VERBS:
        print(f"afferent: there is no verb {verb!r}; there are {', '.join(VERBS)}", file=sys.stderr)
        return 2
    try:
        code: int = import_module(f"afferent.cli.{verb}").run(words)
        sys.stdout.flush()
        return code
    except AfferentError as error:
        print(f"afferent: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        missing = {"numpy": "NumPy", "scipy": "SciPy", "zipcodes": "zipcodes", "typst": "typst", "segno": "segno"}.get(
            (error.name or "").split(".")[0]
        )
        if missing is None or verb not in _EXTRA:
            raise
        print(f"afferent: {verb} needs {missing}: pip install 'afferent[{_EXTRA[verb]}]'", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader went away (| head): not our fault, nothing half-written
        sys.stderr.close()
        return 0
    except (KeyboardInterrupt, EOFError):
        print("\nafferent: stopped; nothing was kept.", file=sys.stderr)
        return 130
    except OSError as error:  # a full disk, a closed terminal
        print(f"afferent: cannot write the answer ({error.strerror})", file=sys.stderr)
        return 2
    finally:
        gc.enable()
