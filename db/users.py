"""People: users of companies and staff of the desk, what they may do, and their sessions."""

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.companies import Company


class User(Table, tablename="users"):
    """A person who logs in; without a company it is staff of the distributor."""

    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=True, default=None, on_delete=OnDelete.restrict)
    name = Varchar(100)
    email = Varchar(254)
    email_key = Varchar(254, unique=True)  # the address as LOGIN-1 compares it
    phone = Varchar(40)
    job_title = Varchar(100)
    time_zone = Varchar(64)
    density = Varchar(12)  # comfortable or dense
    password_hash = Text()
    password_changed_at = Timestamptz(null=True, default=None)
    is_administrator = Boolean()
    current_basket = Integer(null=True, default=None)
    created_at = Timestamptz()
    last_login_at = Timestamptz(null=True, default=None)
    password_is_temporary = Boolean()  # it was mailed, and must be changed (LOGIN-2)
    password_expires_at = Timestamptz(null=True, default=None)
    challenge_question = Varchar(200)
    challenge_answer_hash = Text()
    shortcuts = Boolean(default=True)
    quick_links = Varchar(400, null=True, default=None)  # codes in their order with blanks between; none: the start's
    version = Integer(default=1)  # of what an administrator edits
    deleted_at = Timestamptz(null=True, default=None)
    deleted_by = Integer(null=True, default=None)


class Suspension(Table, tablename="suspensions"):
    """A user who may not log in, since when and by whom."""

    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, unique=True, on_delete=OnDelete.cascade)
    by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    at = Timestamptz()


class CompanySuspension(Table, tablename="company_suspensions"):
    """A company none of whose users may log in, since when, by whom and why (DESK-7)."""

    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, unique=True, on_delete=OnDelete.cascade)
    reason = Varchar(300)
    by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    at = Timestamptz()


class UserPrivilege(Table, tablename="user_privileges"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    privilege = Varchar(40)
    granted_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    granted_at = Timestamptz()


class StaffRole(Table, tablename="staff_roles"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    role = Varchar(20)
    granted_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    granted_at = Timestamptz()


class Session(Table, tablename="sessions"):
    """A log-in; the token itself is only in the browser."""

    id = Serial(primary_key=True)
    token_hash = Varchar(64, unique=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    started_at = Timestamptz()
    last_seen_at = Timestamptz()
    network_address = Varchar(45)
    user_agent = Varchar(300)
    second_step_at = Timestamptz(null=True, default=None)
    passkey_challenge = Text()
    password_given_at = Timestamptz(null=True, default=None)  # once more, for changes of the second step
    sealed_authenticator = Text()  # the secret of an app that no code has confirmed yet
    acting_as = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    acting_until = Timestamptz(null=True, default=None)


class PendingLogin(Table, tablename="pending_logins"):
    """Who gave the right password and still owes the second step (LOGIN-10)."""

    id = Serial(primary_key=True)
    token_hash = Varchar(64, unique=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    started_at = Timestamptz()
    network_address = Varchar(45)
    user_agent = Varchar(300)
    wrong_codes = Integer()
    passkey_challenge = Text()


class PastPassword(Table, tablename="past_passwords"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    password_hash = Text()
    set_at = Timestamptz()


class LoginFailure(Table, tablename="login_failures"):
    id = Serial(primary_key=True)
    email_key = Varchar(254)
    network_address = Varchar(45)
    at = Timestamptz()
