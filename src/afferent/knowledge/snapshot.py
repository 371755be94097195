"""The knowledge of one version in one piece, so that it can still be loaded after the program has been upgraded.

Ask here: `pack(folder)`, the data files as a zip, the same bytes for the same files everywhere; `unpack(data, folder)`
into an empty folder, for `load(folder)` and `matcher(folder / "codes")`. Only data travels. How it is read (the grammar
of rules, the parts of the body, the checks) is the program's, so a later program may refuse an older piece; `load`
then says so. The figures and the physics (`body`, `physiology`) do not travel either.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from afferent.errors import KnowledgeError

_DATA: Final = frozenset({".toml", ".csv", ".json"})
_NAME: Final = re.compile(r"(?:[A-Za-z0-9_-]{1,60}/){0,4}[A-Za-z0-9_-]{1,60}\.(?:toml|csv|json)")
_DATED: Final = (1980, 1, 1, 0, 0, 0)  # the same for all, or no two pieces would be equal
_FILES: Final = 500
_FILE: Final = 8 * 1024 * 1024
_WHOLE: Final = 32 * 1024 * 1024


def pack(folder: Path) -> bytes:
    """Every data file of the knowledge in this folder, and nothing else. Raises KnowledgeError naming the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as piece:  # stored: packers differ from machine to machine
        for name, path in sorted(_data_files(folder).items()):
            if not _NAME.fullmatch(name):
                raise KnowledgeError(f"{name}: cannot be packed; plain letters, digits, - and _ only")
            entry = zipfile.ZipInfo(name, _DATED)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            try:
                piece.writestr(entry, path.read_bytes())
            except OSError as error:
                raise KnowledgeError(f"{name}: {error.strerror}") from None
    return out.getvalue()


def _data_files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if _is_data(path)}


def _is_data(path: Path) -> bool:
    return path.suffix in _DATA and not path.name.startswith(".") and path.is_file()


def unpack(data: bytes, folder: Path) -> None:
    """Write the files into this folder, empty or new. Raises KnowledgeError before anything is written."""
    files = _files(data)
    if folder.exists() and any(folder.iterdir()):
        raise KnowledgeError(f"{folder.name}: is not empty, so nothing is unpacked there")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _files(data: bytes) -> dict[str, bytes]:
    """Name and content of each file, all of them believed only after a look."""
    if len(data) > 2 * _WHOLE:
        raise KnowledgeError("The packed knowledge is too large to be one.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as piece:
            entries = piece.infolist()
            _sound(entries)
            found = {entry.filename: _content(piece, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise KnowledgeError(f"The packed knowledge is damaged ({error}).") from None
    if "version.toml" not in found:
        raise KnowledgeError("The packed knowledge has no version.toml, so it is none.")
    return found


def _sound(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    for name in names:
        if not _NAME.fullmatch(name):
            raise KnowledgeError(f"The packed knowledge holds {name[:80]!r}, which is no data file of it.")
    if len({name.lower() for name in names}) != len(names):
        raise KnowledgeError("The packed knowledge holds a file twice.")
    if len(names) > _FILES or sum(entry.file_size for entry in entries) > _WHOLE:
        raise KnowledgeError("The packed knowledge is too large to be one.")


def _content(piece: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with piece.open(entry) as file:
        content = file.read(_FILE + 1)
    if len(content) > _FILE:
        raise KnowledgeError(f"The packed knowledge is too large to be one ({entry.filename}).")
    return content
