"""Passwords of the demo's accounts: kept as scrypt hashes that say how they were made."""

import base64
import hashlib
import hmac
import secrets
from typing import Final

_KIND: Final = "scrypt"
#: What OWASP advises for scrypt: 32 MB and some tenths of a second a try.
_N, _R, _P = 2**15, 8, 1
_SALT, _LENGTH, _PARTS = 16, 32, 6
#: Compared with where there is no such account, so that this takes as long.
_NOBODY: Final = f"{_KIND}${_N}${_R}${_P}${'A' * 22}==${'A' * 43}="


def hash_password(password: str) -> str:
    """A hash to keep: ``scrypt$n$r$p$salt$hash``, the last two in base64."""
    salt = secrets.token_bytes(_SALT)
    made = _scrypt(password, salt, _N, _R, _P)
    return "$".join(
        (_KIND, str(_N), str(_R), str(_P), base64.b64encode(salt).decode(), base64.b64encode(made).decode())
    )


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; None or empty never fits, and takes as long."""
    parts = (kept or _NOBODY).split("$")
    if len(parts) != _PARTS or parts[0] != _KIND:
        return False
    n, r, p = map(int, parts[1:4])
    made = _scrypt(password, base64.b64decode(parts[4]), n, r, p)
    return hmac.compare_digest(made, base64.b64decode(parts[5])) and bool(kept)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=_LENGTH)
