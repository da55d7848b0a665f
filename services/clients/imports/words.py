"""The words that imported clients and people are found by, as those written by hand are."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from services.clients.registry.rules import spoken_code
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
        people=_words(person["name"]) if "name" in person else "",
        person=person_words(person) if "name" in person else "",
    )


def client_words(client: Mapping[str, Any], number: str | None = None) -> str:
    """What `registry.store.words_of` finds a client by.

    A short name that is part of the legal name adds nothing: a search matches beginnings, and
    what a part's words begin with, the whole's do too.
    """
    name, short = client.get("legal_name") or "", client.get("short_name") or ""
    return _joined(
        number,
        name,
        None if short in name else short,
        *(client.get("aliases") or ()),
        body=spoken_code(client.get("credit_code")),
    )


def number_words(number: str) -> str:
    """The words of a client's number."""
    return _joined(number)


def people_words(names: Sequence[str]) -> str:
    """What `registry.store.reindex_contacts` finds a client by."""
    return _joined(*names)


def person_words(person: Mapping[str, Any]) -> str:
    """What `contacts.store.reindex` finds a person by."""
    found = _joined(person.get("mobile"), person.get("email"))
    return " ".join((_words(person.get("name") or ""), found, _words(person.get("title") or "")))


@lru_cache(maxsize=8_192)
def _words(text: str) -> str:
    """The words of what many rows say alike: titles, surnames with common names."""
    return _joined(text)


def _joined(*texts: str | None, body: Iterable[str] = ()) -> str:
    return " ".join(search_vector_lexemes(*texts, body=body))
