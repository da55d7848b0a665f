"""One exception tree; every error a caller meets is one of these, rendered once (RFC 9457).

A feature derives its own errors in `rules.py`:

    class PromiseInPast(Unprocessable):
        code = "promise_in_past"
        title = {"en": "The promised time has passed", "zh": "承诺时间已过"}
        text = {"en": "{due_at} lies in the past.", "zh": "{due_at} 已经过去。"}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from shared.states import in_words

PROBLEM_BASE = "https://rapport.example/problems/"
Texts = dict[str, str]


@dataclass(frozen=True)
class Field:
    """One place in the request that is wrong: a JSON pointer (or `?name`) and why."""

    pointer: str
    en: str
    zh: str
    code: str = "invalid"

    def render(self, language: str) -> dict[str, str]:
        """The entry of `errors[]` in the caller's language."""
        detail = self.zh if language == "zh" else self.en
        return {"pointer": self.pointer, "detail": detail, "code": self.code}


class Problem(Exception):
    """Base of all errors that reach a caller; keyword arguments fill `text`'s placeholders."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    title: ClassVar[Texts] = {"en": "Something went wrong on our side", "zh": "系统内部出错"}
    place: ClassVar[str | None] = None
    """The place of the request that an error of this kind is always about: a JSON pointer."""
    text: ClassVar[Texts] = {
        "en": "Nothing was changed. Please try again; if it happens again, quote the request id.",
        "zh": "没有任何更改。请重试；如再次出现，请提供请求编号。",
    }

    def __init__(
        self,
        *,
        errors: list[Field] | None = None,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> None:
        self.errors = errors or []
        self.extra = extra or {}
        self.headers = headers or {}
        self.values = values
        super().__init__(self.detail("en"))
        if self.place is not None and not self.errors:
            self.point_at(self.place)

    def point_at(self, pointer: str) -> None:
        """Let the whole sentence be about one place: a JSON pointer, "" for the body as such."""
        self.errors = [Field(pointer, self.detail("en"), self.detail("zh"), code=self.code)]

    def detail(self, language: str) -> str:
        """The sentence that tells a person what happened and how to mend it."""
        return self._wording()[language].format(**in_words(self.values, language))

    def _wording(self) -> Texts:
        return self.text

    def document(self, language: str, request_id: str) -> dict[str, Any]:
        """The problem document of RFC 9457 in the caller's language."""
        body: dict[str, Any] = {
            "type": PROBLEM_BASE + self.code,
            "code": self.code,
            "title": self.title[language],
            "status": self.status,
            "detail": self.detail(language),
            "request_id": request_id,
        }
        if self.errors:
            body["errors"] = [field.render(language) for field in self.errors]
        return body | self.extra


class BadRequest(Problem):
    """The request cannot be understood; `what` is a short sentence part in both languages."""

    status = 400
    code = "bad_request"
    title = {"en": "The request cannot be understood", "zh": "无法理解该请求"}
    text = {"en": "See `errors` for the place.", "zh": "具体位置见 errors。"}


class UnreadableBody(BadRequest):
    """The body is not what its kind promises; says what is wrong with it, as a sentence."""

    code = "unreadable_body"
    title = {"en": "The request's body cannot be read", "zh": "无法读取请求内容"}
    text = {"en": "{en}", "zh": "{zh}"}

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en=en, zh=zh)


class UnstorableText(BadRequest):
    """A text somewhere in the request holds what the database cannot store."""

    code = "unstorable_text"
    title = {"en": "This text cannot be stored", "zh": "文本无法保存"}
    text = {
        "en": "A value holds characters that are no text, such as U+0000.",
        "zh": "某个值含有非文本字符，例如 U+0000。",
    }


class UnknownParameter(BadRequest):
    """A filter, sort, field or parameter that this list does not have."""

    code = "unknown_parameter"
    title = {"en": "Unknown parameter", "zh": "未知参数"}
    text = {"en": "“{name}” is not known here.", "zh": "此处没有“{name}”。"}


class Unauthenticated(Problem):
    """Nobody is signed in, or the token is not valid any more."""

    status = 401
    code = "unauthenticated"
    title = {"en": "Please sign in", "zh": "请登录"}
    text = {"en": "You are not signed in, or your session ended.", "zh": "您尚未登录或会话已结束。"}

    def __init__(self, **values: Any) -> None:
        headers = {"WWW-Authenticate": 'Bearer realm="rapport"'}
        super().__init__(headers=headers | values.pop("headers", {}), **values)


class Forbidden(Problem):
    """The actor may see the thing and not do this with it."""

    status = 403
    code = "forbidden"
    title = {"en": "Not allowed", "zh": "无权操作"}
    text = {"en": "Your role does not allow this.", "zh": "您的角色不允许此操作。"}


