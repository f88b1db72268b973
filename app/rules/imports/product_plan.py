"""What a batch of a product file would change, decided before anything is written."""

from typing import Any, NamedTuple

from app.rules.imports import frame, identities
from app.rules.imports.product_rows import EMPTY, Change, Held, Row
from app.rules.refusals import Invalid


class Known(NamedTuple):
    """What the rows refer to, as far as it is there."""

    vendors: dict[str, frame.Vendor]
    categories: dict[str, int]
    certifications: dict[str, int]
    products: dict[str, int]


class Plan:
    """Takes rows one by one; each product once."""

    def __init__(self, held: Held, known: Known) -> None:
        self.changes: list[Change] = []
        self.unchanged = 0
        self.waiting: list[tuple[Row, str]] = []  # what a row says, and a replacement that is not there yet
        self._held = held
        self._known = known
        self._seen: set[int] = set()

    @property
    def added(self) -> int:
        return sum(change.was is None for change in self.changes)

    def take(self, values: dict[str, Any]) -> None:
        """Raises Invalid for a row that refers to what is not there, or repeats an earlier one."""
        was = self._held.find(values["sku"], values["source_id"])
        if was and was["id"] in self._seen:
            raise Invalid(identities.TWICE)
        change = self._change(was, values)
        replacement = values.get("replaced_by", "")
        if replacement and "replaced_by" not in change.says:
            self.waiting.append((change.says if was is None else was, replacement))
        if was:
            self._seen.add(was["id"])
        if change.is_needed:
            self.changes.append(change)
        else:
            self.unchanged += 1

    def _change(self, was: Row | None, values: dict[str, Any]) -> Change:
        says = {field: said for field, said in values.items() if field in EMPTY}
        for field in ("sku", "source_id"):
            if not says[field]:
                del says[field]
        vendor_name = was["vendor_name"] or "" if was else ""
        if "manufacturer" in values:
            says["vendor"], vendor_name = self._vendor(values["manufacturer"])
        path = was["category_path"] or "" if was else ""
        if "category_path" in values:
            path = values["category_path"]
            says["category"] = self._known.categories[path] if path else None
        if "certification" in says:
            says["certification"] = self._certification(says["certification"])
        if "replaced_by" in says:
            says |= self._replacement(says.pop("replaced_by"))
        return Change(was, says, vendor_name, path)

    def _vendor(self, spelling: str) -> tuple[int | None, str]:
        return self._known.vendors[frame.vendor_key(spelling)] if spelling else (None, "")

    def _certification(self, code: str) -> int | None:
        if code and code not in self._known.certifications:
            raise Invalid(f"certification: there is none with the code “{code}”; import certifications first.")
        return self._known.certifications[code] if code else None

    def _replacement(self, name: str) -> dict[str, int | None]:
        """Nothing for a product that is not there: it may stand further down in the file."""
        if not name:
            return {"replaced_by": None}
        return {"replaced_by": self._known.products[name]} if name in self._known.products else {}
