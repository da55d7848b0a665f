"""From a cell's text to a value, or to the reason why it is none; pure."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from services.clients.contacts.rules import clean_phone, mobile_is_valid
from services.clients.imports.headings import HOME_CURRENCY
from services.clients.registry.rules import (
    Stage,
    clean_credit_code,
    credit_code_is_valid,
    is_domain,
    is_web_address,
)
from shared.currencies import is_currency, minor_digits
from shared.inputs import MOST_LINE, MOST_MINOR, MOST_TEXT, without_hidden

_BIGGEST: Final = 2**63 - 1
MOST_LISTED: Final = 50
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2200

_HAN_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff（）()])\s+(?=[\u3400-\u9fff（）()])")
_CODE: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_DATE: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
_PARTS: Final = re.compile(r"[;；,，、|\n]+")
_AMOUNT: Final = re.compile(
    r"([^\d.,+-]*)([+-]?[\d,，]*\.?\d+)\s*(亿|千万|百万|万|千)?\s*(\S{0,4})"
)
_SCALES: Final = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_PHONE: Final = re.compile(r"[\d\s()（）+转x\-–,;/、.]{5,60}", re.IGNORECASE)
_EMAIL: Final = re.compile(
    r"[^\s@<>()\[\]\\,;:\"]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}"
)
_STAGES: Final = {
    "潜在客户": Stage.PROSPECT, "潜在": Stage.PROSPECT, "线索": Stage.PROSPECT,
    "已确认": Stage.QUALIFIED, "合格客户": Stage.QUALIFIED,
    "意向客户": Stage.QUALIFIED, "意向": Stage.QUALIFIED,
    "洽谈中": Stage.NEGOTIATING, "洽谈": Stage.NEGOTIATING, "谈判": Stage.NEGOTIATING,
    "合作中": Stage.ACTIVE, "合作客户": Stage.ACTIVE, "签约": Stage.ACTIVE, "成交": Stage.ACTIVE,
    "休眠": Stage.DORMANT, "休眠客户": Stage.DORMANT,
    "已结束": Stage.FORMER, "历史客户": Stage.FORMER,
    "流失": Stage.FORMER, "流失客户": Stage.FORMER,
    "不合格": Stage.DISQUALIFIED, "无效": Stage.DISQUALIFIED,
}  # fmt: skip


class BadCell(Exception):
    """The cell holds no value of its field: the reason's code and what its sentence needs."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def seen(cell: str) -> str:
    """The cell without the marks nobody sees, which spreadsheets and address books leave behind."""
    return without_hidden(cell).strip()


def line(cell: str) -> str:
    """One line of text, as it stands: what looks like a formula is text like any other."""
    return _bounded(" ".join(cell.split()), MOST_LINE)


def name(cell: str) -> str:
    """The name of an organisation; a gap between Chinese characters is a slip of the keyboard."""
    return _HAN_GAP.sub("", line(cell))


def text(cell: str) -> str:
    """Text of several lines, as it stands."""
    return _bounded(cell.strip(), MOST_TEXT)


def words(cell: str) -> list[str]:
    """Several words in one cell, parted by semicolons, commas or 、."""
    parts = [part.strip() for part in _PARTS.split(cell) if part.strip()]
    if len(parts) > MOST_LISTED:
        raise BadCell("too_many", most=MOST_LISTED)
    return [_bounded(part, MOST_LINE) for part in dict.fromkeys(parts)]


def credit_code(cell: str) -> str:
    """A unified social credit code with the right check character."""
    code = clean_credit_code(cell)
    if not _CODE.fullmatch(code):
        raise BadCell("bad_credit_code")
    if not credit_code_is_valid(code):
        raise BadCell("bad_check_character")
    return code


def mobile(cell: str) -> str:
    """A mobile number, digits only."""
    if not mobile_is_valid(cell):
        raise BadCell("bad_mobile")
    return clean_phone(cell)


def phone(cell: str) -> str:
    """A telephone number as it is written."""
    if not _PHONE.fullmatch(cell) or len(re.sub(r"\D", "", cell)) < 5:
        raise BadCell("bad_phone")
    return _bounded(cell, MOST_LINE)


def email(cell: str) -> str:
    """A mail address."""
    if len(cell) > 254 or not _EMAIL.fullmatch(cell):
        raise BadCell("bad_email")
    return cell


