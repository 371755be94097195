"""What closes a sealed file: its header, the key that a passphrase gives, and the seal on each chunk.

    header   magic, format version, cost of scrypt (log2 n, r, p), salt, beginning of the nonces
    chunks   64 KiB of a compressed stream each, by AES-256-GCM; only the last one may be shorter

The nonce counts the chunks, and each chunk is bound to the header and to being the last or not: what is cut off,
added, put elsewhere or changed by one bit does not open. Nothing here reads or writes a file; `sealed` does.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afferent.errors import InputError

MAGIC: Final = b"Afferent backup\n"
FORMAT: Final = 1
CHUNK: Final = 64 * 1024
TAG: Final = 16
MOST: Final = 2**32  # chunks under one key: the counter has four bytes
SHORTEST: Final = 12  # characters of a passphrase
COST: Final = 17  # log2 of scrypt's n: 128 MiB and some tenths of a second for every guess
_COSTS: Final = range(14, 19)  # what is believed on reading: at most 256 MiB
_BLOCK: Final = 8
_LANES: Final = 1
_PACKED: Final = struct.Struct(">16s4B16s8s")
SIZE: Final = _PACKED.size


class Header(NamedTuple):
    """The beginning of a sealed file, as it stands there."""

    magic: bytes
    version: int
    cost: int
    block: int
    lanes: int
    salt: bytes
    nonces: bytes

    def packed(self) -> bytes:
        """As bytes."""
        return _PACKED.pack(*self)


def new_header() -> Header:
    """For one new file: its own salt, and so its own key."""
    return Header(MAGIC, FORMAT, COST, _BLOCK, _LANES, os.urandom(16), os.urandom(8))


def read_header(packed: bytes, name: str) -> Header:
    """The header of the file of this name. Raises InputError when it is no sealed file, or not one of ours to read."""
    if not packed.startswith(MAGIC):
        raise InputError(f"{name}: is not a backup of Afferent.")
    if len(packed) < SIZE:
        raise InputError(f"{name}: is cut short in its first {SIZE} bytes; take another copy of it.")
    header = Header(*_PACKED.unpack(packed))
    if header.version != FORMAT:
        raise InputError(f"{name}: has format {header.version}, and this Afferent reads {FORMAT}; take the newest one.")
    if header.cost not in _COSTS or (header.block, header.lanes) != (_BLOCK, _LANES):
        raise InputError(f"{name}: asks for an absurd amount of work, so its beginning is damaged; take another copy.")
    return header


class Seal:
    """Closes and opens the chunks of one file. `open` raises InvalidTag for whatever is not as it was closed."""

    def __init__(self, header: Header, passphrase: str) -> None:
        self._packed: Final = header.packed()
        self._nonces: Final = header.nonces
        self._cipher: Final = AESGCM(_key(header, passphrase))

    def close(self, number: int, chunk: bytes, last: bool) -> bytes:
        """A chunk, sealed."""
        return self._cipher.encrypt(self._nonce(number), chunk, self._bound(last))

    def open(self, number: int, sealed: bytes, last: bool) -> bytes:
        """What a sealed chunk holds."""
        return self._cipher.decrypt(self._nonce(number), sealed, self._bound(last))

    def _nonce(self, number: int) -> bytes:
        return self._nonces + number.to_bytes(4, "big")

    def _bound(self, last: bool) -> bytes:
        return self._packed + (b"\1" if last else b"\0")


def _key(header: Header, passphrase: str) -> bytes:
    """The same words give the same key however a keyboard spells its accents, and with a line end copied along."""
    words = unicodedata.normalize("NFKC", passphrase).strip()
    if len(words) < SHORTEST:
        raise InputError(f"The passphrase is too short: it needs at least {SHORTEST} characters; four words will do.")
    n, r, p = 1 << header.cost, header.block, header.lanes
    return hashlib.scrypt(
        words.encode("utf-8", "surrogatepass"), salt=header.salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32
    )
