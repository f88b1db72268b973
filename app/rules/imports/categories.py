"""Import of categories: a path a row, made with all that stands above it."""

from typing import Any

from app.rules.imports import frame
from app.rules.imports.cells import Cells, Column, values
from app.rules.imports.kinds import Item, Kind, Outcome
from app.rules.imports.product_cells import category_path
from app.rules.refusals import Invalid


class Categories(Kind):
    """A path that is there stays as it is."""

    columns = ("category_path",)
    needed = ("category_path",)

    def key(self, row: Cells) -> str:
        return " > ".join(" ".join(name.split()) for name in row["category_path"].split(">"))

    def read(self, row: Cells) -> dict[str, Any]:
        read = values([Column("category_path", "path", category_path)], row)
        if not read["path"]:
            raise Invalid("category_path: it is empty.")
        return read

    async def store(self, items: list[Item], dry_run: bool) -> Outcome:
        paths = [item.values["path"] for item in items]
        known = await frame.known_categories(paths)
        await frame.categories(paths, dry_run)
        added = sum(path not in known for path in paths)
        return Outcome(added=added, unchanged=len(paths) - added)
