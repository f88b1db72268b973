"""Reading what was typed: every field's error is found, and nothing typed is lost."""

import re
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import parse_qsl

from app.rules.refusals import Invalid

MOST_FIELDS = 1_000
# Never shown again and never kept: what makes up a log-in.
SECRETS = frozenset(
    {
        "csrf",
        "password",
        "current_password",
        "new_password",
        "repeated",
        "answer",
        "code",
        "recovery_code",
        "credential",
    }
)
BAD_CHARACTERS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class TooMuch(Exception):
    """The form is larger than any form of the portal (413)."""


class Said(dict[str, str]):
    """Words by field; a field without any has the empty text, so that templates need not ask."""

    def __missing__(self, _: str) -> str:
        return ""


@dataclass(slots=True)
class Upload:
    """A file that was sent with a form; `content` is None for one that is longer than any file may be."""

    name: str  # as it was sent, which proves nothing
    size: int
    content: IO[bytes] | None

    def read(self) -> bytes:
        """All of it; empty where it is too long to be kept."""
        if self.content is None:
            return b""
        self.content.seek(0)
        return self.content.read()


@dataclass(slots=True)
class Form:
    """Posted fields in their order, the files beside them, and the sentences about what is wrong."""

    pairs: list[tuple[str, str]]
    errors: Said = field(default_factory=Said)
    files: list[Upload] = field(default_factory=list)

    @classmethod
    def parse(cls, body: bytes) -> "Form":
        """Raises TooMuch past 1,000 fields."""
        if body.count(b"&") >= MOST_FIELDS:
            raise TooMuch
        text = body.decode("utf-8", "surrogateescape")
        return cls(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))

    def get(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.pairs if key == name), default)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def typed(self) -> Said:
        """What was typed, by field, for showing it again; no token and no password among it."""
        firsts = reversed(self.pairs)  # of a field that came twice the first counts, here as in `get`
        return Said((name, BAD_CHARACTERS.sub("\ufffd", text)) for name, text in firsts if name not in SECRETS)

    def text(self, name: str, limit: int, required: str = "") -> str:
        """One line or more of text; `required` is the sentence for an empty one."""
        value = self.get(name).strip().replace("\r\n", "\n")
        if BAD_CHARACTERS.search(value):
            self.errors[name] = "This holds a character that cannot be kept. Type it again without it."
        elif len(value) > limit:
            self.errors[name] = f"This is {len(value):,} characters long; at most {limit:,} are kept."
        elif required and not value:
            self.errors[name] = required
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number; 0 and an error for anything else."""
        value = self.get(name).strip()
        number = int(value) if re.fullmatch(r"-?[0-9]{1,12}", value) else None
        if len(self.all(name)) > 1:
            self.errors[name] = "This came twice. Type one whole number."
        elif not re.fullmatch(r"-?[0-9]+", value):
            self.errors[name] = f"“{value[:20]}” is not a whole number." if value else "Type a whole number."
        elif number is None or not low <= number <= high:
            self.errors[name] = f"Type a whole number from {low:,} to {high:,}."
        return number if number is not None and name not in self.errors else 0

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.get(name)
        if value not in allowed:
            self.errors[name] = "Choose one of these."
        return value

    def check(self) -> None:
        """Raise Invalid with every error that was found."""
        if self.errors:
            raise Invalid(self.errors)