def website(cell: str) -> str:
    """A web address, as it is written."""
    if not is_web_address(cell):
        raise BadCell("bad_website")
    return _bounded(cell, MOST_LINE)


def domain(cell: str) -> str:
    """What stands behind the @ of the client's mail addresses."""
    if not is_domain(cell):
        raise BadCell("bad_domain")
    return _bounded(cell, MOST_LINE)


def day(cell: str) -> str:
    """A date as 2026-11-23, exactly the day that is written: no time zone ever moves it."""
    found = _DATE.fullmatch(cell) or _COMPACT_DATE.fullmatch(cell)
    if found is None:
        raise BadCell("not_a_date")
    year, month, number = (int(part) for part in found.groups())
    try:
        moment = date(year, month, number)
    except ValueError as error:
        raise BadCell("impossible_date") from error
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BadCell("year_out_of_range", least=EARLIEST_YEAR, most=LATEST_YEAR)
    return moment.isoformat()


def score(cell: str) -> int:
    """A judgement on the scale of 1 to 9."""
    number = whole(cell)
    if not 1 <= number <= 9:
        raise BadCell("out_of_range", least=1, most=9)
    return number


def headcount(cell: str) -> int:
    """How many people work there."""
    number = whole(re.sub(r"[人名]$", "", cell))
    if not 0 <= number <= 10_000_000:
        raise BadCell("out_of_range", least=0, most=10_000_000)
    return number


def whole(cell: str) -> int:
    """A whole number."""
    try:
        number = Decimal(re.sub(r"[,，\s]", "", cell))
    except InvalidOperation as error:
        raise BadCell("not_a_number") from error
    if not number.is_finite() or number != number.to_integral_value() or abs(number) > _BIGGEST:
        raise BadCell("not_a_number")
    return int(number)


def stage(cell: str) -> str:
    """A stage of the lifecycle, by its code or its Chinese word."""
    known = _STAGES.get(cell)
    if known is None and cell.lower() in set(Stage):
        known = Stage(cell.lower())
    if known is None:
        raise BadCell("unknown_stage")
    return str(known)


def amount(cell: str, scale: Decimal, currency: str) -> tuple[int, str]:
    """Minor units and currency of an amount, exactly: 350 of 万元 is 350000000 分.

    The heading says scale and currency; a cell such as 5.2亿 may say its own scale, and 1200 USD
    its own currency, unless nobody can tell whether a heading's 万 is meant for it too.
    """
    found = _AMOUNT.fullmatch(cell)
    if found is None or found[1].strip(" ¥￥"):
        raise BadCell("not_an_amount")
    own = _SCALES.get(found[3] or "")
    if found[4] not in {"", "元", "人民币"}:
        currency = _currency(found[4])
        if scale != 1 and not own:
            raise BadCell("not_an_amount")
    digits = Decimal(re.sub(r"[,，]", "", found[2]))
    minor = (digits * (Decimal(own) if own else scale)).scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise BadCell("too_precise")
    if not 0 <= minor <= MOST_MINOR:
        raise BadCell("out_of_range", least=0, most=MOST_MINOR // 100)
    return int(minor), currency


def _currency(code: str) -> str:
    if not is_currency(code.upper()):
        raise BadCell("not_an_amount")
    return code.upper()


def _bounded(value: str, most: int) -> str:
    if _UNSTORABLE.search(value):
        raise BadCell("unstorable_text")
    if len(value) > most:
        raise BadCell("too_long", most=most)
    return value


PLAIN: Final[dict[str, Callable[[str], Any]]] = {
    "legal_name": name,
    "short_name": line,
    "number": line,
    "aliases": words,
    "credit_code": credit_code,
    "province": line,
    "city": line,
    "industry": line,
    "main_products": words,
    "employees": headcount,
    "website": website,
    "phone": phone,
    "email_domain": domain,
    "source": line,
    "stage": stage,
    "owner": line,
    "tags": words,
    "strength": score,
    "likelihood": score,
    "first_contact_on": day,
    "notes": text,
    "contact_name": line,
    "contact_title": line,
    "contact_department": line,
    "contact_mobile": mobile,
    "contact_phone": phone,
    "contact_email": email,
    "contact_wechat": line,
}
"""How each field reads its cell; money is read with its heading's unit."""
MONEY: Final = ("revenue", "contract_total")
__all__ = ["HOME_CURRENCY", "MONEY", "PLAIN", "BadCell", "amount", "seen"]
