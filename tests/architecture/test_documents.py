"""The OpenAPI documents: complete, with every reading, and no reference to nothing."""

import re
from collections import Counter
from typing import Any, Final

import jsonschema_rs
import pytest

from tests.architecture.sources import SERVICES, readings_of
from tests.support.documents import document_of, merged_document, operations_of, references_of

PREFIX = "/api/v1"
LINKS_ALONE: Final = "the link is good once: a second call finds nothing to do, and creates nothing"
SESSIONS: Final = "a session is in its cookies; an answer that is kept for a day would keep them"
NOT_REPEATABLE: Final = {
    "post /api/v1/answers": LINKS_ALONE,
    "post /api/v1/auth/invitations/accept": LINKS_ALONE,
    "post /api/v1/auth/session": SESSIONS,
}
"""What answers 201 and takes no `Idempotency-Key`, and why."""
NOWHERE: Final = {
    "post /api/v1/answers": "whoever answers may not read what they answered",
    "post /api/v1/auth/invitations/accept": SESSIONS,
    "post /api/v1/auth/session": SESSIONS,
}
"""What answers 201 and has no address, and why."""
THE_LAST_WORD_COUNTS: Final = {
    "patch /api/v1/me": "each call sets one thing of one's own: a language that is chosen in two"
    " tabs overwrites nobody else's work, and a stale one would only be chosen again",
}
"""What is changed without `If-Match`, and why."""
each_document = pytest.mark.parametrize("service", SERVICES)


@each_document
def test_every_reference_leads_somewhere(service: str) -> None:
    assert _leads_somewhere(document_of(service))


def test_every_reference_of_the_one_document_leads_somewhere() -> None:
    assert _leads_somewhere(merged_document())


def _leads_somewhere(document: dict[str, Any]) -> bool:
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
    names = {one.removeprefix("#/components/schemas/") for one in references_of(document)}
    assert names - set(schemas) == set()
    return bool(names)


def test_operations_are_described_in_sentences() -> None:
    """What the API's page lists is what a call does, not what our function is called."""
    for _, one in operations_of(merged_document()):
        assert one["summary"] != one["operationId"].replace("_", " ").title()
        assert not one["summary"].endswith(".") and one.get("description", "said") != ""


@each_document
def test_operations_have_names_of_their_own(service: str) -> None:
    names = Counter(one.get("operationId") for _, one in operations_of(document_of(service)))
    assert [name for name, count in names.items() if name is None or count > 1] == []


@each_document
def test_every_reading_is_documented(service: str) -> None:
    document = document_of(service)
    for reading in readings_of(f"services.{service}"):
        operation = document["paths"][PREFIX + reading.path]["get"]
        assert operation["x-policy"] == reading.policy
        placed = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert all(f"{{{name}}}" in reading.path for name in placed)
        assert len(placed) == reading.path.count("{")


def test_no_two_paths_of_the_one_document_mean_the_same() -> None:
    shapes = Counter(re.sub(r"\{[^}]*\}", "{}", path) for path in merged_document()["paths"])
    assert [shape for shape, count in shapes.items() if count > 1] == []


def test_every_operation_of_the_one_document_has_a_summary_and_a_name_of_its_own() -> None:
    operations = dict(operations_of(merged_document()))
    assert len(operations) > 50
    assert [label for label, one in operations.items() if not one.get("summary")] == []
    names = Counter(one["operationId"] for one in operations.values())
    assert [name for name, count in names.items() if count > 1 or "api_v1" in name] == []


def test_every_failure_is_documented_as_a_problem_document() -> None:
    document = merged_document()
    assert "HTTPValidationError" not in str(document)
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for label, operation in operations_of(document):
        failures = {key: one for key, one in operation["responses"].items() if key >= "400"}
        assert all(one["content"] == problem for one in failures.values()), label
        expected = {"400", "401", "403", "429", "500", "503", "504"}
        if not label.startswith("get "):
            expected |= {"404", "409", "413", "415", "422"}
        if label.startswith("patch ") and "if-match" in str(operation).lower():
            expected |= {"412", "428"}
        assert expected <= set(failures), label
        assert "default" not in operation["responses"], label


def test_everything_that_is_created_takes_an_idempotency_key() -> None:
    without = [label for label, one in creating() if "idempotency-key" not in headers_of(one)]
    assert without == sorted(NOT_REPEATABLE)


def test_everything_that_is_created_says_where_it_is() -> None:
    answers = {label: one["responses"]["201"] for label, one in creating()}
    located = {label for label, one in answers.items() if "Location" in one.get("headers", {})}
    assert sorted(set(answers) - located) == sorted(NOWHERE)
    assert all(answers[label]["headers"]["Location"]["required"] for label in located)


def test_what_creates_answers_so_and_never_otherwise() -> None:
    assert [label for label, one in creating() if "200" in one["responses"]] == []


def test_everything_that_is_changed_takes_the_version_it_was_read_at() -> None:
    changing = [one for one in operations_of(merged_document()) if one[0].startswith("patch ")]
    assert len(changing) > 10
    without = [label for label, one in changing if "if-match" not in headers_of(one)]
    assert without == sorted(THE_LAST_WORD_COUNTS)


def creating() -> list[tuple[str, dict[str, Any]]]:
    """Every operation that answers 201."""
    found = [each for each in operations_of(merged_document()) if "201" in each[1]["responses"]]
    assert len(found) > 20
    return found


def headers_of(operation: dict[str, Any]) -> set[str]:
    """The names of the headers that an operation takes, in small letters."""
    named = operation.get("parameters", ())
    return {one["name"].lower() for one in named if one["in"] == "header"}
