"""Mail that was written with a deed and waits to be sent."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.baskets import Basket
from db.companies import Company
from db.users import User


class Notice(Table, tablename="notices"):
    id = Serial(primary_key=True)
    kind = Varchar(40)
    event = Varchar(120)  # the same event never mails the same address twice
    company = ForeignKey(Company, null=True, default=None, on_delete=OnDelete.cascade)
    recipient = Varchar(254)
    subject = Varchar(200)
    text = Text()
    html = Text()
    message_id = Varchar(120, unique=True)
    written_at = Timestamptz()
    due_at = Timestamptz()
    locked_until = Timestamptz(null=True, default=None)
    attempts = Integer()
    sent_at = Timestamptz(null=True, default=None)
    failed_at = Timestamptz(null=True, default=None)
    last_error = Varchar(500)
    sealed_secrets = Text()  # passwords and links, which stand in the text by name only; empty once sent or expired
    secrets_until = Timestamptz(null=True, default=None)
    reader = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)  # whose rights count at sending
    needs = Varchar(200)  # privileges that the reader must still hold then, with blanks between
    basket = ForeignKey(Basket, null=True, default=None, on_delete=OnDelete.cascade)  # theirs to change then
