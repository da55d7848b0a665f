"""Client lists of any length, invented: valid credit codes, Chinese names, one person each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = (
    "客户名称", "简称", "统一社会信用代码", "省份", "城市", "所属行业", "主导产品", "员工人数",
    "年营业额(万元)", "联系人", "职务", "手机", "电话", "邮箱", "网址", "首次接触日期",
    "客户实力(1-9)", "成交可能性(1-9)", "累计合同额(元)", "客户经理", "备注",
)  # fmt: skip
PLACES = (
    ("广东省", "深圳市"), ("广东省", "佛山市"), ("江苏省", "苏州市"), ("浙江省", "宁波市"),
    ("四川省", "成都市"), ("湖北省", "武汉市"), ("山东省", "青岛市"), ("上海市", "上海市"),
)  # fmt: skip
TRADES = (
    ("制造业", "精密制造"), ("能源", "新能源"), ("物流", "物流"), ("食品", "食品"),
    ("信息技术", "软件"), ("医药", "医药"), ("纺织", "纺织"), ("建筑", "建筑工程"),
)  # fmt: skip
CHARACTERS = "华信恒达鼎盛云帆瑞丰科远明德启天成金石润凯旋新锐青松嘉禾九州同创方圆博泰宏宇海川立诚"
FORMS = ("有限公司", "股份有限公司", "集团有限公司")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int) -> str:
    """The nth invented credit code, its check character right."""
    body = f"91{number:06d}MA{number % 10**7:07d}"
    total = sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return body + _ALPHABET[(31 - total % 31) % 31]


def rows(count: int, *, seed: int = 7, first: int = 0) -> Iterator[tuple[Any, ...]]:
    """As many rows; the same ones for the same seed."""
    dice = random.Random(seed)
    for number in range(first, first + count):
        province, city = dice.choice(PLACES)
        industry, trade = dice.choice(TRADES)
        brand = "".join(dice.choices(CHARACTERS, k=4))
        yield (
            f"{city[:2]}{brand}{trade}{dice.choice(FORMS)}",
            f"{brand}{trade}",
            credit_code(number),
            province,
            city,
            industry,
            "储能;光伏组件",
            dice.choice((35, 80, 260, 900, 3200)),
            dice.choice((800, 5200, 38000)),
            f"{dice.choice('陈杨马刘赵')}{dice.choice(CHARACTERS)}{dice.choice(CHARACTERS)}",
            dice.choice(("总经理", "财务总监", "流程经理")),
            f"139{number % 10**8:08d}",
            f"0755-{number % 10**8:08d}",
            f"c{number}@example-{number % 977}.com.cn",
            f"www.example-{number}.com.cn",
            f"20{dice.randint(10, 25)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
            dice.randint(1, 9),
            dice.randint(1, 9),
            dice.choice((0, 350000, 1200000.5)),
            dice.choice(("陈立", "林晓", "何君")),
            "",
        )


def write_xlsx(path: Path, count: int, *, seed: int = 7) -> Path:
    """A workbook of as many clients."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("客户")
    page.write_row(0, 0, HEADINGS)
    for at, row in enumerate(rows(count, seed=seed), 1):
        page.write_row(at, 0, row)
    book.close()
    return path
