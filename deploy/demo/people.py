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

    @property
    def organisation(self) -> str:
        """What the table of sign-ins shows."""
        return self.client or FIRM


PEOPLE: Final = (
    Person("admin@firm.example", "沈立", "管理员 administrator", ("admin",)),
    Person("partner@firm.example", "顾明远", "合伙人 partner", ("partner",)),
    Person("manager@firm.example", "林晓", "客户经理 client manager", ("client_manager",)),
    Person("lead@firm.example", "陈立", "顾问方项目经理 consulting PM", ("consulting_pm",)),
    Person("consultant@firm.example", "许诺", "顾问 consultant", ("consultant",)),
    Person("bystander@firm.example", "何川", "顾问（不在项目上） consultant", ("consultant",)),
    Person("agent@firm.example", "孙悦", "客服专员 service agent", ("agent",)),
    Person("agent2@firm.example", "马骁", "客服专员（被投诉） service agent", ("agent",)),
    Person("ceo@huaxin.example", "王建平", "企业高层 executive", client=HUAXIN),
    Person("pm@huaxin.example", "李慧", "客户方项目经理 client PM", client=HUAXIN),
    Person("core@huaxin.example", "张弛", "核心小组 core member", client=HUAXIN),
    Person("peripheral@huaxin.example", "刘敏", "外围小组 peripheral member", client=HUAXIN),
    Person("it@huaxin.example", "赵鹏", "信息部 other engagement", client=HUAXIN),
    Person("left@huaxin.example", "周正", "已离开 membership ended", client=HUAXIN, left=True),
    Person("pm@hengda.example", "郑浩然", "客户方项目经理 client PM", client=HENGDA),
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
