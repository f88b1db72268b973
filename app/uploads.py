"""Forms that bring files: read as they come in, counted, and kept outside of the memory."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from app.forms import Form, Upload
from app.gate import FILE_BYTES, FORM_BYTES, LIST_BYTES, LISTS
from app.rules.refusals import FORGED, Invalid, Refused

IN_MEMORY = 256 * 1024
UNREADABLE = "The form could not be read: it is cut off or damaged. Send it once more."


class Limits(NamedTuple):
    """Of a form that brings files: parts, bytes of all its fields together, bytes of one file."""

    parts: int = 100
    text: int = FORM_BYTES
    file: int = FILE_BYTES


LIST = Limits(1_000, 2 * FORM_BYTES, LIST_BYTES)  # rows of two fields each, a long text, and one file


def limits_of(path: str) -> Limits:
    return LIST if LISTS.fullmatch(path) else Limits()


async def read(headers: dict[bytes, bytes], receive: Any, fits: Callable[[str], bool], limits: Limits) -> Form:
    """The fields and files of a form whose token `fits`; before that stands no file is looked at.

    Raises Refused for a form that is not the portal's own, Invalid for one that cannot be read, and whatever
    `receive` raises past the limit of its address. Files without a name and a byte are left out.
    """
    _, options = parse_options_header(headers[b"content-type"].decode("latin-1"))
    reading, message = _Reading(fits, limits), {"more_body": True}
    if not (boundary := options.get("boundary")):
        raise Invalid(UNREADABLE)
    try:
        with PushMultipartParser(boundary, max_segment_count=limits.parts) as parser:
            while message.get("more_body"):
                message = await receive()
                if body := b"" if parser.closed else message.get("body"):
                    for event in parser.parse(body):
                        reading.take(event)
    except MultipartError as wrong:
        raise Invalid(UNREADABLE) from wrong
    return reading.form


class _Reading:
    """Takes the events of the parser: the head of a part, its bytes, and None at its end."""

    def __init__(self, fits: Callable[[str], bool], limits: Limits) -> None:
        self.form = Form([])
        self._fits, self._limits = fits, limits
        self._part: MultipartSegment | None = None
        self._text = bytearray()
        self._file: SpooledTemporaryFile[bytes] | None = None
        self._texts = 0

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        else:
            self._add(event)

    def _begin(self, part: MultipartSegment) -> None:
        self._part, self._text, self._file = part, bytearray(), None
        if part.filename is not None:
            if not self._fits(self.form.get("csrf")):
                raise Refused(FORGED)
            self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the form holds it)

    def _add(self, chunk: bytes | bytearray) -> None:
        assert self._part is not None
        if self._part.filename is None:
            self._texts += len(chunk)
            if self._texts > self._limits.text:
                raise Invalid(UNREADABLE)
            self._text += chunk
        elif self._file and self._part.bytes_received > self._limits.file:
            self._file.close()
            self._file = None
        elif self._file:
            self._file.write(chunk)

    def _end(self) -> None:
        part = self._part
        assert part is not None
        if part.filename is None:
            self.form.pairs.append((part.name or "", self._text.decode("utf-8", "surrogateescape")))
        elif part.filename or part.size:
            self.form.files.append(Upload(part.filename[:1_000], part.size, self._file))
