"""The picture of a chart, drawn from its SVG file by resvg: no browser, and no font of the machine is needed.

The letters are Figtree's, which the app ships; what it lacks is drawn with the machine's fonts, where it has any.
"""

from __future__ import annotations

import re
from pathlib import Path

import resvg_py

FONTS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "figtree"
FAMILY = "Figtree"
#: What the shipped font cannot write: everything but Latin letters, punctuation, arrows and signs.
BEYOND = re.compile("[^\u0000-\u024f\u2000-\u22ff]")
#: Pixels for each pixel of the file: sharp on today's screens and in slides.
SCALE = 2


def png(svg: str) -> bytes:
    """The PNG of an SVG that `charts/file.svg` wrote, at twice its size. Raises ValueError for what is no SVG."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SCALE,
        background="#ffffff",
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        font_files=[str(font) for font in sorted(FONTS.glob("*.ttf"))],
        skip_system_fonts=not BEYOND.search(svg),
    )
