"""What an exported row looks like; headings are those that an import understands again; pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from services.clients.registry.rules import Stage
from shared.currencies import minor_digits

HOME_CURRENCY: Final = "CNY"
HEADINGS: Final[dict[str, dict[str, str]]] = {
    "number": {"en": "Number", "zh": "客户编号"},
    "legal_name": {"en": "Legal name", "zh": "客户名称"},
    "short_name": {"en": "Short name", "zh": "简称"},
    "aliases": {"en": "Also known as", "zh": "别名"},
    "credit_code": {"en": "Credit code", "zh": "统一社会信用代码"},
    "province": {"en": "Province", "zh": "省份"},
    "city": {"en": "City", "zh": "城市"},
    "industry": {"en": "Industry", "zh": "所属行业"},
    "main_products": {"en": "Main products", "zh": "主导产品"},
    "employees": {"en": "Employees", "zh": "员工人数"},
    "revenue": {"en": "Revenue (CNY)", "zh": "年营业额(元)"},
    "website": {"en": "Website", "zh": "网址"},
    "phone": {"en": "Phone", "zh": "电话"},
    "email_domain": {"en": "Email domain", "zh": "邮箱域名"},
    "source": {"en": "Source", "zh": "来源"},
    "stage": {"en": "Stage", "zh": "客户阶段"},
    "owner": {"en": "Owner", "zh": "客户经理"},
    "tags": {"en": "Tags", "zh": "标签"},
    "strength": {"en": "Strength (1-9)", "zh": "客户实力(1-9)"},
    "likelihood": {"en": "Likelihood (1-9)", "zh": "成交可能性(1-9)"},
    "contract_total": {"en": "Contract total (CNY)", "zh": "累计合同额(元)"},
    "first_contact_on": {"en": "First contact date", "zh": "首次接触日期"},
    "last_contact_at": {"en": "Last contact (UTC)", "zh": "最近联络时间(UTC)"},
    "open_cases": {"en": "Open cases", "zh": "未结工单"},
    "contacts_count": {"en": "Contact persons", "zh": "联系人数"},
    "created_at": {"en": "Created (UTC)", "zh": "建档时间(UTC)"},
    "updated_at": {"en": "Updated (UTC)", "zh": "更新时间(UTC)"},
}
_LISTS: Final = frozenset({"aliases", "main_products", "tags"})
_MONEY: Final = frozenset({"revenue", "contract_total"})


class Format(StrEnum):
    """The kinds of files."""

    CSV = "csv"
    XLSX = "xlsx"


def columns(asked: str | None) -> tuple[str, ...]:
    """The exported columns: those of `fields=` that a file can hold, in their order, else all."""
    if asked is None:
        return tuple(HEADINGS)
    return tuple(name for name in asked.split(",") if name in HEADINGS) or tuple(HEADINGS)


def headings(names: Sequence[str], language: str) -> list[str]:
    """The columns' headings."""
    return [HEADINGS[name][language] for name in names]


def cells(item: Mapping[str, Any], names: Sequence[str], language: str) -> list[Any]:
    """A listed client as cells: amounts in units, exactly; dates as dates."""
    return [_cell(name, item, language) for name in names]


def _cell(name: str, item: Mapping[str, Any], language: str) -> Any:
    value = item["owner_name" if name == "owner" else name]
    if value is None:
        return None
    if name in _LISTS:
        value = ";".join(value)
    elif name in _MONEY:
        value = _amount(value)
    elif name == "first_contact_on":
        value = date.fromisoformat(value)
    elif name == "stage":
        value = Stage(value).called(language)
    return value


def _amount(money: Mapping[str, Any]) -> Any:
    currency = money["currency"]
    amount = Decimal(money["amount_minor"]).scaleb(-minor_digits(currency))
    return amount if currency == HOME_CURRENCY else f"{amount} {currency}"
