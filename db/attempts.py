"""What was tried and when, for limits that all servers share."""

from piccolo.columns import Serial, Timestamptz, Varchar
from piccolo.table import Table


class Attempt(Table, tablename="attempts"):
    id = Serial(primary_key=True)
    what = Varchar(40)
    key = Varchar(254)
    at = Timestamptz()
