"""A picture comes in with whatever hangs on it, and goes out alone."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from afferent.errors import InputError
from afferent.web.documents.pictures import MOST_BYTES, SIDE, clean_picture

SECRETS = (b"Exif", b"SecretCam", b"GPS", b"http://ns.adobe.com", b"ICC_PROFILE", b"a private word", b"iCCP", b"tEXt",
           b"eXIf", b"acsp", b"<script")  # fmt: skip


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    made = Image.new("RGB", size, (200, 30, 30))
    made.paste((20, 20, 200), (size[0] // 2, 0, *size))
    return made.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """As a phone writes it, with the place."""
    made = Image.Exif()
    made[0x0110] = "SecretCam 9"
    made[0x0112] = orientation
    made.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 2.5), 3: "E", 4: (10.0, 1.0, 1.0)})
    return made


def loaded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def reddish(dot: Any) -> bool:
    return bool(dot[0] > 150 and dot[2] < 100)


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>http://ns.adobe.com a private word</x:xmpmeta>"


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a private word")
    info.add_text("Long", "a private word " * 99, zip=True)
    return info


@pytest.mark.parametrize(
    "data",
    [
        saved(picture(), exif=exif(), icc_profile=SRGB, comment=b"a private word", xmp=XMP),
        saved(picture(), "PNG", exif=exif(), icc_profile=SRGB, pnginfo=texts()),
        saved(picture(mode="RGBA"), "PNG", exif=exif(), icc_profile=SRGB, pnginfo=texts()),
        saved(picture(), "WEBP", exif=exif(), icc_profile=SRGB, xmp=XMP),
    ],
    ids=["jpeg", "png", "png with alpha", "webp"],
)
def test_nothing_but_the_picture_is_kept(data: bytes) -> None:
    assert any(secret in data for secret in SECRETS)
    kept = clean_picture(data)
    assert not any(secret in kept.bytes for secret in SECRETS)
    shown = loaded(kept.bytes)
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 60, 40)
    assert reddish(shown.getpixel((10, 20)))


def test_what_one_sees_through_stays_clear() -> None:
    clear = picture(mode="RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    info = texts()
    kept = clean_picture(saved(clear, "PNG", exif=exif(), icc_profile=SRGB, pnginfo=info))
    assert kept.media_type == "image/png"
    assert loaded(kept.bytes).getpixel((0, 0)) == (0, 0, 0, 0)
    assert not any(secret in kept.bytes for secret in SECRETS)
    assert {kept.bytes[n + 4 : n + 8] for n in _chunks(kept.bytes)} == {b"IHDR", b"IDAT", b"IEND"}


def _chunks(png: bytes) -> list[int]:
    places, place = [], 8
    while place < len(png):
        places.append(place)
        place += 12 + struct.unpack(">I", png[place : place + 4])[0]
    return places


@pytest.mark.parametrize(
    ("orientation", "red"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_it_stands_upright(orientation: int, red: str) -> None:
    kept = clean_picture(saved(picture((80, 40)), exif=exif(orientation)))
    place = {"left": (5, 5), "right": (75, 5), "top": (5, 5), "bottom": (5, 75)}[red]
    assert (kept.width, kept.height) == ((80, 40) if orientation < 5 else (40, 80))
    assert reddish(loaded(kept.bytes).getpixel(place))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_is_no_larger_than_needed(kind: str) -> None:
    kept = clean_picture(saved(picture((3000, 1500)), kind))
    assert (kept.width, kept.height) == (SIDE, SIDE // 2)
    assert clean_picture(kept.bytes)[2:] == (SIDE, SIDE // 2)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16"])
def test_other_ways_of_writing_colours(mode: str) -> None:
    image = Image.new("I;16", (60, 40), 0x8000) if mode == "I;16" else picture(mode=mode)
    kept = clean_picture(saved(image, "JPEG" if mode == "CMYK" else "PNG"))
    dot = loaded(kept.bytes).getpixel((10, 20))
    assert isinstance(dot, tuple)
    assert len(dot) == 3
    assert mode != "I;16" or all(abs(one - 128) < 4 for one in dot)
    assert mode not in ("P", "CMYK") or reddish(dot)


def test_a_picture_in_other_colours_keeps_its_red() -> None:
    swapped = bytearray(SRGB)  # a profile in which red and blue have changed places
    tags = {bytes(SRGB[n : n + 4]): n for n in range(132, 132 + 12 * struct.unpack(">I", SRGB[128:132])[0], 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    kept = clean_picture(saved(picture(), icc_profile=bytes(swapped)))
    assert not reddish(loaded(kept.bytes).getpixel((10, 20)))
    assert reddish(loaded(clean_picture(saved(picture(), icc_profile=b"junk" * 50)).bytes).getpixel((10, 20)))


def test_what_hangs_on_behind_is_gone() -> None:
    page = b"<html><script>alert(1)</script></html>"
    for kind in ("JPEG", "PNG", "WEBP"):
        assert b"<script" not in clean_picture(saved(picture(), kind) + page).bytes


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (b"\xef\xbb\xbf<SVG onload=alert(1)>", "an SVG drawing"),
        ("<svg/>".encode("utf-16"), "an SVG drawing"),
        (b"<!DOCTYPE html><p>", "a web page"),
        (b"<script>" + saved(picture()), "a web page"),
        (b"%PDF-1.4\n" + saved(picture()), "a PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "a HEIC picture"),
        (b"\0\0\0\x18ftypavif", "an AVIF picture"),
        (b"\0\0\0\x18ftypisom", "a film"),
        (saved(picture(), "GIF"), "a GIF"),
        (saved(picture(), "TIFF"), "a TIFF"),
        (saved(picture(), "BMP"), "a Windows bitmap"),
        (b"PK\3\4\x14\0", "a ZIP or office file"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "no picture that we know"),
        (b"hello", "no picture that we know"),
    ],
)
def test_anything_else_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(InputError) as refused:
        clean_picture(data)
    assert str(refused.value).startswith(f"This is {name}, and only JPEG, PNG and WebP")
    assert str(refused.value).endswith("Save it as JPEG or PNG and try again.")


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A head that says how large, with hardly anything behind it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(6400, 6400), (100_000, 500), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(InputError, match="more than 40 megapixels"):
        clean_picture(png(width, height))


def test_a_heavy_file_is_refused_unread() -> None:
    with pytest.raises(InputError, match="more than 8 megabytes"):
        clean_picture(saved(picture()) + bytes(MOST_BYTES))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    frames = [picture(), picture().rotate(180)]
    with pytest.raises(InputError, match="moves"):
        clean_picture(saved(frames[0], kind, save_all=True, append_images=frames[1:]))


def test_the_first_picture_of_a_phones_pair_is_taken() -> None:
    pair = saved(picture(), "MPO", save_all=True, append_images=[picture((8, 8))])
    assert clean_picture(pair)[2:] == (60, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_refused(kind: str) -> None:
    noisy = Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000))
    whole = saved(noisy, kind)
    for part in (0.01, 0.1, 0.5, 0.9, 0.99):
        with pytest.raises(InputError, match=f"The {kind} file is cut short or damaged"):
            clean_picture(whole[: max(16, int(len(whole) * part))])


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow, on tags it passes over
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_gives_a_picture_or_one_sentence(kind: str) -> None:
    chance = random.Random(7)
    options = {"exif": exif(6), "icc_profile": SRGB}
    whole = saved(picture(), kind, **options)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            assert clean_picture(bytes(broken)).width <= SIDE
        except InputError as refused:
            assert "\n" not in str(refused)
