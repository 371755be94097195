"""Knowledge in one piece: what went in loads again, and nothing else gets out of it."""

from __future__ import annotations

import io
import os
import random
import shutil
import stat
import zipfile
from pathlib import Path

import msgspec
import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.concepts import load_concepts, matcher
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.snapshot import pack, unpack

PACKED = pack(FOLDER)


def piece(*files: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in files:
            made.writestr(name, content)
    return out.getvalue()


VERSION = ("version.toml", b'version = "2026.11"')


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge, packed and unpacked."""
    folder = tmp_path_factory.mktemp("older")
    unpack(PACKED, folder)
    return folder


def test_unpacked_it_is_the_same_knowledge(older: Path) -> None:
    then, now = load(older), load()
    assert then.version == now.version
    for field in now.__struct_fields__:
        one, other = getattr(then, field), getattr(now, field)
        assert repr(one) == repr(other), field
    assert msgspec.json.encode(then.rules) == msgspec.json.encode(now.rules)


def test_the_codes_come_with_it(older: Path) -> None:
    assert load_concepts(older / "codes") == load_concepts()
    assert repr(matcher(older / "codes").code("ICD10CM", "E11.42")) == repr(matcher().code("ICD10CM", "E11.42"))


@pytest.mark.parametrize("known", [False, True])
def test_older_codes_are_checked_against_their_own_facts(tmp_path: Path, known: bool) -> None:
    unpack(PACKED, tmp_path)
    concepts, facts = tmp_path / "codes" / "concepts" / "blood.toml", tmp_path / "facts" / "blood.toml"
    concepts.write_text(concepts.read_text("utf-8").replace('anticoagulant = "yes"', 'thinned = "yes"', 1), "utf-8")
    if known:
        with facts.open("a", encoding="utf-8") as file:
            file.write('\n[thinned]\ntitle = "Thin blood"\nask = "Thin?"\nkind = "yes_no"\ngroup = "blood"\n')
        assert "thinned" in load_concepts(tmp_path / "codes")["anticoagulant_use"].tells
    else:
        with pytest.raises(KnowledgeError, match="no fact 'thinned'"):
            load_concepts(tmp_path / "codes")


def test_the_same_files_give_the_same_bytes(older: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(older, copy)
    for path in copy.rglob("*.toml"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    assert pack(copy) == pack(older) == PACKED


def test_only_data_is_in_it(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "k"))
    (copy / "notes.txt").write_text("x")
    (copy / ".hidden.toml").write_text("x")
    assert pack(copy) == PACKED
    names = zipfile.ZipFile(io.BytesIO(PACKED)).namelist()
    assert {Path(name).suffix for name in names} <= {".toml", ".csv", ".json"}
    assert {"version.toml", "rules/clots.toml", "codes/concepts/blood.toml", "consents.toml"} <= set(names)


def test_a_strange_name_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "a b.toml").write_text("")
    with pytest.raises(KnowledgeError, match=r"^a b\.toml: cannot be packed"):
        pack(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../out.toml", "/etc/out.toml", "rules/../../out.toml", "C:\\out.toml", "a\\b.toml", "run.py", "rules/",
        "a.toml/b", ".toml", "rules/.hidden.toml", "a.toml\n", "é.toml", "a/b/c/d/e/f.toml", "x" * 70 + ".toml",
    ],
)  # fmt: skip
def test_no_other_path_gets_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="no data file"):
        unpack(piece(VERSION, (name, b"x")), tmp_path / "in")
    assert not list(tmp_path.iterdir())


def test_a_link_becomes_a_plain_file(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(*VERSION)
        link = zipfile.ZipInfo("link.toml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, b"/etc/passwd")
    unpack(out.getvalue(), tmp_path / "in")
    assert not (tmp_path / "in" / "link.toml").is_symlink()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "damaged"),
        (b"PK\5\6" + bytes(18), "no version"),
        (PACKED[:-9], "damaged"),
        (PACKED[:5000] + b"?" + PACKED[5001:], "damaged"),
        (piece(("rules/a.toml", b"")), "no version"),
        (piece(VERSION, ("a.toml", b""), ("A.toml", b"")), "twice"),
        (piece(VERSION, *((f"a{n}.toml", b"") for n in range(500))), "too large"),
        (piece(VERSION, ("a.toml", bytes(9 * 2**20)), compression=zipfile.ZIP_DEFLATED), "too large"),
        (
            piece(VERSION, *((f"a{n}.toml", bytes(2**23)) for n in range(5)), compression=zipfile.ZIP_DEFLATED),
            "too large",
        ),
    ],
    ids=["empty", "no files", "cut", "changed", "no version", "twice", "many", "one large", "all large"],
)
def test_a_damaged_or_absurd_piece_is_refused_whole(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(KnowledgeError, match=says):
        unpack(data, tmp_path / "in")
    assert not list(tmp_path.iterdir())


def test_whatever_is_broken_gives_one_sentence(tmp_path: Path) -> None:
    chance = random.Random(3)
    whole = piece(VERSION, ("rules/a.toml", b"[A]\n" * 20), compression=zipfile.ZIP_DEFLATED)
    for n in range(400):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            unpack(bytes(broken), tmp_path / str(n))
        except KnowledgeError:
            assert not (tmp_path / str(n)).exists()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(KnowledgeError, match="is not empty"):
        unpack(PACKED, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("version", ['""', "2026.11", '"2026.13"', '"latest"'])
def test_a_version_is_a_year_and_a_month(tmp_path: Path, version: str) -> None:
    unpack(PACKED, tmp_path / "k")
    (tmp_path / "k" / "version.toml").write_text(f"version = {version}")
    with pytest.raises(KnowledgeError, match=r"version\.toml, version: must be a year and a month"):
        load(tmp_path / "k")
