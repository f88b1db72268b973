"""Piccolo's view of this room: its tables and the folder of its migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="portal",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        modules=[
            "db.companies",
            "db.users",
            "db.second_steps",
            "db.mailed_links",
            "db.attempts",
            "db.notifications",
            "db.products",
            "db.prices",
            "db.baskets",
            "db.favourites",
            "db.part_numbers",
            "db.sheets",
            "db.orders",
            "db.notices",
            "db.applications",
            "db.cases",
            "db.audit",
            "db.marks",
        ]
    ),
    migration_dependencies=[],
)
