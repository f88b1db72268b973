"""Facts about the database itself, such as that it holds the demo."""

from piccolo.columns import Text, Varchar
from piccolo.table import Table


class Mark(Table, tablename="marks"):
    name = Varchar(60, primary_key=True)
    value = Text()
