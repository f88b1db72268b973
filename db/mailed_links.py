"""Links that were mailed: each for one purpose, once, and for a time; the token itself is only in the mail."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from db.users import User


class MailedLink(Table, tablename="mailed_links"):
    id = Serial(primary_key=True)
    purpose = Varchar(40)
    token_hash = Varchar(64, unique=True)
    user = ForeignKey(User, null=True, default=None, on_delete=OnDelete.cascade)
    bound_to = Varchar(300)  # the address or the application that it speaks of
    made_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
    wrong_answers = Integer()
    answered_by = Varchar(64)  # the digest of the visit that has answered the challenge question
    answered_at = Timestamptz(null=True, default=None)
