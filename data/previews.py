"""A picture of a file of evidence, so that neither the desk nor a browser runs what somebody sent in.

A process of its own draws it, or says whether there is a picture at all (`python -m data.previews draw|judge FOLDER
MEDIA_TYPE`), within limits of time and memory: a forged file of a kilobyte can claim to be a page of a million drawings
or a picture of gigabytes.
"""

import os
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from PIL import Image, ImageFile, ImageOps

PDF = "application/pdf"
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
DRAWN_TYPES = frozenset({PDF, *FORMATS})
MAX_BYTES = 20 * 1024 * 1024  # a larger document is only downloaded: it is drawn while somebody waits
MAX_PIXELS = 64_000_000
TIME_LIMIT_SECONDS = 10
MEMORY_LIMIT_BYTES = 768 * 1024 * 1024

NO_PICTURE = 3  # what the process that judges ends with; whatever else ends it proves nothing
# WebP is decoded into three copies at once: what has more pixels would break the limit of memory, and is not judged.
_JUDGED_PIXELS = {"image/webp": 25_000_000}
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)

_ROOT = Path(__file__).parents[1]
_FILE = "evidence"
_WIDTH, _HEIGHT = 1460, 4096  # as wide as a page of Streamlit shows a picture; as high as a long screenshot
_PIXELS_PER_INCH = 110.0
# One thread and one arena: each reserves address space, and with many cores they would reserve more than the limit.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
# The picture is as large as a sheet of A4, whatever size the page claims to have.
_SHEET = f"""
#set page(width: 21cm, height: auto, margin: 0pt)
#image("{_FILE}", format: "pdf", page: 1, width: 21cm, height: 29.7cm, fit: "contain", alt: "page 1")
"""


def preview(content: bytes, media_type: str) -> bytes | None:
    """PNG of a document's first page, or a JPEG of a picture, upright, at most 1460 x 4096 pixels.

    None for a file that cannot be drawn (damaged, encrypted, of another type than `DRAWN_TYPES`) or not within the
    limits of bytes, pixels, memory and time.
    """
    if media_type not in DRAWN_TYPES or (media_type == PDF and len(content) > MAX_BYTES):
        return None
    ended = _apart("draw", content, media_type)
    return ended.stdout or None if ended and ended.returncode == 0 else None


def holds_picture(content: bytes, media_type: str) -> bool:
    """Whether a JPEG, PNG, GIF or WebP holds a picture and not its signature alone; True for any other type.

    A picture that breaks off holds what can be seen of it. What cannot be judged within the limits is believed.
    """
    if media_type not in FORMATS:
        return True
    ended = _apart("judge", content, media_type)
    return ended is None or ended.returncode != NO_PICTURE


def _apart(task: str, content: bytes, media_type: str) -> "subprocess.CompletedProcess[bytes] | None":
    """How the process that reads `content` ended, with what it wrote; None where it could not begin or end in time."""
    try:
        with TemporaryDirectory(prefix="marketdesk-") as folder:
            Path(folder, _FILE).write_bytes(content)
            return subprocess.run(  # noqa: S603 - this module, on a folder of its own
                [sys.executable, "-m", "data.previews", task, folder, media_type],
                cwd=_ROOT,
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=TIME_LIMIT_SECONDS,
                check=False,
            )
    except (subprocess.SubprocessError, OSError):
        return None


def _first_page(folder: Path) -> bytes:
    sheet = folder / "sheet.typ"
    sheet.write_text(_SHEET, encoding="utf-8")
    return typst.compile(sheet, root=folder, format="png", ppi=_PIXELS_PER_INCH)


def _picture(folder: Path, media_type: str) -> None:
    """Written to `sys.stdout`; nothing where it has too many pixels."""
    Image.MAX_IMAGE_PIXELS = None  # ours is the bound, and it counts what is left of a JPEG that is read at a fraction
    with Image.open(folder / _FILE, formats=[FORMATS[media_type]]) as image:
        image.draft("RGB", (_WIDTH, _HEIGHT))
        if image.width * image.height > MAX_PIXELS:
            return
        # Anew only where it must be, for a copy takes as much memory as the picture.
        has_holes = image.has_transparency_data
        shown = image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if has_holes else "RGB")
        shown.thumbnail((_WIDTH, _HEIGHT))
        if has_holes:
            shown = shown.convert("RGBA")
            shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
        ImageOps.exif_transpose(shown).save(sys.stdout.buffer, "JPEG", quality=90)


def _limit() -> None:
    """Let this process take no more than its share, where the system can say so (Windows cannot)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_SECONDS, TIME_LIMIT_SECONDS))
    if sys.platform != "darwin":  # which knows this limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))


def _judge(folder: Path, media_type: str) -> None:
    """End with `NO_PICTURE` where nothing can be decoded."""
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        with Image.open(folder / _FILE, formats=[FORMATS[media_type]]) as image:
            image.draft("RGB", (_WIDTH, _HEIGHT))
            if image.width * image.height <= _JUDGED_PIXELS.get(media_type, MAX_PIXELS):
                image.load()
    except _UNREADABLE:
        sys.exit(NO_PICTURE)


def _draw(folder: Path, media_type: str) -> None:
    if media_type == PDF:
        sys.stdout.buffer.write(_first_page(folder))
    else:
        _picture(folder, media_type)


if __name__ == "__main__":
    _limit()
    {"draw": _draw, "judge": _judge}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])
