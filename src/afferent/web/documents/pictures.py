"""A picture from outside, made anew: turned upright, no larger than needed, and nothing in it but what one sees.

Ask here: `clean_picture(data)`, and `preview(picture)` for lists. What a file is called plays no part; its bytes say
what it is. Everything beside the picture (place and time of the photo, camera, thumbnails, comments, whatever hangs on
behind) stays outside, because only the dots are written down again. It never looks at what the picture shows.
"""

from __future__ import annotations

import io
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageOps

from afferent.errors import InputError

MOST_BYTES: Final = 8 * 1024 * 1024  # as much as the gate before Django lets in
MOST_DOTS: Final = 40_000_000
SIDE: Final = 2400  # dots along the longer side
PREVIEW: Final = 360
_QUALITY: Final = 90
_PREVIEW_QUALITY: Final = 70
_PROFILE: Final = 1024 * 1024  # bytes of a colour profile worth reading

_MEND: Final = "Save it as JPEG or PNG and try again."
_HEIF: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BEGINNINGS: Final = (
    (b"%PDF", "a PDF"), (b"GIF8", "a GIF"), (b"II*\0", "a TIFF"), (b"MM\0*", "a TIFF"), (b"BM", "a Windows bitmap"),
    (b"8BPS", "a Photoshop file"), (b"PK\3\4", "a ZIP or office file"), (b"\0\0\1\0", "an icon"),
    (b"\xff\x0a", "a JPEG XL picture"), (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
)  # fmt: skip


class Picture(NamedTuple):
    """What is kept: the new file, what it is, and its size in dots."""

    bytes: bytes
    media_type: str
    width: int
    height: int


def clean_picture(data: bytes) -> Picture:
    """The picture alone, as JPEG, or as PNG where it has holes. Raises InputError with one sentence and the mend."""
    if len(data) > MOST_BYTES:
        raise InputError(f"The picture has more than {MOST_BYTES // 1024**2} megabytes. Make it smaller and try again.")
    kind = _kind(data)
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as image:
            _bounded(image)
            return _anew(image)
    except InputError:
        raise
    except Image.DecompressionBombError:
        raise _too_large() from None
    except Exception:  # Pillow lets through whatever its readers raise, and a broken file can make them raise anything
        raise InputError(
            f"The {kind} file is cut short or damaged. Take the picture again, or send it again."
        ) from None


def preview(picture: Picture) -> bytes:
    """A small JPEG of a picture that was made anew, so that a list of many stays light."""
    with Image.open(io.BytesIO(picture.bytes)) as image:
        image.draft("RGB", (PREVIEW, PREVIEW))
        image.thumbnail((PREVIEW, PREVIEW), Image.Resampling.LANCZOS)
        alone = Image.new("RGB", image.size, "white")
        alone.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    kept = io.BytesIO()
    alone.save(kept, "JPEG", quality=_PREVIEW_QUALITY)
    return kept.getvalue()


def _kind(data: bytes) -> str:
    """Which of the three formats these bytes are. Anything else is refused by its name."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    raise InputError(f"This is {_name(data)}, and only JPEG, PNG and WebP pictures are taken. {_MEND}")


def _name(data: bytes) -> str:
    if not data:
        return "an empty file"
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return "a HEIC picture" if brand in _HEIF else "an AVIF picture" if brand in (b"avif", b"avis") else "a film"
    text = data[:4096].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lower()
    if b"<svg" in text:
        return "an SVG drawing"
    if b"<html" in text or b"<!doctype" in text or b"<script" in text:
        return "a web page"
    return "no picture that we know"


def _bounded(image: Image.Image) -> None:
    """Asked of the file's head, before anything is unpacked."""
    if image.width * image.height > MOST_DOTS:
        raise _too_large()
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise InputError("The picture moves. Send one still picture, as JPEG or PNG.")


def _too_large() -> InputError:
    most = MOST_DOTS // 1_000_000
    return InputError(f"The picture has more than {most} megapixels. Make it smaller and try again.")


def _anew(image: Image.Image) -> Picture:
    image.draft(None, (SIDE, SIDE))  # a large JPEG is unpacked at half its size or less
    image.load()
    image = _even(image)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)  # first of all: what follows copies
    image = _in_common_colours(ImageOps.exif_transpose(image))
    clear = _clear(image)
    alone = Image.new("RGBA" if clear else "RGB", image.size)
    alone.paste(image.convert(alone.mode))
    kept = io.BytesIO()
    if clear:
        alone.save(kept, "PNG", optimize=True)
    else:
        alone.save(kept, "JPEG", quality=_QUALITY)
    return Picture(kept.getvalue(), "image/png" if clear else "image/jpeg", alone.width, alone.height)


def _even(image: Image.Image) -> Image.Image:
    """With eight bits for each colour, so that it can be made smaller smoothly."""
    if image.mode.startswith("I;16"):
        return image.point(lambda dot: dot / 256).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_common_colours(image: Image.Image) -> Image.Image:
    """In the colours every screen shows: a red patch of skin stays as red as the phone saw it."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or len(profile) > _PROFILE or image.mode == "L":
        return image
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        to = "RGBA" if image.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=to)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile is as good as none
    return turned or image


def _clear(image: Image.Image) -> bool:
    """Can one see through it anywhere?"""
    if image.mode != "RGBA":
        return False
    low, _ = image.getchannel("A").getextrema()
    return isinstance(low, int | float) and low < 255
