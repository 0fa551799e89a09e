"""Photos: what is taken, what is refused, what is kept of them, and who is served them."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from flask import Flask
from PIL import Image

from kata.extensions import db
from kata.rules import DomainError
from kata.storyboards import photos
from kata.storyboards.models import Photo
from kata.storyboards.routes.photos import MOST_AT_ONCE
from tests.cast import Cast, image
from tests.conftest import Frozen, SignIn

NO_PHOTO = "not a photo that we can read"


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any) -> bytes:
    if kind == "HEIF":
        buffer = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", size, (180, 90, 30))).save(buffer)
        return buffer.getvalue()
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind, **more)
    return buffer.getvalue()


def a_phones() -> bytes:
    """A JPEG with a place, a camera and a sideways orientation in it."""
    made = Image.new("RGB", (60, 40), (10, 200, 30))
    exif = made.getexif()
    exif[0x0112], exif[0x010F] = 6, "Maker of phones"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    buffer = io.BytesIO()
    made.save(buffer, "JPEG", exif=exif, comment=b"at home")
    return buffer.getvalue()


def a_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of some bytes that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


WRONG = {
    "text": b"this is no photo, only words",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "half a JPEG": image()[: len(image()) // 2],
    "only a head": image()[:20],
    "GIF": picture("GIF"),
    "a huge PNG": a_bomb(),
    "a large PNG": a_bomb(9_000, 8_000),
    "a broken PNG": picture("PNG")[:-30] + bytes(30),
    "nothing": b"",
    "PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj",
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_it_takes_what_phones_make_and_keeps_a_jpeg(tmp_path: Path, kind: str) -> None:
    kept = photos.store(picture(kind), tmp_path)
    for small in (False, True):
        with Image.open(photos.path(tmp_path, kept.sha256, small=small)) as opened:
            assert (opened.format, opened.size) == ("JPEG", (60, 40))


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1"])
def test_it_takes_every_kind_of_png(tmp_path: Path, mode: str) -> None:
    assert photos.store(picture("PNG", mode=mode), tmp_path).width == 60


def test_it_takes_a_palette_with_transparency(tmp_path: Path) -> None:
    assert photos.store(picture("PNG", mode="P", transparency=bytes([0, 128, 255])), tmp_path).width == 60


def test_where_and_when_it_was_taken_is_not_kept_and_it_stands_upright(tmp_path: Path) -> None:
    kept = photos.store(a_phones(), tmp_path)
    assert (kept.width, kept.height) == (40, 60)
    for small in (False, True):
        file = photos.path(tmp_path, kept.sha256, small=small)
        assert b"Exif" not in file.read_bytes()
        assert b"Maker" not in file.read_bytes()
        assert b"at home" not in file.read_bytes()
        with Image.open(file) as opened:
            assert dict(opened.getexif()) == {}


def test_a_large_one_is_made_smaller(tmp_path: Path) -> None:
    kept = photos.store(image("JPEG", (4000, 1000)), tmp_path)
    assert (kept.width, kept.height) == (photos.LONGEST_SIDE, 500)
    with Image.open(photos.path(tmp_path, kept.sha256, small=True)) as small:
        assert max(small.size) == photos.SMALL_SIDE


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_photo_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(DomainError) as caught:
        photos.store(WRONG[name], tmp_path)
    assert caught.value.field == "photos"
    assert list(tmp_path.rglob("*.jpg")) == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="15 MB"):
        photos.store(bytes(photos.LARGEST_FILE + 1), tmp_path)


def test_damaged_files_are_refused_and_never_an_error(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - damage that is the same in every run
    whole = [a_phones(), picture("PNG"), picture("WEBP"), picture("HEIF")]
    for _turn in range(120):
        damaged = bytearray(chance.choice(whole))
        for _spot in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd files; only an error would reach people
            try:
                photos.store(bytes(damaged[: chance.randint(1, len(damaged))]), tmp_path)
            except DomainError:
                continue


# Through the form ----------------------------------------------------------------------------------------------------


def send(cast: Cast, as_: SignIn, *files: bytes, htmx: bool = False, names: str = "a.jpg", **more: str) -> Any:
    sent = {"photos": [(io.BytesIO(data), names) for data in files], "once": "a submission", "caption": "The wall"}
    return as_("ana").post(f"/experiments/{cast.board.running}/photos", {**sent, **more}, htmx=htmx)


def rows(app: Flask, cast: Cast) -> list[Photo]:
    with app.app_context():
        query = db.select(Photo).where(Photo.experiment_id == cast.board.running).order_by(Photo.id)
        return list(db.session.scalars(query))


def test_several_at_once_are_added_with_their_caption(app: Flask, cast: Cast, as_: SignIn) -> None:
    assert send(cast, as_, image(), picture("PNG", (30, 30))).status_code == 303
    assert [(row.caption, row.by_id) for row in rows(app, cast)] == [("The wall", cast["ana"].id)] * 2
    page = as_("eve").get(f"/experiments/{cast.board.running}").text
    assert page.count('alt="The wall"') >= 2


def test_the_name_of_the_file_says_nothing(app: Flask, cast: Cast, as_: SignIn) -> None:
    assert send(cast, as_, image(), names="../../etc/passwd\x00.svg").status_code == 303
    assert len(rows(app, cast)[0].sha256) == 64


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_said_at_its_field_and_nothing_of_the_send_is_saved(
    app: Flask, cast: Cast, as_: SignIn, name: str
) -> None:
    answer = send(cast, as_, image(), WRONG[name], htmx=True)
    assert answer.status_code == 422
    assert answer.text.startswith('<hx-partial id="photos-new"')
    assert 'class="error"' in answer.text
    assert "The wall" in answer.text
    assert rows(app, cast) == []


@pytest.mark.parametrize("count", [0, MOST_AT_ONCE + 1])
def test_none_and_too_many_are_refused(app: Flask, cast: Cast, as_: SignIn, count: int) -> None:
    answer = send(cast, as_, *([image()] * count))
    assert answer.status_code == 422
    assert "hoose" in answer.text
    assert rows(app, cast) == []


def test_a_request_that_is_too_large_is_said_in_words(app: Flask, cast: Cast, as_: SignIn) -> None:
    path, said = f"/experiments/{cast.board.running}/photos", str(app.config["MAX_CONTENT_LENGTH"] + 1)
    answer = as_("ana").post(path, {"once": "1"}, htmx=True, environ_overrides={"CONTENT_LENGTH": said})
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert rows(app, cast) == []


def test_one_send_twice_adds_once(app: Flask, cast: Cast, as_: SignIn) -> None:
    for _twice in range(2):
        assert send(cast, as_, image()).status_code == 303
    assert len(rows(app, cast)) == 1


def test_it_is_served_as_a_jpeg_that_nobody_else_keeps(cast: Cast, as_: SignIn) -> None:
    for part in ("", "/small"):
        answer = as_("eve").get(f"/photos/{cast.board.photo}{part}")
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]
        again = as_("eve").get(f"/photos/{cast.board.photo}{part}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_the_small_one_and_the_large_one_are_not_taken_for_each_other(cast: Cast, as_: SignIn) -> None:
    tags = {as_("eve").get(f"/photos/{cast.board.photo}{part}").headers["ETag"] for part in ("", "/small")}
    assert len(tags) == 2


def test_what_is_taken_off_is_gone_until_it_is_put_back(cast: Cast, as_: SignIn) -> None:
    client, path = as_("ana"), f"/photos/{cast.board.photo}"
    assert client.post(f"{path}/removal").status_code == 303
    assert [client.get(path + part).status_code for part in ("", "/small")] == [404, 404]
    assert path not in client.get(f"/experiments/{cast.board.concluded}").text.split("<main")[1]
    assert client.post(f"{path}/return").status_code == 303
    assert client.get(path).status_code == 200


def test_who_may_not_write_takes_nothing_off(cast: Cast, as_: SignIn) -> None:
    assert as_("eve").post(f"/photos/{cast.board.photo}/removal").status_code == 403
    assert as_("eve").get(f"/photos/{cast.board.photo}").status_code == 200


def test_the_files_lie_where_no_address_reaches(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        sha = db.session.get_one(Photo, cast.board.photo).sha256
    for path in (f"/static/{sha}.jpg", f"/attachments/{sha[:2]}/{sha}.jpg", f"/photos/{sha}"):
        assert as_("ana").get(path).status_code == 404


# A day on which it stood ---------------------------------------------------------------------------------------------


@pytest.fixture
def taken_off(cast: Cast, as_: SignIn, frozen: Frozen) -> str:
    """The address of the photo, which stood for nine days and was taken off today; it is tomorrow now."""
    as_("ana").post(f"/photos/{cast.board.photo}/removal")
    frozen.forward(days=1)
    return f"/photos/{cast.board.photo}"


def test_a_day_on_which_it_stood_shows_it_to_whoever_sees_the_board(cast: Cast, as_: SignIn, taken_off: str) -> None:
    page = as_("eve").get(f"{cast.board.path}?on=2026-06-02").text
    for part in ("", "/small"):
        assert f'"{taken_off}{part}?on=2026-06-02"' in page
        answer = as_("eve").get(f"{taken_off}{part}?on=2026-06-02")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")


@pytest.mark.parametrize("on", ["", "2026-06-03", "2026-06-04", "9999-12-31", "0001-01-01", "2026-05-20", "yesterday"])
def test_on_every_other_day_it_is_not_there(as_: SignIn, taken_off: str, on: str) -> None:
    assert as_("ana").get(f"{taken_off}?on={on}").status_code == 404


def test_what_was_there_and_put_back_is_there_on_both_days(cast: Cast, as_: SignIn, frozen: Frozen) -> None:
    client, path = as_("ana"), f"/photos/{cast.board.photo}"
    client.post(f"{path}/removal")
    frozen.forward(days=1)
    client.post(f"{path}/return")
    frozen.forward(days=1)
    days = {on: client.get(f"{path}?on={on}").status_code for on in ("2026-06-02", "2026-06-03", "2026-06-04")}
    assert days == {"2026-06-02": 200, "2026-06-03": 404, "2026-06-04": 200}


def test_on_a_closed_board_it_is_its_teams_on_every_day(cast: Cast, as_: SignIn, taken_off: str) -> None:
    as_("ana").post(f"{cast.board.path}/closure", {"closed": "y"})
    assert as_("eve").get(f"{taken_off}?on=2026-06-02").status_code == 404
    assert as_("gus").get(f"{taken_off}?on=2026-06-02").status_code == 200


def test_a_picture_whose_file_is_gone_leaves_a_frame_that_says_so(app: Flask, cast: Cast, as_: SignIn) -> None:
    with app.app_context():
        sha = db.session.get_one(Photo, cast.board.photo).sha256
        kept = [photos.path(photos.folder(), sha, small=small) for small in (False, True)]
    gone = [(file, file.with_suffix(".gone")) for file in kept]
    for file, elsewhere in gone:
        file.rename(elsewhere)
    try:
        pages = [as_("ana").get(path).text for path in (cast.board.path, f"/experiments/{cast.board.concluded}")]
    finally:
        for file, elsewhere in gone:
            elsewhere.rename(file)
    for page in pages:
        assert "The list on the wall" in page
        assert "this picture is no longer kept" in page
        assert f'src="/photos/{cast.board.photo}' not in page
