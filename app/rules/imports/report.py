"""What an import did, counted and in words."""

from dataclasses import dataclass, field
from pathlib import Path

from app.rules.imports.kinds import Outcome

MOST_SHOWN = 100


@dataclass(slots=True)
class Report:
    """The counts add up to the rows of the file; `refusals` holds the first refused rows, the file all."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    dry_run: bool = False
    refusals: list[tuple[int, str]] = field(default_factory=list)
    refused_file: Path | None = None
    remarks: dict[str, tuple[int, int]] = field(default_factory=dict)  # text: first row, how many rows

    def add(self, outcome: Outcome) -> None:
        self.added += outcome.added
        self.changed += outcome.changed
        self.unchanged += outcome.unchanged
        for number, text in outcome.remarks:
            self.remark(number, text)

    def refuse(self, number: int, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < MOST_SHOWN:
            self.refusals.append((number, reason))

    def remark(self, number: int, text: str) -> None:
        """Keep what is worth saying; the same words of many rows are said once."""
        if text in self.remarks or len(self.remarks) < MOST_SHOWN:
            first, count = self.remarks.get(text, (number, 0))
            self.remarks[text] = (first, count + 1)

    @property
    def sum(self) -> str:
        """`47,551 rows: 47,000 added, 51 changed, 490 unchanged, 10 refused`."""
        return (
            f"{self.rows:,} rows: {self.added:,} added, {self.changed:,} changed, "
            f"{self.unchanged:,} unchanged, {self.refused:,} refused"
        )

    def lines(self) -> list[str]:
        """The notes, and the sum at the end."""
        return [*self.notes(), self.sum]

    def notes(self) -> list[str]:
        """Remarks, the first refused rows with their reasons, and where all of them are."""
        said = [_remark(text, first, count) for text, (first, count) in self.remarks.items()]
        said += [f"Row {number:,} was refused. {reason}" for number, reason in self.refusals]
        if self.refused:
            said.append(f"The refused rows, ready to be mended: {self.refused_file}")
        if self.dry_run:
            said.append("A dry run: nothing was changed.")
        return said


def _remark(text: str, first: int, count: int) -> str:
    if not first:
        return text
    return f"Row {first:,}: {text}" if count == 1 else f"Row {first:,} and {count - 1:,} more: {text}"
