"""The rows that an import refused, as a file that can be mended and imported again."""

import csv
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

ADDED = ("row", "reason")  # what a refused file of a refused file has already


class RefusedRows:
    """Writes `path` from the first refused row on; a file that an earlier run left there is gone in any case."""

    def __init__(self, path: Path, separator: str, heading: tuple[str, ...]) -> None:
        self.path = path
        self._separator = separator
        self._kept = [place for place, name in enumerate(heading) if name not in ADDED]
        self._heading = [heading[place] for place in self._kept]
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, number: int, reason: str, cells: list[str]) -> None:
        if not self._file:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._write([*self._heading, *ADDED])
        told = [cells[place] if place < len(cells) else "" for place in self._kept]
        self._write([*told, str(number), reason])

    def _write(self, cells: list[str]) -> None:
        assert self._file is not None
        csv.writer(self._file, delimiter=self._separator).writerow(cells)
