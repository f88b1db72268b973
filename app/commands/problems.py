"""What a command says instead of a traceback."""


class CommandFailed(Exception):
    """One line: what happened, and what to do."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code
