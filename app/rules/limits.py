"""How often something may be asked for, by whatever is counted: an address, a network address. All servers share it."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Network, ip_address

from app.rules.refusals import TooMany
from db import sql
from db.atomic import atomic
from db.dialect import hold

HOUR = timedelta(hours=1)
ONE_HOLDER = 64  # bits of an IPv6 address that belong to one customer of a provider, who picks the rest at will


def network(key: str) -> str:
    """An IPv6 address as the network of its holder, any other key as it is."""
    try:
        address = ip_address(key)
    except ValueError:
        return key
    if address.version == 4 or address.ipv4_mapped:
        return str(address.ipv4_mapped if address.version == 6 else address)
    return str(IPv6Network((int(address), ONE_HOLDER), strict=False))


async def is_reached(what: str, key: str, most: int, within: timedelta = HOUR) -> bool:
    """Whether it was tried `most` times already; changes nothing."""
    since = datetime.now(UTC) - within
    counted = "SELECT count(*) FROM attempts WHERE what = $1 AND key = $2 AND at > $3"
    count = await sql.value(counted, what, network(key), since)
    return bool(count >= most)


@atomic
async def is_within(what: str, key: str, most: int, within: timedelta = HOUR) -> bool:
    """Count one try; False, and nothing counted, past the limit. Exact under simultaneous tries."""
    key = network(key[:254])
    await hold(f"{what} {key}")
    if await is_reached(what, key, most, within):
        return False
    await sql.run("INSERT INTO attempts (what, key, at) VALUES ($1, $2, $3)", what, key, datetime.now(UTC))
    return True


async def count(what: str, key: str, most: int, words: str, within: timedelta = HOUR) -> None:
    """Count one try; raises TooMany past the limit, with `words` for the person."""
    if not await is_within(what, key, most, within):
        raise TooMany(words, int(within.total_seconds()))


async def forget_old() -> None:
    await sql.run("DELETE FROM attempts WHERE at < $1", datetime.now(UTC) - timedelta(days=1))
