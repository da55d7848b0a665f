"""Who can sign in to a demonstration; `data/people.csv` adds everybody else with an account."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from deploy.demo.reading import table

PASSWORD: Final = "rapport-demo"
FIRM: Final = "firm"
HUAXIN: Final = "华信装备制造股份有限公司"
HENGDA: Final = "恒达物流集团有限公司"


@dataclass(frozen=True)
class Person:
    """One account: firm-side with roles, or client-side with a client."""

    email: str
    name: str
    title: str
    roles: tuple[str, ...] = ()
    client: str | None = None
    left: bool = False
    language: str = "zh"
    sign_in: str = ""
    """What the person may stand for at the sign-in, in English: people of the table have one."""

    @property
    def organisation(self) -> str:
        """What the table of sign-ins shows."""
        return self.client or FIRM


PEOPLE: Final = (
    Person("admin@firm.example", "沈立", "系统管理员", ("admin",), sign_in="administrator"),
    Person("partner@firm.example", "顾明远", "合伙人", ("partner",), sign_in="partner"),
    Person(
        "manager@firm.example", "林晓", "客户经理", ("client_manager",), sign_in="client manager"
    ),
    Person("lead@firm.example", "陈立", "高级经理", ("consulting_pm",), sign_in="consulting PM"),
    Person("consultant@firm.example", "许诺", "顾问", ("consultant",), sign_in="consultant"),
    Person(
        "bystander@firm.example",
        "何川",
        "顾问",
        ("consultant",),
        sign_in="consultant on no engagement",
    ),
    Person("agent@firm.example", "孙悦", "客服专员", ("agent",), sign_in="service agent"),
    Person(
        "agent2@firm.example",
        "马骁",
        "客服专员",
        ("agent",),
        sign_in="service agent, a complaint is about them",
    ),
    Person("ceo@huaxin.example", "王建平", "总经理", client=HUAXIN, sign_in="executive"),
    Person("pm@huaxin.example", "李慧", "运营总监", client=HUAXIN, sign_in="client PM"),
    Person("core@huaxin.example", "张弛", "生产计划部经理", client=HUAXIN, sign_in="core member"),
    Person(
        "peripheral@huaxin.example", "刘敏", "计划员", client=HUAXIN, sign_in="peripheral member"
    ),
    Person(
        "it@huaxin.example",
        "赵鹏",
        "信息部经理",
        client=HUAXIN,
        sign_in="another engagement of the same client",
    ),
    Person(
        "left@huaxin.example",
        "周正",
        "原采购部经理",
        client=HUAXIN,
        left=True,
        sign_in="membership ended",
    ),
    Person(
        "pm@hengda.example",
        "郑浩然",
        "流程与信息部总经理",
        client=HENGDA,
        sign_in="client PM of another client",
    ),
)
"""The sign-ins that are printed at the start."""


def handle(email: str) -> str:
    """How the data files name a person: `manager`, `pm@huaxin`."""
    return email.removesuffix(".example").removesuffix("@firm")


def address(name: str) -> str:
    """The address of whom the data files name so."""
    return f"{name}.example" if "@" in name else f"{name}@firm.example"


@cache
def everybody() -> tuple[Person, ...]:
    """All accounts: the sign-ins, and the colleagues around them."""
    rows = table("people")
    return PEOPLE + tuple(
        Person(
            row["email"],
            row["name"],
            row["title"],
            tuple(row["roles"].split()),
            row["client"] or None,
            language=row["language"],
        )
        for row in rows
    )
