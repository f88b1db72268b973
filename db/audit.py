"""The audit trail: what was done, by whom; the database refuses to change or remove a row (USER-7)."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class AuditEntry(Table, tablename="audit_entries"):
    """Numbers without foreign keys: an entry outlives what it speaks of, and keeps its name."""

    id = Serial(primary_key=True)
    at = Timestamptz()
    action = Varchar(40)
    company = Integer(null=True, default=None)  # whose administrator reads it; none: the desk alone
    actor = Integer(null=True, default=None)
    actor_name = Varchar(100)
    acting_as = Integer(null=True, default=None)
    acting_as_name = Varchar(100)
    subject = Varchar(60)  # such as `user 7`
    subject_name = Varchar(254)
    before = Text()
    after = Text()
    network_address = Varchar(45)
    words = Text()  # folded, for finding; `@` marks who it was, `#` whose company
