"""Why a row, or an import as a whole, has a problem, in both languages; pure."""

from collections.abc import Mapping
from typing import Any, Final

from shared.errors import Problem

ERROR: Final = "error"
WARNING: Final = "warning"

TEXTS: Final[dict[str, dict[str, str]]] = {
    "no_name_column": {
        "en": "No column holds the client's name. Map one to the legal name.",
        "zh": "没有客户名称列，请将一列对应到法定名称。",
    },
    "only_known": {
        "en": "No column holds the client's name: rows can only update clients known by their key.",
        "zh": "没有客户名称列：只能按识别依据更新已有客户。",
    },
    "missing_name": {"en": "The client's name is missing.", "zh": "缺少客户名称。"},
    "bad_credit_code": {
        "en": "A credit code has 18 digits and capital letters (no I, O, S, V, Z).",
        "zh": "统一社会信用代码应为 18 位数字和大写字母（不含 I、O、S、V、Z）。",
    },
    "bad_check_character": {
        "en": "The credit code's last character does not fit the others: a digit is wrong.",
        "zh": "统一社会信用代码校验位不符，其中有字符错误。",
    },
    "bad_mobile": {
        "en": "A mobile number has 11 digits, or starts with + and the country code.",
        "zh": "手机号码应为 11 位，或以 + 和国家代码开头。",
    },
    "bad_phone": {"en": "This is no telephone number.", "zh": "不是有效的电话号码。"},
    "bad_email": {"en": "This is no mail address.", "zh": "不是有效的邮箱地址。"},
    "bad_website": {
        "en": "This is no web address; write it like www.example.com.",
        "zh": "不是有效的网址，请写成 www.example.com。",
    },
    "bad_domain": {
        "en": "This is no domain; write it like example.com.",
        "zh": "不是有效的域名，请写成 example.com。",
    },
    "not_a_date": {
        "en": "This is no date; write it like 2026-11-23.",
        "zh": "不是日期，请写成 2026-11-23。",
    },
    "impossible_date": {"en": "This day does not exist.", "zh": "该日期不存在。"},
    "year_out_of_range": {
        "en": "Give a year from {least} to {most}.",
        "zh": "年份须在 {least} 至 {most} 之间。",
    },
    "out_of_range": {
        "en": "Give a number from {least:,} to {most:,}.",
        "zh": "请填写 {least:,} 到 {most:,} 之间的数字。",
    },
    "not_a_number": {"en": "This is no whole number.", "zh": "不是整数。"},
    "not_an_amount": {"en": "This is no amount of money.", "zh": "不是有效的金额。"},
    "too_precise": {
        "en": "The amount has more decimals than its currency.",
        "zh": "金额的小数位数超过币种允许的位数。",
    },
    "unknown_stage": {"en": "No stage has this name.", "zh": "没有此客户阶段。"},
    "too_long": {"en": "More than {most} characters.", "zh": "超过 {most} 个字符。"},
    "too_many": {"en": "More than {most} words.", "zh": "超过 {most} 项。"},
    "unstorable_text": {
        "en": "The cell holds characters that are no text.",
        "zh": "单元格含有非文本字符。",
    },
    "person_without_name": {
        "en": "The person has no name and is left out.",
        "zh": "联系人没有姓名，将不导入该联系人。",
    },
    "same_organisation": {
        "en": "The same organisation as row {other}: same credit code.",
        "zh": "与第 {other} 行为同一组织：统一社会信用代码相同。",
    },
    "same_number": {
        "en": "The same client number as row {other}.",
        "zh": "与第 {other} 行客户编号相同。",
    },
    "same_name": {
        "en": "The same name as row {other}, and a credit code is missing.",
        "zh": "与第 {other} 行名称相同，且缺少统一社会信用代码。",
    },
    "similar_name": {
        "en": "Named much like row {other}, and a credit code is missing.",
        "zh": "与第 {other} 行名称相似，且缺少统一社会信用代码。",
    },
    "same_name_other_code": {
        "en": "Named like row {other}; another credit code, so another organisation.",
        "zh": "与第 {other} 行同名或近名，但统一社会信用代码不同，视为不同组织。",
    },
    "known_client": {
        "en": "In the registry already: {other}.",
        "zh": "客户库中已有：{other}。",
    },
    "same_name_client": {
        "en": "The same name as {other} of the registry, and a credit code is missing.",
        "zh": "与客户库中 {other} 名称相同，且缺少统一社会信用代码。",
    },
    "similar_client": {
        "en": "Named much like {other} of the registry, and a credit code is missing.",
        "zh": "与客户库中 {other} 名称相似，且缺少统一社会信用代码。",
    },
    "shares_domain": {
        "en": "The same web or mail domain as {other} of the registry.",
        "zh": "与客户库中 {other} 的网址或邮箱域名相同。",
    },
    "shares_phone": {
        "en": "The same telephone as {other} of the registry.",
        "zh": "与客户库中 {other} 的电话相同。",
    },
    "client_other_code": {
        "en": "Named like {other} of the registry; another credit code, so another organisation.",
        "zh": "与客户库中 {other} 同名或近名，但统一社会信用代码不同，视为不同组织。",
    },
    "ambiguous_key": {
        "en": "Several clients match; nothing was changed.",
        "zh": "匹配到多个客户，未做更改。",
    },
    "code_of_another": {
        "en": "{other} has the credit code of this row; nothing was changed.",
        "zh": "本行的统一社会信用代码属于 {other}，未做更改。",
    },
    "no_match": {
        "en": "No client matches; nothing was changed.",
        "zh": "没有匹配的客户，未做更改。",
    },
    "taken_meanwhile": {
        "en": "Somebody registered this organisation meanwhile.",
        "zh": "导入期间他人已登记此组织。",
    },
    "kept_as_edited": {
        "en": "{other} was edited or used after the import and stays as it is.",
        "zh": "{other} 在导入后被修改或使用，保持不变。",
    },
}
WARNINGS: Final = frozenset(
    {
        "person_without_name", "same_name_other_code", "known_client", "client_other_code",
        "no_match", "kept_as_edited", "only_known",
    }
)  # fmt: skip
"""Codes that keep no row out by themselves; every other one does, or until a person decides."""


def severity(code: str) -> str:
    """`error` when the row stays out (a similar one: unless told otherwise), else `warning`."""
    return WARNING if code in WARNINGS else ERROR


def sentence(code: str, params: Mapping[str, Any]) -> dict[str, str]:
    """The reason by language."""
    return {language: text.format(**params) for language, text in TEXTS[code].items()}


def in_both(problem: Problem) -> dict[str, Any]:
    """A problem as documents by language: whoever reads of it later is not who was told."""
    return {language: problem.document(language, "") for language in ("en", "zh")}
