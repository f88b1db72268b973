"""Databases with the catalogue, the demo and the bench's buyers, kept under var/bench by what made them."""

import gzip
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import clusters, servers
from bench.asked import CATALOGUE_PRODUCTS, Asked

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "var" / "bench"
DEBIANS = Path("/usr/lib/postgresql")
MADE_BY = (
    *("db/migrations/*.py", "app/demo/**/*.py", "app/files/*.py", "app/rules/imports/*.py", "app/rules/search_text.py"),
    *("bench/derive.py", "bench/growing.py", "bench/buyers.py", "bench/filling.py", "bench/databases.py"),
)


def _key(asked: Asked, products: int) -> str:
    """Changes with whatever the database is made from."""
    seen = hashlib.sha256(f"{products}".encode())
    for path in sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern)):
        seen.update(path.read_bytes())
    if asked.catalogue:
        with gzip.open(asked.catalogue) as file:
            seen.update(file.read())
    return seen.hexdigest()[:12]


def say(text: str) -> None:
    print(text, flush=True)


def _fill(asked: Asked, products: int, url: str, folder: Path) -> None:
    """Everything that a database of the bench holds."""
    started = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    servers.command(url, folder, "-m", "app", "migrate")
    if asked.catalogue:
        say(f"  reading {asked.catalogue.name} into {url.partition(':')[0]}")
        servers.command(url, folder, "-m", "app", "demo")
        _import(asked.catalogue, url, folder)
    else:
        say(f"  no catalogue found: making {CATALOGUE_PRODUCTS:,} products of the demo")
        servers.command(url, folder, "-m", "app", "demo", "--products", str(CATALOGUE_PRODUCTS))
    servers.command(url, folder, "-m", "bench.filling", str(products))
    say(f"  ready in {time.monotonic() - started:.0f} s")


def _import(catalogue: Path, url: str, folder: Path) -> None:
    """Products as they are; prices and stock by the rule of bench/derive.py."""
    files = folder / "files"
    files.mkdir(exist_ok=True)
    servers.command(url, folder, "-m", "bench.derive", str(catalogue), str(files))
    for kind, file in (("products", catalogue), ("prices", files / "prices.csv"), ("stock", files / "stock.csv")):
        servers.command(url, folder, "-m", "app", "import", kind, str(file))


def _made_once(folder: Path, make: Callable[[], None]) -> None:
    """Run `make` unless it has been through before; an older database of the same kind and size makes room."""
    done = folder.with_name(f"{folder.name}.done")
    if done.exists():
        return
    for old in folder.parent.glob(f"{folder.name.rpartition('-')[0]}-*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    make()
    done.touch()


@contextmanager
def sqlite(asked: Asked, products: int) -> Iterator[str]:
    """The address of a fresh copy."""
    kept = FOLDER / f"sqlite-{products}-{_key(asked, products)}"
    _made_once(kept, lambda: _fill(asked, products, f"sqlite:///{kept / 'portal.db'}", kept))
    copy = FOLDER / "run"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for file in kept.glob("portal.db*"):
        shutil.copyfile(file, copy / file.name)
    yield f"sqlite:///{copy / 'portal.db'}"
    shutil.rmtree(copy, ignore_errors=True)


@contextmanager
def postgres(asked: Asked, products: int) -> Iterator[str]:
    """The address of a fresh copy in a running cluster."""
    folder = clusters.room(FOLDER / f"postgres-{products}-{_key(asked, products)}")

    def make() -> None:
        clusters.make(folder)
        with clusters.running(folder, durable=False) as cluster:
            _fill(asked, products, cluster.create_database("prepared"), FOLDER / "postgres")

    _made_once(folder, make)
    with clusters.running(folder, durable=True) as cluster:
        cluster.drop_database("run")
        yield cluster.create_database("run", "prepared")
        cluster.drop_database("run")


@contextmanager
def prepared(engine: str, asked: Asked, products: int) -> Iterator[str]:
    """`products` 0 is the catalogue as it is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (sqlite if engine == "sqlite" else postgres)(asked, products) as url:
        yield url