class NotFound(Problem):
    """There is nothing here for this actor; strangers must not learn that it exists."""

    status = 404
    code = "not_found"
    title = {"en": "Not found", "zh": "未找到"}
    text = {"en": "There is nothing here that you can see.", "zh": "这里没有您可以查看的内容。"}


class MethodNotAllowed(Problem):
    """The path exists, the method does not."""

    status = 405
    code = "method_not_allowed"
    title = {"en": "Method not allowed", "zh": "不支持该方法"}
    text = {"en": "This address does not answer that method.", "zh": "该地址不支持此方法。"}


class Conflict(Problem):
    """The request contradicts the current state."""

    status = 409
    code = "conflict"
    title = {"en": "Conflict with the current state", "zh": "与当前状态冲突"}
    text = {"en": "The record does not allow this now.", "zh": "当前记录状态不允许此操作。"}


class StaleVersion(Problem):
    """Somebody else changed the record; `extra["current"]` is theirs."""

    status = 412
    code = "stale_version"
    title = {"en": "Someone else changed this meanwhile", "zh": "他人已修改此记录"}
    text = {
        "en": "Your change was not saved. Compare both versions and save again.",
        "zh": "您的更改未保存。请比较两个版本后重新保存。",
    }


class TooLarge(Problem):
    """The body is over the limit, given in bytes and said as people count: 1 MB is 1,000,000."""

    status = 413
    code = "too_large"
    title = {"en": "Too large", "zh": "内容过大"}
    text = {"en": "At most {limit} are accepted here.", "zh": "此处最多接受 {limit}。"}

    def __init__(self, limit: int) -> None:
        whole, unit = (1_000_000, "MB") if limit >= 1_000_000 else (1_000, "KB")
        super().__init__(limit=f"{limit // whole} {unit}")
        self.point_at("")


class EmptyFile(Problem):
    """The file holds nothing."""

    status = 422
    code = "empty_file"
    place = "/file"
    title = {"en": "This file is empty", "zh": "文件是空的"}
    text = {
        "en": "It holds 0 bytes. Choose the file that has your data.",
        "zh": "文件大小为 0 字节，请选择含有数据的文件。",
    }


class UnsupportedMedia(Problem):
    """The file or body is of a kind that is not accepted here."""

    status = 415
    code = "unsupported_media_type"
    title = {"en": "This kind of content is not accepted", "zh": "不支持此类内容"}
    text = {"en": "Accepted: {accepted}.", "zh": "支持的类型：{accepted}。"}


class Unprocessable(Problem):
    """Well-formed, yet not valid; `errors` names each place."""

    status = 422
    code = "invalid"
    title = {"en": "Some values need attention", "zh": "部分内容需要修改"}
    text = {"en": "Nothing was saved. See `errors`.", "zh": "尚未保存。请查看 errors。"}


class NotKnownYet(Unprocessable):
    """A foreign id that has not arrived here by event; trying again soon is right."""

    code = "not_known_yet"
    title = {"en": "Not known here yet", "zh": "此处尚未收到该记录"}
    text = {
        "en": "What is named has not arrived here yet. If it was created just now, try again.",
        "zh": "所指的记录尚未到达此处。如刚刚创建，请稍后重试。",
    }

    def __init__(self, what: str, id: Any) -> None:
        super().__init__(what=what, id=id, extra={"retryable": True}, headers={"Retry-After": "1"})


class PreconditionRequired(Problem):
    """An edit without If-Match."""

    status = 428
    code = "precondition_required"
    title = {"en": "If-Match is required", "zh": "需要 If-Match"}
    text = {
        "en": "Send the ETag you read as If-Match, so that no one's change is lost.",
        "zh": "请以 If-Match 发送读取到的 ETag，以免覆盖他人更改。",
    }


class TooMany(Problem):
    """A limit was reached; Retry-After tells when to come back, in seconds."""

    status = 429
    code = "too_many_requests"
    title = {"en": "Too many attempts", "zh": "请求过于频繁"}
    text = {"en": "Try again in {seconds} seconds.", "zh": "请在 {seconds} 秒后重试。"}

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds, headers={"Retry-After": str(seconds)})


class Overloaded(Problem):
    """Load is shed; nothing was done."""

    status = 503
    code = "overloaded"
    title = {"en": "Busy at the moment", "zh": "系统繁忙"}
    text = {
        "en": "Nothing was done. Try again in a moment.",
        "zh": "未执行任何操作。请稍后重试。",
    }

    def __init__(self, seconds: int = 1) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})


class DeadlineExceeded(Problem):
    """The work did not finish in time; a write may or may not be done (use Idempotency-Key)."""

    status = 504
    code = "deadline_exceeded"
    title = {"en": "This took too long", "zh": "处理超时"}
    text = {
        "en": "The work was stopped. Repeating with the same Idempotency-Key is safe.",
        "zh": "处理已停止。使用相同的 Idempotency-Key 重试是安全的。",
    }
