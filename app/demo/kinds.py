"""A leaf of the category tree with the rule that its products are made by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What the goods of one leaf have in common; ranges run from the plainest model to the best."""

    code: str
    path: str
    name: str
    specs: tuple[tuple[str, tuple[str, ...]], ...]
    vendors: tuple[str, ...]
    dollars: tuple[int, int]
    grams: tuple[int, int]
    box_mm: tuple[int, int, int]
    warranty_months: int
    multiples: tuple[int, ...]
    traits: frozenset[str]

    @property
    def is_virtual(self) -> bool:
        """Whether nothing is carried: licences and services, of which there is always enough."""
        return self.grams == (0, 0)


def kind(
    code: str,
    path: str,
    name: str,
    specs: str,
    *,
    by: str,
    dollars: tuple[int, int],
    grams: tuple[int, int] = (0, 0),
    box: tuple[int, int, int] = (0, 0, 0),
    warranty: int = 12,
    multiples: tuple[int, ...] = (1,),
    traits: str = "",
) -> Kind:
    """A kind from short text: specs as `Key=plain|better; Key=value`, vendors and traits set apart by `|`.

    The specs are named in `name` by `{Key}`; their values stand from the cheapest to the dearest.
    """
    pairs = (spec.partition("=") for spec in specs.split("; "))
    parsed = tuple((key, tuple(values.split("|"))) for key, _, values in pairs)
    marks = frozenset(filter(None, traits.split("|")))
    return Kind(code, path, name, parsed, tuple(by.split("|")), dollars, grams, box, warranty, multiples, marks)
