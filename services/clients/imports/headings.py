"""From a sheet's headings to fields: by the words people use, in Chinese and English; pure."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from shared.text import normalise

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "legal_name": (
        "法定名称", "客户名称", "单位名称", "公司名称", "企业名称", "客户全称", "公司全称",
        "企业全称", "名称", "客户", "legal name", "name", "company", "company name", "client",
        "client name", "account", "account name", "customer", "customer name", "organisation",
        "organization",
    ),
    "short_name": ("简称", "客户简称", "公司简称", "企业简称", "short name", "abbreviation"),
    "number": ("编号", "客户编号", "客户编码", "客户号", "number", "client number", "no",
               "client no"),
    "aliases": ("别名", "曾用名", "其他名称", "aliases", "alias", "also known as", "former names"),
    "credit_code": (
        "统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "税号", "纳税人识别号",
        "credit code", "unified social credit code", "uscc", "tax id",
    ),
    "province": ("省份", "省", "所在省", "所属省份", "省市", "province", "state", "region"),
    "city": ("城市", "市", "所在城市", "所在市", "地市", "city", "town"),
    "industry": ("所属行业", "行业", "行业分类", "industry", "sector"),
    "main_products": ("主导产品", "主要产品", "主营产品", "产品", "main products", "products"),
    "employees": ("员工人数", "人数", "员工数", "职工人数", "企业规模", "employees", "headcount",
                  "number of employees", "staff"),
    "revenue": ("年营业额", "营业额", "年收入", "营业收入", "年产值", "年销售额", "revenue",
                "annual revenue", "yearly revenue", "turnover"),
    "website": ("网址", "网站", "官网", "公司网站", "website", "web", "url", "homepage"),
    "phone": ("电话", "公司电话", "固定电话", "座机", "联系电话", "总机", "phone", "telephone",
              "tel"),
    "email_domain": ("邮箱域名", "邮件域名", "email domain", "mail domain"),
    "source": ("来源", "客户来源", "线索来源", "source", "lead source"),
    "stage": ("阶段", "客户阶段", "生命周期", "客户状态", "stage", "lifecycle stage", "status"),
    "owner": ("客户经理", "负责人", "归属人", "跟进人", "销售", "owner", "client manager",
              "account manager", "account owner"),
    "tags": ("标签", "客户标签", "tags", "labels"),
    "strength": ("客户实力", "实力", "实力评分", "strength"),
    "likelihood": ("成交可能性", "成交可能", "签约可能性", "likelihood", "likelihood to sign"),
    "contract_total": ("累计合同额", "合同总额", "累计合同金额", "合同额", "contract total",
                       "total contract value", "contract value"),
    "first_contact_on": ("首次接触日期", "首次接触", "首次联系日期", "建档日期", "首次拜访日期",
                         "first contact", "first contact date", "first contact on"),
    "notes": ("备注", "说明", "描述", "notes", "note", "remarks", "remark", "comment", "comments"),
    "contact_name": ("联系人", "联系人姓名", "姓名", "主要联系人", "contact", "contact name",
                     "contact person", "person"),
    "contact_title": ("职务", "职位", "联系人职务", "title", "job title", "position"),
    "contact_department": ("部门", "联系人部门", "所在部门", "department"),
    "contact_mobile": ("手机", "手机号", "手机号码", "移动电话", "联系人手机", "mobile",
                       "mobile phone", "cell", "cell phone"),
    "contact_phone": ("联系人电话", "直线", "直线电话", "分机", "direct line", "contact phone"),
    "contact_email": ("邮箱", "电子邮箱", "邮件", "电子邮件", "联系人邮箱", "email", "e mail",
                      "mail", "email address", "contact email"),
    "contact_wechat": ("微信", "微信号", "联系人微信", "wechat", "wechat id"),
}  # fmt: skip
FIELDS: Final = tuple(WORDS)

_FIELD_OF: Final = {normalise(word): field for field, words in WORDS.items() for word in words}
_ASIDE: Final = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_SCALES: Final = (
    ("亿", Decimal(100_000_000)),
    ("千万", Decimal(10_000_000)),
    ("百万", Decimal(1_000_000)),
    ("million", Decimal(1_000_000)),
    ("万", Decimal(10_000)),
    ("千", Decimal(1_000)),
    ("thousand", Decimal(1_000)),
)
_CURRENCIES: Final = (
    ("美元", "USD"), ("usd", "USD"), ("$", "USD"), ("欧元", "EUR"), ("eur", "EUR"), ("€", "EUR"),
    ("港币", "HKD"), ("港元", "HKD"), ("hkd", "HKD"), ("日元", "JPY"), ("jpy", "JPY"),
    ("英镑", "GBP"), ("gbp", "GBP"), ("£", "GBP"),
)  # fmt: skip
HOME_CURRENCY: Final = "CNY"


def labelled(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings as a person can name them, each once: empty ones by letter, repeats numbered."""
    seen: dict[str, int] = {}
    labels = []
    for at, heading in enumerate(headings):
        label = " ".join(heading.split()) or f"({letter(at)})"
        seen[label] = seen.get(label, 0) + 1
        labels.append(label if seen[label] == 1 else f"{label} [{seen[label]}]")
    return tuple(labels)


def letter(column: int) -> str:
    """The column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def guess(headings: Sequence[str]) -> tuple[str | None, ...]:
    """The field of each heading, None where nothing fits; a field is given once, to the first."""
    taken: set[str] = set()
    fields: list[str | None] = []
    for heading in headings:
        field = _FIELD_OF.get(_plain(heading)) or _FIELD_OF.get(_plain(_ASIDE.sub("", heading)))
        if field in taken:
            field = None
        if field is not None:
            taken.add(field)
        fields.append(field)
    return tuple(fields)


def unit(heading: str) -> tuple[Decimal, str]:
    """The scale and currency a money heading states, as in 年营业额(万元); one yuan where none."""
    said = normalise(" ".join(_ASIDE.findall(heading)))
    scale = next((factor for word, factor in _SCALES if word in said), Decimal(1))
    currency = next((code for word, code in _CURRENCIES if word in said), HOME_CURRENCY)
    return scale, currency


def signature(headings: Sequence[str]) -> str:
    """What a saved mapping is found by: the set of headings, in whatever order."""
    names = sorted(_plain(heading) for heading in headings)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def apply_saved(headings: Sequence[str], saved: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """The fields of headings by a mapping saved for the same set."""
    return tuple(saved.get(heading) for heading in headings)


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[_\-:：*＊/]+", " ", normalise(heading)).split())
