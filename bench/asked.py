"""What a run of the bench was asked for: the environment, with a default for each."""

import os
from dataclasses import dataclass
from pathlib import Path

CATALOGUES = (os.environ.get("CATALOGUE", ""), "../shared/data/catalogue.csv.gz")
CATALOGUE_PRODUCTS = 47_551
ENGINES = ("sqlite", "postgres")


class AskedWrong(ValueError):
    """A setting of the bench says what cannot be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`products` 0 leaves the catalogue at its own size; `pages` empty means all of them."""

    engines: tuple[str, ...] = ENGINES
    seconds: float = 5.0
    products: int = 0
    pages: tuple[str, ...] = ()
    profile: str = ""
    wrong_log_ins: int = 5_000
    catalogue: Path | None = None


def _listed(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(name, "").split(",") if part.strip())


def _catalogue() -> Path | None:
    """The real catalogue where there is one."""
    return next((Path(path).resolve() for path in CATALOGUES if path and Path(path).is_file()), None)


def _number(name: str, default: str) -> float:
    text = os.environ.get(name) or default
    try:
        return float(text)
    except ValueError as wrong:
        raise AskedWrong(f"{name} is {text!r}, which is not a number.") from wrong


def asked() -> Asked:
    """Raises AskedWrong for what cannot be carried out."""
    engines = _listed("BENCH_ONLY") or ENGINES
    if not set(engines) <= set(ENGINES):
        raise AskedWrong(f"BENCH_ONLY is one of {', '.join(ENGINES)}.")
    return Asked(
        engines=engines,
        seconds=_number("BENCH_SECONDS", "5"),
        products=int(_number("BENCH_PRODUCTS", "0")),
        pages=_listed("BENCH_PAGES"),
        wrong_log_ins=int(_number("BENCH_WRONG_LOG_INS", "5000")),
        profile=os.environ.get("BENCH_PROFILE", ""),
        catalogue=_catalogue(),
    )
