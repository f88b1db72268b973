"""Stories in a real browser against a real portal with the demo in it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

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


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, not a download of Playwright's."""
    return {"executable_path": shutil.which("chromium"), "chromium_sandbox": False, "args": list(FLAGS)}


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(f"sqlite:///{folder / 'demo.db'}", folder)
    return folder / "demo.db"


@pytest.fixture(scope="module")
def server(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A portal on a copy of the demo, one for each file of stories."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(demo_file, folder / "portal.db")
    with serving(f"sqlite:///{folder / 'portal.db'}", folder) as running:
        yield running


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "with JavaScript"


def _portal(browser: Browser, server: Server, javascript: bool, **options: Any) -> tuple[BrowserContext, Portal]:
    context = browser.new_context(java_script_enabled=javascript, base_url=server.url, **options)
    context.set_default_timeout(8_000)
    return context, Portal(context.new_page(), javascript)


def _leave_a_picture(request: pytest.FixtureRequest, portal: Portal) -> None:
    if getattr(request.node, "failed", False):
        PICTURES.mkdir(parents=True, exist_ok=True)
        portal.page.screenshot(path=PICTURES / f"{request.node.name}.png", full_page=True)


@pytest.fixture
def portal(request: pytest.FixtureRequest, browser: Browser, server: Server, javascript: bool) -> Iterator[Portal]:
    """The portal in a browser, once with JavaScript and once without."""
    context, opened = _portal(browser, server, javascript, viewport={"width": 1440, "height": 900})
    yield opened
    _leave_a_picture(request, opened)
    context.close()


@pytest.fixture
def scripted(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Portal]:
    """The portal in a browser with JavaScript."""
    context, opened = _portal(browser, server, True, viewport={"width": 1440, "height": 900})
    yield opened
    _leave_a_picture(request, opened)
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    return report
