"""A real mail server for tests, in whatever mood the recipient's name says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

ANSWERS = {"busy": "450 4.2.1 The mailbox is busy", "unknown": "550 5.1.1 There is no such user here"}


class MailServer:
    """Takes mail on a free port of this machine.

    To `busy@` it answers 450, to `unknown@` 550; mail to `lost@` it takes without saying so before it hangs up,
    to `dropped@` it hangs up at once, and to `slow@` it never answers.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.connections = 0
        self.port = 0
        self.moody = True
        self.on_taken: Callable[[], None] = lambda: None
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Transport] = set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]

    async def start(self) -> None:
        """Listens, on the same port as before where it had one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._greet, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Connections are refused from now on, those that are open are cut."""
        if self._server:
            self._server.close()
        for transport in self._open:
            transport.abort()
        self._open.clear()
        self._server = None

    def _greet(self) -> SMTP:
        self.connections += 1
        return SMTP(self, hostname="mail.example", loop=asyncio.get_running_loop())

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, session: Session, _: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self._open.add(server.transport)
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: Any, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        mood = address.partition("@")[0] if self.moody else ""
        if mood == "slow":
            await asyncio.Event().wait()
        if mood == "dropped":
            server.transport.abort()
        if mood in ANSWERS:
            return ANSWERS[mood]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.on_taken()
        if self.moody and envelope.rcpt_tos[0].startswith("lost@"):
            server.transport.abort()
        return "250 Taken"


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
