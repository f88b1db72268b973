"""Why something does not happen, in words for the person who asked."""

FORGED = (
    "This form did not come from a page of the portal, or the page is from another log-in. "
    "Go back, load the page again, and send it once more."
)


class Refused(Exception):
    """Not allowed (403): the reason, and who can change it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Missing(Exception):
    """Not there, or not the asker's to see (404): the two look the same."""


class Invalid(Exception):
    """Wrong input (422): a sentence for each field; the key "" is the whole form's."""

    def __init__(self, errors: dict[str, str] | str) -> None:
        self.errors = {"": errors} if isinstance(errors, str) else errors
        super().__init__(" ".join(self.errors.values()))


class Stale(Exception):
    """Somebody changed it in between (409): what it is now, in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooMany(Exception):
    """Asked for too often (429): the reason, and after how many seconds it may be tried again."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds
