"""Passwords: how they are kept (argon2id), how they are compared, and which are too easily guessed. Pure.

Length protects, rules of composition don't: any twelve characters will do that nobody tries first.
"""

import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

SHORTEST, LONGEST = 12, 1000
#: What everybody here has before their eyes every day, and whoever guesses tries beside the name.
WORDS_OF_THE_PLACE = ("kata", "improvement", "coaching", "storyboard", "experiment", "password", "welcome")

_OWASP_MINIMUM = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

_hasher = _OWASP_MINIMUM


def configure(*, light: bool) -> None:
    """Light hashes are for tests: they cost a guesser nothing."""
    global _hasher
    _hasher = _LIGHT if light else _OWASP_MINIMUM


def hash_password(text: str) -> str:
    return _hasher.hash(_bytes(text))


def verify(hashed: str, text: str) -> bool:
    try:
        return _hasher.verify(hashed, _bytes(text))
    except (VerificationError, InvalidHashError):
        return False


def verify_nobody(text: str) -> bool:
    """Takes as long as `verify`, and is never true: for an address that nobody here has."""
    return verify(_hash_of_nobody(), text) and False


def _hash_of_nobody() -> str:
    """Shaped as if a password had been hashed; none was, since that would take its time at each start."""
    salt, digest = (
        b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (_hasher.salt_len, _hasher.hash_len)
    )
    settings = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${settings}${salt}${digest}"


def needs_rehash(hashed: str) -> bool:
    """Whether to hash again, now that the password is known: the settings have grown since, or it is damaged."""
    try:
        return _hasher.check_needs_rehash(hashed)
    except InvalidHashError:
        return True


def weakness(text: str, *, hints: Iterable[str] = ()) -> str | None:
    """Why a new password would be too easy to guess, in a sentence; None where nothing speaks against it.

    `hints` are what people around the person know: the name, the address, the organisation.
    """
    if len(text) < SHORTEST:
        return str(_("Use at least %(count)s characters. A few words in a row make a good password.", count=SHORTEST))
    if len(text) > LONGEST:
        return str(_("Use at most %(count)s characters.", count=LONGEST))
    folded = _fold(text)
    if _is_common(folded):
        return str(_("Many people use this password, so it is tried first. Take a few words that do not go together."))
    if _goes_on_alike(folded):
        return str(_("This repeats a piece or counts on, and is quickly guessed. Take a few words instead."))
    if _is_made_of(folded, [*hints, *WORDS_OF_THE_PLACE]):
        return str(_("This is made of your own name, your address or words of this place. Take others."))
    return None


def _bytes(text: str) -> bytes:
    # The same password from another keyboard gives the same bytes. The cut comes first, because normalising a
    # flood of combining marks takes quadratic time.
    return unicodedata.normalize("NFKC", text[: LONGEST + 1]).encode("utf-8", "surrogatepass")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # large: read when the first password is chosen

    return frozenset(FREQUENCY_LISTS["passwords"])


# What people do to a common word to make it look like another one: signs around it, and signs for letters.
_BEFORE = re.compile(r"^[\W\d_]+")
_AFTER = re.compile(r"[\W\d_]+\Z")
_LOOKALIKES = str.maketrans("@48310$57!", "aabeiossti")
_DRESS_THAT_HELPS = 9


def _is_common(folded: str) -> bool:
    headed = _AFTER.sub("", folded)
    word, after = _BEFORE.sub("", headed), folded[len(headed) :]
    words = {word, headed, word.translate(_LOOKALIKES), headed.translate(_LOOKALIKES)}
    if len(folded) - len(word) >= _DRESS_THAT_HELPS and after not in _common():
        words.clear()
    return not _common().isdisjoint(words | {folded})


def _goes_on_alike(folded: str) -> bool:
    """One piece again and again (then it is found in its own double, shifted by the piece), or counted on."""
    repeats = (folded + folded).find(folded, 1) <= len(folded) // 2
    return repeats or len({(ord(after) - ord(before)) % 10 for before, after in pairwise(folded)}) == 1


def _is_made_of(folded: str, hints: Iterable[str]) -> bool:
    pieces = {piece for hint in hints for piece in re.split(r"[\W\d_]+", _fold(hint)) if len(piece) > 2}
    letters = re.sub(r"[\W\d_]+", "", folded)
    rest = letters
    for piece in sorted(pieces, key=len, reverse=True):
        rest = rest.replace(piece, "")
    return rest != letters and len(rest) < 4
