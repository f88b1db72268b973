"""What one process does every hour: clear away what is over, so that tables stay small and secrets short-lived."""

from app.rules import application_drafts, limits, mailed_links, notices, sessions, sheets


async def clear() -> None:
    """Each of them by itself: what one round leaves undone the next does."""
    await notices.forget_secrets()
    await sessions.forget_ended()
    await mailed_links.forget_old()
    await limits.forget_old()
    await application_drafts.clear()
    await sheets.clear()
