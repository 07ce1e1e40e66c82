"""Style sheets, fonts and script: a fixed list of files, most of them fetched from npm at set-up.

What is not there is left out; the pages work without.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import Request, Response

_OWN: Final = Path(__file__).parent / "static"
_SUBSETS: Final = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")
#: Name in an address -> the file in the folder of the npm packages.
_PACKAGES: Final[dict[str, str]] = {
    "noto-sans.css": "@fontsource-variable/noto-sans/wght.css",
    **{
        f"files/noto-sans-{subset}-wght-normal.woff2": (
            f"@fontsource-variable/noto-sans/files/noto-sans-{subset}-wght-normal.woff2"
        )
        for subset in _SUBSETS
    },
    "utrecht.css": "@utrecht/component-library-css/dist/index.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}
_EXAMPLE: Final = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
_KINDS: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2"}
#: In this order: what comes later goes before.
_SHEETS: Final = ("noto-sans.css", "thema.css", "utrecht.css", "werklijst.css")
_A_YEAR: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Style:
    """The files as they are served, read once.

    Attributes:
        files: name -> content.
        packed: name -> the same as gzip, where that helps.
        version: changes with any of them; it stands in their address, so a browser may keep them.
        theme: the class that the theme gives its values to.
    """

    files: dict[str, bytes]
    packed: dict[str, bytes]
    version: str
    theme: str

    @classmethod
    def load(cls, packages: Path, theme: Path | None) -> "Style":
        """Read what is there.

        Args:
            packages: the folder of the npm packages.
            theme: a folder with ``theme.css``, instead of that of the example.
        """
        files = dict(_read(packages, theme))
        digest = hashlib.sha256(b"\0".join(name.encode() + files[name] for name in sorted(files))).hexdigest()
        packed = {name: gzip.compress(data, mtime=0) for name, data in files.items() if not name.endswith(".woff2")}
        named = re.search(r"\.([a-z][\w-]*-theme)\b", files.get("thema.css", b"").decode(errors="replace"))
        return cls(files, packed, digest[:12], named[1] if named else "")

    @property
    def sheets(self) -> list[str]:
        """The addresses of the style sheets, in their order."""
        return [self.address(name) for name in _SHEETS if name in self.files]

    @property
    def script(self) -> str | None:
        """The address of the script."""
        return self.address("htmx.js") if "htmx.js" in self.files else None

    def address(self, name: str) -> str:
        """Where a file is served."""
        return f"/stijl/{self.version}/{name}"

    def answer(self, request: Request, version: str, name: str) -> Response:
        """A file, or 404: nothing but what is on the list is ever read."""
        if name not in self.files:
            return Response(status_code=404)
        headers = {
            "Cache-Control": _A_YEAR if version == self.version else "no-cache", "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }  # fmt: skip
        body = self.files[name]
        if name in self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = self.packed[name], "gzip"
        return Response(body, media_type=_KINDS[Path(name).suffix], headers=headers)


def not_there(packages: Path, theme: Path | None) -> list[str]:
    """Which files are missing: without them the pages are plain, and work."""
    return [name for name, path in _wanted(packages, theme).items() if not path.is_file()]


def _read(packages: Path, theme: Path | None) -> Iterator[tuple[str, bytes]]:
    for name, path in _wanted(packages, theme).items():
        if path.is_file():
            yield name, path.read_bytes()


def _wanted(packages: Path, theme: Path | None) -> dict[str, Path]:
    return {name: packages / path for name, path in _PACKAGES.items()} | {
        "thema.css": packages / _EXAMPLE if theme is None else theme / "theme.css",
        "werklijst.css": _OWN / "werklijst.css",
    }
