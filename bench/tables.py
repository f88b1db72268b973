"""How a run is printed: two lines a page, the portal's and the floor's, then the goals."""

from collections.abc import Iterator, Sequence

from bench.measuring import Measured, Row
from bench.pages import GOALS, PAGE

MOST_QUERIES = 4
PAGE_BYTES = 12_000
FIRST_BYTES = 60_000
LARGE_SHARE = 0.5
HEADS = ("page", "req/s", "p50 ms", "p99 ms", "queries", "CPU ms", "bytes", "packed", "ratio", "by CPU", "goal", "")
WIDTHS = (26, 8, 8, 8, 8, 8, 11, 8, 7, 8, 6, 9)


def met(is_met: bool) -> str:
    return "met" if is_met else "not met"


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    padded = [text.rjust(width) for text, width in zip(others, WIDTHS[1:], strict=False)]
    return "".join([first.ljust(WIDTHS[0]), *padded]).rstrip()


def _figures(measured: Measured) -> list[str]:
    return [
        f"{measured.rate:,.0f}",
        f"{measured.p50:.1f}",
        f"{measured.p99:.1f}",
        f"{measured.queries:.1f}",
        f"{measured.cpu:.2f}",
        f"{measured.raw:,}",
        f"{measured.packed:,}",
    ]


def table(title: str, rows: Sequence[Row]) -> list[str]:
    lines = [title, _line(HEADS), "-" * sum(WIDTHS)]
    for row in rows:
        goal = GOALS[row.page.kind]
        rating = [f"{row.ratio:.2f}", f"{row.ratio_by_cpu:.2f}", f"{goal:.2f}", met(row.ratio >= goal)]
        lines.append(_line([row.page.label, *_figures(row.portal), *rating]))
        lines.append(_line(["  floor", *_figures(row.floor)]))
    return lines


def goals(rows: Sequence[Row], first_visit: tuple[int, int]) -> Iterator[str]:
    """The goals that are no ratio to the floor."""
    pages = [row for row in rows if row.page.kind == PAGE]
    if not pages:
        return
    most = max(pages, key=lambda row: row.portal.queries)
    told = f"most queries of a page: {most.portal.queries:.1f} ({most.page.label}), goal {MOST_QUERIES}"
    yield f"{told}: {met(most.portal.queries < MOST_QUERIES + 0.05)}"
    total, files = first_visit
    yield f"first visit: {total:,} bytes compressed in {files} files, goal {FIRST_BYTES:,}: {met(total < FIRST_BYTES)}"
    for row in pages:
        told = f"later page: {row.page.label}: {row.portal.packed:,} bytes compressed, goal {PAGE_BYTES:,}"
        yield f"{told}: {met(row.portal.packed < PAGE_BYTES)}"


def growth(small: Sequence[Row], large: Sequence[Row], counts: tuple[int, int]) -> Iterator[str]:
    """How the pages hold when the catalogue grows."""
    for before, after in zip(small, large, strict=True):
        share = after.portal.rate / before.portal.rate
        told = f"{after.page.label}: at {counts[1]:,} products {share:.2f} of the rate at {counts[0]:,}"
        yield f"{told}, goal {LARGE_SHARE}: {met(share >= LARGE_SHARE)}"
