"""Documents that come from outside: what they are by their content, never by the name or type that was sent."""

import struct
import unicodedata
import zlib

PDF, PNG, JPEG = "pdf", "png", "jpeg"
MEDIA = {PDF: "application/pdf", PNG: "image/png", JPEG: "image/jpeg"}
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg"}
PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
MOST_PIXELS = 200_000_000  # what a small file unpacks to must end somewhere
PDF_TAIL = 1_024  # within its last bytes a PDF says that it ends
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 65_557  # where a ZIP archive says that it ends
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that hold a picture's size
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9


class NoDocument(ValueError):
    """Neither a PDF nor a PNG or JPEG picture, or a broken one."""


def opened(content: bytes) -> tuple[str, bytes]:
    """The kind, and the content up to where the document ends: what hangs on after it is cut off. Raises NoDocument."""
    try:
        if content.startswith(b"%PDF-"):
            return PDF, _pdf(content)
        if content.startswith(PNG_START):
            return PNG, _png(content)
        if content.startswith(JPEG_START):
            return JPEG, _jpeg(content)
    except (struct.error, IndexError) as cut:
        raise NoDocument("it is cut off") from cut
    raise NoDocument("it is no PDF, PNG or JPEG")


def _pdf(content: bytes) -> bytes:
    """Its own objects between a first line and an end, and no archive beside them."""
    end = content.rfind(b"%%EOF", max(0, len(content) - PDF_TAIL))
    if content[5:7] not in (b"1.", b"2.") or b"obj" not in content or end < 0:
        raise NoDocument("it is a broken or cut-off PDF")
    if content.rfind(ZIP_END, max(0, len(content) - ZIP_TAIL)) >= 0:
        raise NoDocument("it is an archive as well as a PDF")
    return content[: end + len(b"%%EOF")] + b"\n"


def _png(content: bytes) -> bytes:
    """Chunk by chunk, each with its checksum, from IHDR to IEND."""
    at, has_pixels = len(PNG_START), False
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(kind + body) != checksum or (at == len(PNG_START)) != (kind == b"IHDR"):
            raise NoDocument("it is a broken PNG")
        if kind == b"IHDR":
            _measure(*struct.unpack_from(">II", body))
        has_pixels = has_pixels or kind == b"IDAT"
        at += 12 + length
        if kind == b"IEND":
            break
    if not has_pixels:
        raise NoDocument("it is a PNG without a picture")
    return content[:at]


def _jpeg(content: bytes) -> bytes:
    """Segment by segment, over the picture itself, to the end of the image."""
    at, has_size = 2, False
    while True:
        if content[at] != 0xFF:
            raise NoDocument("it is a broken JPEG")
        marker = content[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
        elif marker == END_OF_IMAGE and has_size:
            return content[: at + 2]
        elif marker in ALONE:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", content, at + 2)
            if length < 2 or marker in (0x00, 0xD8, END_OF_IMAGE):
                raise NoDocument("it is a broken JPEG")
            if marker in FRAMES:
                height, width = struct.unpack_from(">HH", content, at + 5)
                _measure(width, height)
                has_size = True
            at += 2 + length
            if marker == START_OF_SCAN:
                at = _after_scan(content, at)


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: within a scan, FF is followed by a zero or by a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise NoDocument("it is a cut-off JPEG")
        if content[at + 1] != 0x00 and content[at + 1] not in ALONE:
            return at
        at += 2


def _measure(width: int, height: int) -> None:
    if not width or not height or width * height > MOST_PIXELS:
        raise NoDocument(f"it is a picture of {width:,} by {height:,} points")


def clean_name(typed: str, kind: str) -> str:
    """A name to show, out of the one that was sent: letters, digits, dashes and one ending that is its kind's."""
    last = unicodedata.normalize("NFC", typed).replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    kept = "".join(char if char.isalnum() or char in "-_ ." else " " for char in stem)
    short = " ".join(kept.split()).strip(" .-_")[:80]
    return (short or "document") + ENDINGS[kind]
