"""The words that imported clients and people are found by, as those written by hand are."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.text import search_vector_lexemes


class Words(NamedTuple):
    """Lexemes parted by spaces, as a tsvector is written."""

    client: str
    people: str
    person: str


def words_of_row(row: Mapping[str, Any]) -> Words:
    """The words of the client and the person a row tells of; the number's come with the number."""
    client, person = row["client"], row["person"]
    return Words(
        client=client_words(client),
        people=people_words([person["name"]]) if "name" in person else "",
        person=person_words(person) if "name" in person else "",
    )


def client_words(client: Mapping[str, Any], number: str | None = None) -> str:
    """As `registry.store.words_of`."""
    return " ".join(
        search_vector_lexemes(
            number,
            client.get("legal_name"),
            client.get("short_name"),
            *(client.get("aliases") or ()),
            client.get("credit_code"),
            client.get("website"),
        )
    )


def number_words(number: str) -> str:
    """The words of a client's number."""
    return " ".join(search_vector_lexemes(number))


def people_words(names: Sequence[str]) -> str:
    """As `registry.store.reindex_contacts`."""
    return " ".join(search_vector_lexemes(*names))


def person_words(person: Mapping[str, Any]) -> str:
    """As `contacts.store.reindex`."""
    return " ".join(
        search_vector_lexemes(
            person.get("name"), person.get("mobile"), person.get("email"), person.get("title")
        )
    )
