"""Renders every error as a problem document; foreign errors are mapped in one table."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import asyncpg
import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from shared import errors as e
from shared.language import pick_language
from shared.redaction import error_text
from shared.telemetry import log

CONTENT_TYPE: Final = "application/problem+json"
_READING: Final = frozenset({"GET", "HEAD"})
_AFTER_A_DEADLINE: Final = "5"
_log = log(__name__)

_BY_STATUS: Final[dict[int, type[e.Problem]]] = {
    401: e.Unauthenticated,
    403: e.Forbidden,
    404: e.NotFound,
    405: e.MethodNotAllowed,
}

_VALIDATION_ZH: Final = {
    "missing": "必填",
    "extra_forbidden": "不允许的字段",
    "string_too_short": "内容过短",
    "string_too_long": "内容过长",
    "json_invalid": "不是有效的 JSON",
    "uuid_parsing": "不是有效的编号",
    "enum": "不是允许的取值",
    "literal_error": "不是允许的取值",
    "date_from_datetime_parsing": "不是有效的日期",
    "date_parsing": "不是有效的日期",
    "datetime_parsing": "不是有效的时间",
    "datetime_from_date_parsing": "不是有效的时间",
    "timezone_aware": "时间必须带时区",
    "unstorable_text": "含有非文本字符",
    "instant_not_written": "时间的写法如 2026-11-23T08:00:00Z",
    "day_not_written": "日期的写法如 2026-11-23",
    "nothing_to_read": "至少须有一个可见字符",
    "not_one_line": "须为一行文字，不能换行",
    "not_an_address": "须为网址，如 www.example.com",
    "not_a_currency": "须为币种代码，如 CNY",
    "not_a_domain": "须为域名，如 example.com",
    "instant_out_of_range": "年份须在 1970 至 2199 之间",
    "int_parsing": "不是整数",
    "int_type": "不是整数",
    "bool_type": "须为 true 或 false",
    "string_type": "须为文本",
    "list_type": "须为列表",
}
_VALIDATION_EN: Final = {
    "missing": "Required",
    "extra_forbidden": "This field is not known here",
    "uuid_parsing": "Not an id",
    "uuid_type": "Not an id",
}
_BOUNDS: Final = {
    "greater_than_equal": ("ge", ("Not less than", "不得小于"), ("Not before", "不得早于")),
    "less_than_equal": ("le", ("Not more than", "不得大于"), ("Not after", "不得晚于")),
    "greater_than": ("gt", ("More than", "须大于"), ("After", "须晚于")),
    "less_than": ("lt", ("Less than", "须小于"), ("Before", "须早于")),
}
"""By pydantic's name of an error: where it keeps the bound, and what is said before it, of numbers
and of days."""


def problem_response(problem: e.Problem, language: str, request_id: str, method: str) -> Response:
    """The HTTP answer for a problem that a request of that method met."""
    body = orjson.dumps(problem.document(language, request_id))
    headers = {"Content-Language": language, "Cache-Control": "no-store", **problem.headers}
    # A write that ran out of time may be done: to try it again is its caller's to decide.
    if isinstance(problem, e.DeadlineExceeded) and method in _READING:
        headers["Retry-After"] = _AFTER_A_DEADLINE
    return Response(body, problem.status, headers, media_type=CONTENT_TYPE)


def respond(request: Request, problem: e.Problem) -> Response:
    """The answer in the language of the request."""
    language = pick_language(request.headers.get("accept-language"))
    request_id = request.scope.get("request_id", "")
    return problem_response(problem, language, request_id, request.method)


def to_problem(error: BaseException) -> e.Problem:
    """The problem for any exception: ours as it is, foreign ones by the table, the rest 500."""
    if isinstance(error, e.Problem):
        return error
    if isinstance(error, DBAPIError):
        return _from_database(error.orig.__cause__ if error.orig else error)
    for kind, make in _FOREIGN.items():
        if isinstance(error, kind):
            return make(error)
    return e.Problem()


def _from_database(cause: BaseException | None) -> e.Problem:
    for kind, make in _FOREIGN.items():
        if isinstance(cause, kind):
            return make(cause)
    return e.Problem()


def _from_validation(error: Any) -> e.Problem:
    fields = [_field(item) for item in error.errors()]
    where = {item["loc"][0] for item in error.errors() if item["loc"]}
    if where == {"path"}:  # what can be no id is nobody's
        return e.NotFound()
    kind = e.Unprocessable if where <= {"body"} else e.BadRequest
    if any(item["type"] == "json_invalid" for item in error.errors()):
        kind = e.BadRequest
    return kind(errors=fields)


def _said(item: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with a value, in English and Chinese."""
    kind = item["type"]
    if kind in _BOUNDS:
        name, number, day = _BOUNDS[kind]
        bound = item["ctx"][name]
        english, chinese = number if isinstance(bound, int | float) else day
        return f"{english} {bound}", f"{chinese} {bound}"
    return _VALIDATION_EN.get(kind, item["msg"]), _VALIDATION_ZH.get(kind, "内容无效")


