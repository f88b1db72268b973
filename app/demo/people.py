"""Writes the companies of the demo with their terms, and everybody with privileges and roles."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from app.demo.cast import ANSWER, COMPANIES, PASSWORD, PEOPLE, QUESTION
from app.demo.catalogue import Catalogue, ids
from app.rules import passwords
from db import sql

AGE = timedelta(days=760)


@dataclass(slots=True)
class People:
    """The ids of companies by name and of users by e-mail address."""

    companies: dict[str, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)


async def hashes() -> dict[str, str]:
    """A hash of the password for each person, and of the one answer, two at a time: each takes a third of a second."""
    turns = asyncio.Semaphore(2)

    async def one(key: str, text: str) -> tuple[str, str]:
        async with turns:
            return key, await asyncio.to_thread(passwords.hashed, text)

    return dict(await asyncio.gather(one(ANSWER, ANSWER), *(one(person.email, PASSWORD) for person in PEOPLE)))


async def write(catalogue: Catalogue, hashed: dict[str, str]) -> People:
    """Write companies with their terms, then everybody with privileges and roles."""
    people = People()
    await _write_companies(catalogue)
    people.companies = await ids("SELECT id, name AS key FROM companies")
    await _write_terms(catalogue, people)
    await _write_users(catalogue, people, hashed)
    people.users = await ids("SELECT id, email AS key FROM users")
    await _write_rights(catalogue, people)
    await sql.run("UPDATE companies SET account_manager = $1", people.users["moana@harbour.example"])
    return people


async def _write_companies(catalogue: Catalogue) -> None:
    await sql.run_many(
        "INSERT INTO companies (account_number, name, home_warehouse, credit_limit_cents, created_at, legal_name,"
        " registration_number, tax_number, phone, website) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            (
                company.account_number,
                company.name,
                catalogue.warehouses[company.warehouse],
                company.credit_limit_cents,
                catalogue.now - AGE,
                *(company.legal_name, company.registration_number, company.tax_number),
                *(company.phone, company.website),
            )
            for company in COMPANIES
        ],
    )


async def _write_terms(catalogue: Catalogue, people: People) -> None:
    lists, held, addresses = [], [], []
    for company in COMPANIES:
        key = people.companies[company.name]
        lists += [(key, catalogue.price_lists[code]) for code in company.price_lists]
        held += [(key, catalogue.certifications[code]) for code in company.certifications]
        addresses += [
            (key, *address, place == 0, catalogue.now - AGE) for place, address in enumerate(company.addresses)
        ]
    await sql.run_many("INSERT INTO company_price_lists (company, price_list) VALUES ($1, $2)", lists)
    await sql.run_many("INSERT INTO company_certifications (company, certification) VALUES ($1, $2)", held)
    await sql.run_many(
        "INSERT INTO addresses (company, name, attention, line1, line2, city, region, postcode, country,"
        " is_default, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'NZ', $9, $10)",
        addresses,
    )


async def _write_users(catalogue: Catalogue, people: People, hashed: dict[str, str]) -> None:
    await sql.run_many(
        "INSERT INTO users (company, name, email, email_key, job_title, password_hash, password_changed_at,"
        " is_administrator, created_at, last_login_at, challenge_question, challenge_answer_hash,"
        " password_is_temporary)"
        " VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            (
                people.companies.get(person.company),
                person.name,
                person.email,
                person.job_title,
                hashed[person.email],
                catalogue.now - AGE if person.logged_in else None,
                person.is_administrator,
                catalogue.now - AGE if person.logged_in else catalogue.now - timedelta(days=1),
                catalogue.now - timedelta(days=1) if person.logged_in else None,
                QUESTION if person.logged_in else "",
                hashed[ANSWER] if person.logged_in else "",
                not person.logged_in,
            )
            for person in PEOPLE
        ],
    )


async def _write_rights(catalogue: Catalogue, people: People) -> None:
    since, dana, ari = (
        catalogue.now - AGE,
        people.users["dana@brightbyte.example"],
        people.users["ari@harbour.example"],
    )
    await sql.run_many(
        'INSERT INTO user_privileges ("user", privilege, granted_by, granted_at) VALUES ($1, $2, $3, $4)',
        [
            (people.users[person.email], str(privilege), dana, since)
            for person in PEOPLE
            for privilege in sorted(person.privileges)
        ],
    )
    await sql.run_many(
        'INSERT INTO staff_roles ("user", role, granted_by, granted_at) VALUES ($1, $2, $3, $4)',
        [(people.users[person.email], str(role), ari, since) for person in PEOPLE for role in person.roles],
    )
