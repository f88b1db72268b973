"""Who wants which mail, and where (NOTIFY-1)."""

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from db.users import User


class NotificationChoice(Table, tablename="notification_choices"):
    """A type that its user has switched on or off; without a row the type's own start holds."""

    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(40)
    by_email = Boolean()
    whole_company = Boolean()  # of the company's orders too, not only of one's own


class NotificationAddress(Table, tablename="notification_addresses"):
    """An address that a type goes to; without any it goes to the user's own."""

    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(40)
    address = Varchar(254)
    address_key = Varchar(254)
    confirmed_at = Timestamptz(null=True, default=None)
