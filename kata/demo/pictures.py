"""Drawings that stand for what people photograph at their work: a tally on a whiteboard, a card on a desk."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

BOARD, FRAME, INK, RED = (250, 250, 246), (176, 180, 184), (36, 52, 92), (176, 58, 46)
WIDTH, MARGIN, ROW = 1200, 70, 120


def tally(title: str, rows: Sequence[tuple[str, int]], remark: str) -> bytes:
    """A whiteboard with strokes in fives, one row for each thing that was counted, and a remark below."""
    height = MARGIN * 2 + 110 + ROW * len(rows) + 80
    image, draw = _board(height)
    draw.text((MARGIN, MARGIN), title, fill=INK, font=_font(50))
    for number, (label, count) in enumerate(rows):
        top = MARGIN + 110 + number * ROW
        draw.text((MARGIN, top + 14), label, fill=INK, font=_font(38))
        _strokes(draw, 520, top, count)
    draw.text((MARGIN, height - MARGIN - 56), remark, fill=RED, font=_font(38))
    return _png(image)


def card(title: str, lines: Sequence[str]) -> bytes:
    """A card with a few lines, as it lies on a desk."""
    image, draw = _board(MARGIN * 2 + 120 + 84 * len(lines))
    draw.text((MARGIN, MARGIN), title, fill=RED, font=_font(54))
    for number, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + 120 + number * 84), line, fill=INK, font=_font(42))
    return _png(image)


def _strokes(draw: ImageDraw.ImageDraw, left: int, top: int, count: int) -> None:
    hand = random.Random(count * 31 + top)  # noqa: S311 - an unsteady hand, not a secret
    for number in range(count):
        group, place = divmod(number, 5)
        x = left + group * 130
        if place == 4:
            draw.line((x - 14, top + 70 + hand.randint(-5, 5), x + 92, top + 14 + hand.randint(-5, 5)), RED, 7)
        else:
            start = x + place * 24 + hand.randint(-3, 3)
            draw.line((start, top + hand.randint(2, 10), start + hand.randint(-6, 6), top + 80), INK, 7)


def _board(height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, height), BOARD)
    draw = ImageDraw.Draw(image)
    draw.rectangle((6, 6, WIDTH - 7, height - 7), outline=FRAME, width=12)
    return image, draw


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
