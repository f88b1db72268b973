"""What every kind of import has in common: it reads rows, and stores them by batches."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from app.rules.imports.cells import Cells


class Item(NamedTuple):
    """A row that was read: its number in the file, and its values by their targets."""

    number: int
    values: dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What became of a batch's rows; each row is counted once."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)  # row numbers with reasons
    remarks: list[tuple[int, str]] = field(default_factory=list)  # of rows that were taken nevertheless

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
            self.remarks + other.remarks,
        )


class Kind(ABC):
    """One kind of table; an object serves one run."""

    columns: ClassVar[tuple[str, ...]]  # that the file may have
    needed: ClassVar[tuple[str, ...]]  # that it must have

    @abstractmethod
    def key(self, row: Cells) -> str:
        """What may stand only once in a file; empty where nothing is compared."""

    def see(self, row: Cells) -> None:  # noqa: B027 (most kinds need not know all rows)
        """See a row before any is stored."""

    @abstractmethod
    def read(self, row: Cells) -> dict[str, Any]:
        """The row's values; raises Invalid with what is wrong."""

    @abstractmethod
    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        """Store the rows, inside of a transaction; with `dry_run` only say what would become of them."""

    async def finish(self) -> list[str]:
        """Do what is left to do after the last batch; gives remarks. Not called for a dry run."""
        return []
