"""How much is guessed of codes that are in no catalogue (BASKET-11)."""

from dataclasses import replace

from app.files.code_lists import Typed
from app.rules import code_checks
from app.rules.code_checks import MOST_GUESSED
from app.rules.privileges import ALL
from app.rules.viewers import Viewer
from db import sql
from tests.cast import Cast


async def test_no_more_is_guessed_than_somebody_chooses_among(cast: Cast) -> None:
    await sql.run("UPDATE products SET vpn = 'CAPTAIN 240', vpn_key = 'CAPTAIN240' WHERE id = $1", cast.hub.id)
    ben = replace(Viewer(id=cast.ben.id, company_id=cast.brightbyte), privileges=frozenset(map(str, ALL)))
    likely = Typed(MOST_GUESSED + 1, "CAPTAIN", "240")
    rows = [Typed(number, f"NOPE{number}", "240") for number in range(1, MOST_GUESSED + 1)]
    assert (await code_checks.check([likely], ben, None))[0].candidates
    assert not (await code_checks.check([*rows, likely], ben, None))[-1].candidates
