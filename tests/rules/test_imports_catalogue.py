"""The real catalogue, with its dirt, goes in and comes again without a change (DESK-5)."""

import os
from pathlib import Path

import pytest

from app.rules import imports
from db import sql
from tests.cast import Cast
from tests.house import ROOT
from tests.rules_named import rule

CATALOGUE = Path(os.environ.get("CATALOGUE") or ROOT.parent / "shared" / "data" / "catalogue.csv.gz")


@rule("DESK-5", "PROD-2")
@pytest.mark.skipif(not CATALOGUE.is_file(), reason=f"the real catalogue is not there: {CATALOGUE}")
async def test_the_real_catalogue_goes_in_once(cast: Cast) -> None:
    first = await imports.run("products", CATALOGUE)
    assert first.sum == "47,551 rows: 47,551 added, 0 changed, 0 unchanged, 0 refused"
    assert await sql.value("SELECT count(*) FROM products WHERE source_id IS NOT NULL") == 47_551
    assert await sql.value("SELECT count(*) FROM vendors WHERE name_key = 'asus'") == 1
    assert await sql.value("SELECT count(*) FROM products WHERE vpn LIKE '0%'") >= 497
    again = await imports.run("products", CATALOGUE)
    assert again.sum == "47,551 rows: 0 added, 0 changed, 47,551 unchanged, 0 refused"
