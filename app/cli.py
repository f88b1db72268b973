"""`portal`: the command line of the operator."""

import argparse
import sys

from app.commands.problems import CommandFailed

ROLES = ("sales", "credit", "returns", "warehouse", "catalogue", "administrator")
KINDS = ("categories", "products", "prices", "stock", "certifications", "companies")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="portal", description="The trade counter of an IT distributor.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("migrate", help="bring the database to the tables of this version")
    demo = commands.add_parser("demo", help="fill an empty database with the demo")
    demo.add_argument("--products", type=int, default=1200, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument("--if-empty", action="store_true", help="say nothing when the database holds data")
    serve = commands.add_parser("serve", help="answer requests")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="more than one need PostgreSQL")
    serve.add_argument("--no-post", action="store_true", help="leave the mail to another process")
    commands.add_parser("post", help="send the mail that waits, and nothing else")
    imports = commands.add_parser("import", help="read a file into the database")
    imports.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    imports.add_argument("file")
    imports.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    staff = commands.add_parser("staff", help="people of the desk")
    adding = staff.add_subparsers(dest="deed", required=True, metavar="DEED").add_parser("add", help="add one")
    adding.add_argument("email", metavar="EMAIL")
    adding.add_argument("--role", action="append", required=True, choices=ROLES, metavar="R", help=", ".join(ROLES))
    adding.add_argument("--name", default="", help="as it stands on pages and in the audit trail")
    doctor = commands.add_parser("doctor", help="look at settings, database and mail")
    doctor.add_argument("--books", action="store_true", help="check that stock and orders add up")
    for name, told in (("backup", "copy the running database to a file"), ("restore", "bring a backup back")):
        commands.add_parser(name, help=told).add_argument("file")
    return parser


def _run(given: argparse.Namespace) -> int:
    """Import what the command needs, and nothing before: settings are read when they are first imported."""
    if given.command in {"serve", "post"}:
        from app.commands import serving

        return serving.serve(given) if given.command == "serve" else serving.post()
    if given.command in {"migrate", "demo", "backup", "restore"}:
        from app.commands import database

        return database.run(given)
    if given.command == "import":
        from app.commands import importing

        return importing.run(given)
    if given.command == "staff":
        from app.commands import staffing

        return staffing.run(given)
    from app.commands import doctoring

    return doctoring.run(given)


def main() -> None:
    """Exit non-zero with one line for a user's mistake."""
    given = _parser().parse_args()
    try:
        code = _run(given)
    except (CommandFailed, ValueError) as failed:
        print(f"portal: {failed}", file=sys.stderr)
        code = failed.code if isinstance(failed, CommandFailed) else 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