def _field(item: dict[str, Any]) -> e.Field:
    place, *path = item["loc"] or ("body",)
    pointer = "/" + "/".join(str(part) for part in path) if place == "body" else f"?{path[0]}"
    english, chinese = _said(item)
    return e.Field(pointer=pointer, en=english, zh=chinese, code=item["type"])


def _from_http(error: Any) -> e.Problem:
    # FastAPI wraps whatever happens while a body is read; ours is the better answer.
    if isinstance(error.__cause__, e.Problem):
        return error.__cause__
    if error.status_code == 400:
        return _unreadable(error.__cause__, error.detail)
    made = _BY_STATUS.get(error.status_code, e.Problem)
    return made()


def _unreadable(cause: BaseException | None, said: str) -> e.Problem:
    """What was wrong with a body that could not be taken apart."""
    for kind, (en, zh) in _UNREADABLE.items():
        if isinstance(cause, kind):
            return e.UnreadableBody(en, zh)
    return e.UnreadableBody(f"{said.rstrip('.')}.", f"无法解析请求内容（{said.rstrip('.')}）。")


_UNREADABLE: Final[dict[type[BaseException], tuple[str, str]]] = {
    UnicodeDecodeError: ("The body is not valid UTF-8.", "请求内容不是有效的 UTF-8。"),
    RecursionError: ("The JSON is nested too deeply.", "JSON 嵌套过深。"),
    ValueError: ("The JSON holds a number with too many digits.", "JSON 中有位数过多的数字。"),
}
"""What a parser of bodies raises, from the special to the general, and what it means."""


_FOREIGN: Final[dict[type[BaseException], Callable[[Any], e.Problem]]] = {
    RequestValidationError: _from_validation,
    HTTPException: _from_http,
    asyncpg.QueryCanceledError: lambda _: e.DeadlineExceeded(),
    asyncpg.TooManyConnectionsError: lambda _: e.Overloaded(),
    asyncpg.InsufficientResourcesError: lambda _: e.Overloaded(5),
    asyncpg.CannotConnectNowError: lambda _: e.Overloaded(5),
    asyncpg.AdminShutdownError: lambda _: e.Overloaded(5),
    asyncpg.CrashShutdownError: lambda _: e.Overloaded(5),
    asyncpg.SerializationError: lambda _: e.Overloaded(1),
    asyncpg.DeadlockDetectedError: lambda _: e.Overloaded(1),
    asyncpg.LockNotAvailableError: lambda _: e.Overloaded(1),
    # A row was written between its reading and its writing, as under a serialization failure.
    StaleDataError: lambda _: e.Overloaded(1),
    # The schema moved on under a prepared statement; the next one is prepared anew.
    asyncpg.InvalidCachedStatementError: lambda _: e.Overloaded(1),
    asyncpg.InvalidTextRepresentationError: lambda _: e.UnstorableText(),
    asyncpg.CharacterNotInRepertoireError: lambda _: e.UnstorableText(),
    asyncpg.UntranslatableCharacterError: lambda _: e.UnstorableText(),
    asyncpg.UniqueViolationError: lambda _: e.Conflict(),
    asyncpg.InterfaceError: lambda _: e.Overloaded(2),
    asyncpg.PostgresConnectionError: lambda _: e.Overloaded(2),
    asyncpg.IdleInTransactionSessionTimeoutError: lambda _: e.Overloaded(2),
    # The server's last words reached a connection that was about to be used.
    asyncpg.InternalClientError: lambda _: e.Overloaded(2),
    PoolTimeout: lambda _: e.Overloaded(1),
    asyncio.TimeoutError: lambda _: e.DeadlineExceeded(),
    ClientDisconnect: lambda _: e.UnreadableBody(
        "The body broke off before its end.", "请求内容未发送完整。"
    ),
    ConnectionError: lambda _: e.Overloaded(2),
}
"""Foreign errors and what they are to a caller."""


async def handle(request: Request, error: Exception) -> Response:
    """FastAPI's handler for every exception; logs what is our fault, and why we were not able."""
    problem = to_problem(error)
    if problem.status == 500:
        _log.error("request_failed", path=request.url.path, exc_info=error)
    elif problem.status == 503 and not isinstance(error, e.Problem):
        _log.warning("request_put_off", path=request.url.path, error=error_text(error)[:300])
    return respond(request, problem)


def install(app: FastAPI) -> None:
    """Register the one handler for everything that can be raised."""
    handled = (e.Problem, DBAPIError, *_FOREIGN)
    for kind in handled:
        app.add_exception_handler(kind, handle)
