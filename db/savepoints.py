"""A transaction inside a transaction, as a savepoint: its failure undoes its own work only."""

from types import TracebackType
from typing import Any


class Nested:
    """Opens a savepoint in `outer`, which is a Piccolo transaction of either engine."""

    def __init__(self, outer: Any) -> None:
        self._outer = outer

    async def __aenter__(self) -> Any:
        self._savepoint = await self._outer.savepoint()
        return self._outer

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            await self._savepoint.rollback_to()
        await self._savepoint.release()
        return False
