"""Cases that somebody at the desk takes care of."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.users import User


class Case(Table, tablename="cases"):
    """What somebody wrote who cannot log in (LOGIN-7): nothing in it has been verified."""

    id = Serial(primary_key=True)
    kind = Varchar(20)
    account_number = Varchar(20)
    name = Varchar(100)
    email = Varchar(254)
    text = Text()
    network_address = Varchar(45)
    opened_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    outcome = Text()
