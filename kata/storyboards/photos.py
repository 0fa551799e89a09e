"""Photos from the place where the work is done: re-encoded, so that nothing but a picture is kept.

Re-encoding drops where and when a phone says it was taken, and whatever else a file may carry. Pictures are stored
once under the checksum of what was written, outside any folder that is served; the address checks who may see them.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

import pillow_heif
from flask import current_app
from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from kata.files import write_whole
from kata.rules import DomainError

LARGEST_FILE = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2000
SMALL_SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

pillow_heif.register_heif_opener()


@dataclass(frozen=True)
class Picture:
    """A stored picture: its checksum names the file, the size lets a page keep its place before it has loaded."""

    sha256: str
    width: int
    height: int


def store(data: bytes, folder: Path) -> Picture:
    """Re-encode ``data`` and keep it with a small version in ``folder``; ``DomainError`` when it is no usable photo."""
    if len(data) > LARGEST_FILE:
        raise DomainError("photos", _("A photo may have 15 MB at most. Choose a smaller one; your text is kept."))
    picture = _opened(data)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    large = _encoded(picture)
    checksum = hashlib.sha256(large).hexdigest()
    write_whole(path(folder, checksum), large)
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
    write_whole(path(folder, checksum, small=True), _encoded(picture))
    with Image.open(io.BytesIO(large)) as kept:
        return Picture(checksum, kept.width, kept.height)


def folder() -> Path:
    """Where this installation keeps its attachments."""
    return Path(current_app.config["DATA_FOLDER"]) / "attachments"


def path(folder: Path, sha256: str, *, small: bool = False) -> Path:
    """Where a picture lies below the attachments folder."""
    return folder / sha256[:2] / f"{sha256}{'-small' if small else ''}.jpg"


def is_kept(sha256: str) -> bool:
    """Whether the picture's file is there: to erase one for good is to delete it from the data folder."""
    return path(folder(), sha256).exists()


def _opened(data: bytes) -> Image.Image:
    sentence = _("This file is not a photo that we can read. Choose a JPEG, PNG, WebP or HEIC; your text is kept.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise DomainError("photos", _("This photo has too many pixels. Choose a smaller one."))
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image).convert("RGB")
                upright.info.clear()  # a comment in a JPEG would be written into ours
                return upright
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise DomainError("photos", sentence) from error
    except Image.DecompressionBombError as error:
        raise DomainError("photos", sentence) from error


def _encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True, progressive=True)
    return buffer.getvalue()
