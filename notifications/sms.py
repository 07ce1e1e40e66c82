"""An SMS: 160 septets of GSM-7, no link, and nothing that says what the dienst pays."""

import re
import unicodedata
from typing import Final

from contracts.notice import NoticeError

LONGEST: Final = 160
#: The default alphabet of 3GPP TS 23.038, without its line breaks: a text of ours is one line.
_BASIC: Final = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Its extension table: each of these takes two septets.
_EXTENDED: Final = frozenset("^{}\\[~]|€")
#: Letters and signs that Unicode does not take apart by itself.
_ALIKE: Final = str.maketrans({
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d",
    "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-",
    "…": "...", "•": "-",
})  # fmt: skip
_LINK: Final = re.compile(r"www|https?:|://|[^\W_]\.[^\W\d_]{2,}", re.IGNORECASE)
_WHAT_WE_PAY: Final = re.compile("bijstand", re.IGNORECASE)


def require_sendable(text: str, kenmerk: str) -> str:
    """``text`` as it can be sent in one SMS.

    Args:
        text: the text; line breaks and double spaces become one space.
        kenmerk: the opaque reference, for the error.

    Raises:
        NoticeError: it is empty, holds a character GSM-7 has nothing like, is longer than 160 septets, holds what
            a telephone makes a link of, or says that it is about bijstand. The error does not repeat the text.
    """
    folded = fold(text)
    if reason := _against(folded):
        raise NoticeError(reason, where=kenmerk, todo="Shorten the template, or the short names of the dienst.")
    return folded


def fold(text: str) -> str:
    """One line, in which what GSM-7 lacks is replaced by what looks like it: ``vóór`` is ``voor``, ``’`` is ``'``.

    A character without a like stays, so that ``septets`` sees it.
    """
    folded = "".join(_folded(character) for character in unicodedata.normalize("NFC", text))
    return " ".join(folded.split())


def septets(text: str) -> int | None:
    """How much room ``text`` takes; None where it is not all GSM-7."""
    if not all(character in _BASIC or character in _EXTENDED for character in text):
        return None
    return len(text) + sum(character in _EXTENDED for character in text)


def _folded(character: str) -> str:
    if character in _BASIC or character in _EXTENDED:
        return character
    apart = unicodedata.normalize("NFKD", character.translate(_ALIKE))
    return "".join(part for part in apart if not unicodedata.combining(part))


def _against(text: str) -> str | None:
    """Why it can't be sent; None = it can."""
    room = septets(text)
    if not text:
        return "The SMS is empty."
    if room is None:
        return "The SMS holds a character that its alphabet lacks."
    if room > LONGEST:
        return f"The SMS takes {room} of {LONGEST} characters."
    if _LINK.search(text):
        return "The SMS holds what a telephone makes a link of."
    if _WHAT_WE_PAY.search(text):
        return "The SMS says what the dienst pays."
    return None
