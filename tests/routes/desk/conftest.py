"""Browsers of the desk, signed in."""

import pytest

from tests.browser import Browser
from tests.cast import Cast


@pytest.fixture
async def moana(browser: Browser, cast: Cast) -> Browser:
    """Sales."""
    return await browser.sign_in(cast.moana)


@pytest.fixture
async def ari(browser: Browser, cast: Cast) -> Browser:
    """The administrator of the desk."""
    return await browser.sign_in(cast.ari)
