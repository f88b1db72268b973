"""Stories in a real browser against a real portal with the demo in it."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.e2e.words import Portal
from tests.servers import Server, make_demo, serving

PICTURES = Path(os.environ.get("PORTAL_TEST_PICTURES", "var/test-pictures"))
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
GOODS = """
SELECT DISTINCT p.sku, p.vpn, p.name FROM basket_lines l JOIN products p ON p.id = l.product
JOIN baskets b ON b.id = l.basket JOIN companies c ON c.id = b.company
WHERE c.name = 'Brightbyte Ltd' AND p.multiple_quantity = 1 AND p.min_quantity = 1 AND NOT p.is_end_user_required
    AND p.certification IS NULL AND NOT p.is_discontinued AND p.vpn <> ''
ORDER BY p.sku
"""
UNCERTIFIED = """
SELECT p.sku FROM products p WHERE p.certification NOT IN (
    SELECT h.certification FROM company_certifications h JOIN companies c ON c.id = h.company
    WHERE c.name = 'Brightbyte Ltd')
ORDER BY p.sku
"""


class Good(NamedTuple):
    """A product of the demo that Brightbyte buys in any quantity."""

    sku: str
    vpn: str
    name: str


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, not a download of Playwright's."""
    return {"executable_path": shutil.which("chromium"), "chromium_sandbox": False, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """A real one, where the other tests have their browser without a screen."""
    launched = launch_browser()
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(f"sqlite:///{folder / 'demo.db'}", folder)
    return folder / "demo.db"


@pytest.fixture(scope="session")
def goods(demo_file: Path) -> list[Good]:
    with closing(sqlite3.connect(demo_file)) as demo:
        return [Good(*row) for row in demo.execute(GOODS)]


@pytest.fixture(scope="session")
def uncertified(demo_file: Path) -> str:
    """The SKU of a product that needs what Brightbyte does not hold."""
    with closing(sqlite3.connect(demo_file)) as demo:
        return str(demo.execute(UNCERTIFIED).fetchone()[0])


@pytest.fixture(scope="module")
def database(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that this module's portal serves from."""
    return Path(shutil.copyfile(demo_file, tmp_path_factory.mktemp("served") / "portal.db"))


@pytest.fixture(scope="module")
def server(database: Path) -> Iterator[Server]:
    """A portal on a copy of the demo, one for each file of stories."""
    with serving(f"sqlite:///{database}", database.parent) as running:
        yield running


@contextmanager
def opened(browser: Browser, server: Server, javascript: bool) -> Iterator[Portal]:
    """A person's browser, which must have had nothing to complain of at the end."""
    context = browser.new_context(java_script_enabled=javascript, base_url=server.url, viewport=WIDE)
    context.set_default_timeout(8_000)
    portal = Portal(context.new_page(), server.url, javascript)
    yield portal
    context.close()
    assert not portal.complaints, portal.complaints


def _leave_a_picture(request: pytest.FixtureRequest, portal: Portal) -> None:
    if getattr(request.node, "failed", False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", request.node.name)
        portal.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "with JavaScript"


@pytest.fixture
def portal(request: pytest.FixtureRequest, browser: Browser, server: Server, javascript: bool) -> Iterator[Portal]:
    """The portal in a browser, once with JavaScript and once without."""
    with opened(browser, server, javascript) as portal:
        yield portal
        _leave_a_picture(request, portal)


@pytest.fixture
def scripted(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Portal]:
    """The portal in a browser with JavaScript."""
    with opened(browser, server, javascript=True) as portal:
        yield portal
        _leave_a_picture(request, portal)


@pytest.fixture
def plain(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Portal]:
    """The portal in a browser without JavaScript."""
    with opened(browser, server, javascript=False) as portal:
        yield portal
        _leave_a_picture(request, portal)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    return report
