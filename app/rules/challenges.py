"""The challenge question: one that only its person can answer, asked behind a mailed link (LOGIN-3, LOGIN-6)."""

from app.rules import audit, log_ins, new_passwords, passwords
from app.rules.password_policy import folded
from app.rules.refusals import Invalid, Stale
from app.rules.viewers import Viewer
from db import sql
from db.atomic import atomic

DEED = "change the challenge question"
OWN = "own"
QUESTIONS = (
    "What was the name of your first pet?",
    "In which town did your parents meet?",
    "What was the name of your first teacher?",
    "What was the make and colour of your first car?",
    "In which street did you live when you were ten?",
    "What was the first film that you saw in a cinema?",
    "What did you want to become when you were a child?",
    "What was the name of the first company that you worked for?",
)
LONGEST_QUESTION = 200
SHORTEST_QUESTION = 10
LONGEST_ANSWER = 100
SHORTEST_ANSWER = 4  # letters and digits
SET = """UPDATE users SET challenge_question = $3, challenge_answer_hash = $4
WHERE id = $1 AND deleted_at IS NULL AND password_hash = $2 RETURNING id"""


def normal(answer: str) -> str:
    """An answer as it is compared: without case, accents, blanks and punctuation."""
    return "".join(char for char in folded(answer) if char.isalnum())[: passwords.LONGEST]


def chosen(question: str, own: str, answer: str) -> str:
    """The question that was chosen or written; raises Invalid for it or its answer."""
    asked = own.strip() if question == OWN else question
    errors = {**_wrong_question(question, asked), **_wrong_answer(asked, answer)}
    if errors:
        raise Invalid(errors)
    return asked


def _wrong_question(question: str, asked: str) -> dict[str, str]:
    if question != OWN:
        return {} if question in QUESTIONS else {"question": "Choose a question, or write one of your own."}
    if not asked.isprintable() or not SHORTEST_QUESTION <= len(asked) <= LONGEST_QUESTION:
        return {"own_question": f"Write a question of {SHORTEST_QUESTION} to {LONGEST_QUESTION} characters."}
    return {}


def _wrong_answer(asked: str, answer: str) -> dict[str, str]:
    known = normal(answer)
    if len(answer) > LONGEST_ANSWER or len(known) < SHORTEST_ANSWER:
        return {"answer": f"Give an answer of {SHORTEST_ANSWER} letters and digits or more, at most {LONGEST_ANSWER}."}
    if known in normal(asked):
        return {"answer": "The question holds this answer already. Give one that only you know."}
    return {}


async def keep(user_id: int, before: str, question: str, hashed: str) -> None:
    """Set it, unless the password is no longer `before`: raises Stale. Call it in the deed's transaction."""
    if await sql.value(SET, user_id, before, question, hashed) is None:
        raise Stale(new_passwords.OVERTAKEN)


async def fits(answer: str, stored: str) -> bool:
    """Whether the answer is the one of the hash; takes the same time for none. Raises Overloaded."""
    return await passwords.match(normal(answer), stored)


async def question_of(by: Viewer) -> str:
    """One's own question; empty where none is set."""
    return str(await sql.value("SELECT challenge_question FROM users WHERE id = $1", by.id) or "")


async def change(current: str, question: str, own: str, answer: str, by: Viewer) -> None:
    """Set another question, with the current password; told by mail. Raises Invalid or Stale."""
    by.own_hands(DEED)
    asked = chosen(question, own, answer)
    before = await log_ins.own_password(current, by)
    await _change(before, asked, await passwords.make(normal(answer)), by)


@atomic
async def _change(before: str, asked: str, hashed: str, by: Viewer) -> None:
    await new_passwords.still_here(by)
    await keep(by.id, before, asked, hashed)
    await new_passwords.tell(by.id, "challenge question", by)
    await audit.note("challenge_set", by, subject=f"user {by.id}", subject_name=by.name)
