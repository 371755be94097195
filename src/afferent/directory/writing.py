"""A file that is there whole or not at all. Ask here: `whole_or_not`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from afferent.errors import InputError


@contextmanager
def whole_or_not(path: Path) -> Iterator[IO[bytes]]:
    """Write beside it, then move into its place. Raises InputError naming the file."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        part.unlink(missing_ok=True)
