"""What is kept: tables, constraints, engines and migrations."""

import os

os.environ.setdefault("PICCOLO_CONF", "db.conf")
