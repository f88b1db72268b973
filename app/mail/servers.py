"""The mail server: where it is, one connection to it, and what its answers mean for a message."""

import asyncio
import logging
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 20.0  # for each answer of the server
MOST_SECONDS = 120.0  # for one message, with connecting
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class WrongServer(ValueError):
    """PORTAL_SMTP_URL is no address of a mail server."""


class NotTaken(Exception):
    """The server did not take the message, for now or for good, in its own words."""

    def __init__(self, words: str, *, for_good: bool) -> None:
        super().__init__(words)
        self.words = words
        self.for_good = for_good


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    user: str | None
    password: str | None
    tls: bool  # from the first byte; otherwise STARTTLS where it is offered

    @classmethod
    def at(cls, url: str) -> "Server":
        """`smtp://[user:password@]host[:port]` or `smtps://…`; raises WrongServer."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise WrongServer("PORTAL_SMTP_URL is neither smtp://[user:password@]host:port nor smtps://…")
        tls = parts.scheme == "smtps"
        user = unquote(parts.username) if parts.username else None
        password = unquote(parts.password or "") if user else None
        return cls(parts.hostname, port or (465 if tls else 587 if user else 25), user, password, tls)

    def client(self) -> aiosmtplib.SMTP:
        """A password never crosses a network in the clear; on this machine no certificate is asked for."""
        near = self.host in LOOPBACK
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.tls,
            start_tls=None if near or not self.user else not self.tls,
            validate_certs=not near,
            timeout=TIMEOUT_SECONDS,
        )


class Connection:
    """One connection for a batch, opened by its first message; `broken` when nobody answers there."""

    def __init__(self, server: Server) -> None:
        self._client = server.client()
        self.broken = False

    async def send(self, message: EmailMessage) -> None:
        """Returns when the server has taken the message; raises NotTaken."""
        self.broken = True  # until the server has answered, whatever happens meanwhile
        try:
            async with asyncio.timeout(MOST_SECONDS):
                # What goes wrong before the first message is no fault of the message: never for good.
                if not self._client.is_connected:
                    await self._client.connect()
                refusal = await self._hand_over(message)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as lost:
            raise NotTaken(words(lost), for_good=False) from lost
        self.broken = False
        if refusal:
            raise refusal

    async def _hand_over(self, message: EmailMessage) -> NotTaken | None:
        try:
            await self._client.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return answered(refused.recipients[0])
        except aiosmtplib.SMTPResponseException as refused:
            return answered(refused)
        except (aiosmtplib.SMTPNotSupported, ValueError) as unfit:
            return NotTaken(words(unfit), for_good=True)
        return None

    async def close(self) -> None:
        """Says goodbye where somebody listens."""
        try:
            if self._client.is_connected and not self.broken:
                await self._client.quit()
        except (aiosmtplib.SMTPException, OSError) as lost:
            log.info("The mail server left before the goodbye: %s", lost)
        finally:
            self._client.close()


def answered(refused: aiosmtplib.SMTPResponseException) -> NotTaken:
    """5xx is for good, anything else for now."""
    return NotTaken(words(refused), for_good=500 <= refused.code <= 599)


def words(error: Exception) -> str:
    """What the server said, else what the machine says."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"
    return str(error) or "The mail server did not answer in time."
