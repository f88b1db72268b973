"""A copy of a file that came from outside, checked as a whole: unpacked, UTF-8, without NUL characters."""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

Bytes = IO[bytes] | gzip.GzipFile

CHUNK = 1 << 20
LONGEST_LINE = 1_000_000
MOST_BYTES = 8 << 30  # unpacked; what a small gzip file can grow to must end somewhere

GZIP = b"\x1f\x8b"
NO_TEXT = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x03\x04": "a workbook or ZIP archive: save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an old workbook: save the sheet as CSV UTF-8",
    b"%PDF": "a PDF document",
    b"\xff\xfe": "UTF-16 text: save it as CSV UTF-8",
    b"\xfe\xff": "UTF-16 text: save it as CSV UTF-8",
}


class Broken(Exception):
    """The file as a whole cannot be read; nothing of it may be used."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def copy(source: Path, spool: Path) -> None:
    """Write the unpacked text of `source` to `spool`, without a byte order mark; raises Broken."""
    try:
        with source.open("rb") as raw, spool.open("wb") as out:
            packed = raw.read(len(GZIP)) == GZIP
            raw.seek(0)
            _copy_text(gzip.GzipFile(fileobj=raw) if packed else raw, out)
    except (EOFError, gzip.BadGzipFile, zlib.error) as wrong:
        raise Broken("The gzip file is cut off or damaged.") from wrong
    except OSError as wrong:
        raise Broken(f"The file cannot be read: {wrong.strerror or wrong}.") from wrong


def _copy_text(raw: Bytes, out: IO[bytes]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    written, line = 0, 1
    for chunk in _chunks(raw):
        if not written:
            _refuse_no_text(chunk)
        _check(decoder, chunk, line, final=False)
        line += chunk.count(b"\n")
        out.write(chunk if written else chunk.removeprefix(codecs.BOM_UTF8))
        written += len(chunk)
        if written > MOST_BYTES:
            raise Broken(f"The file holds more than {MOST_BYTES >> 30} GB.")
    _check(decoder, b"", line, final=True)
    if not written:
        raise Broken("The file is empty.")


def _chunks(raw: Bytes) -> Iterator[bytes]:
    while chunk := raw.read(CHUNK):
        yield chunk


def _refuse_no_text(start: bytes) -> None:
    for magic, what in NO_TEXT.items():
        if start.startswith(magic):
            raise Broken(f"The file is not a table of text but {what}.")


def _check(decoder: codecs.IncrementalDecoder, chunk: bytes, line: int, *, final: bool) -> None:
    zero = chunk.find(0)
    if zero >= 0:
        at = line + chunk.count(b"\n", 0, zero)
        raise Broken(f"Line {at:,} holds a NUL character: this is not a table of text.")
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as wrong:
        at = line + wrong.object.count(b"\n", 0, wrong.start)
        raise Broken(
            f"Line {at:,} is not UTF-8: the file is cut off there or in an older encoding such as Windows-1252. "
            "Save it as CSV UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD.csv > NEW.csv"
        ) from wrong


def lines(spool: Path) -> Iterator[str]:
    """Every line with its ending; raises Broken for one that is longer than any row can be."""
    with spool.open(encoding="utf-8", newline="") as text:
        for line in iter(lambda: text.readline(LONGEST_LINE), ""):
            if len(line) == LONGEST_LINE:
                raise Broken("A line is longer than a million characters: this is not a table.")
            yield line


def ends_with_newline(spool: Path) -> bool:
    with spool.open("rb") as raw:
        raw.seek(-1, io.SEEK_END)
        return raw.read(1) in b"\r\n"
