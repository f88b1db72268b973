"""`python -m app` is `portal`."""

from app.cli import main

main()
