"""People of an empty instance, brought in the way people come in: by invitation."""

from __future__ import annotations

import re
import time
from typing import Any, Final, Protocol

import httpx

from tests.support.instances import Instance
from tests.support.plain import WITHOUT_TLS

PASSWORD: Final = "a long enough pass phrase 47"
_LINK: Final = re.compile(r"/invitations/([\w-]{20,})")


class Reachable(Protocol):
    """What answers at an address."""

    @property
    def address(self) -> str:
        """Where it answers."""


class Person:
    """Somebody signed in, calling the door."""

    def __init__(
        self, instance: Reachable, email: str, password: str = PASSWORD, **key: str
    ) -> None:
        """By password, or by an API key's `client_id` and `client_secret`."""
        self.instance = instance
        self.email = email
        # The door lets go of a connection that rests for five seconds.
        limits = httpx.Limits(keepalive_expiry=2)
        address = f"{instance.address}/api/v1"
        self.client = httpx.Client(base_url=address, timeout=30, limits=limits, verify=WITHOUT_TLS)
        self._form = {"grant_type": "password", "username": email, "password": password}
        if key:
            self._form = {"grant_type": "client_credentials", **key}
        self.sign_in()
        user = self.get("/me")["user"]
        self.id: str = user["id"]
        self.name: str = user["name"]

    def sign_in(self) -> None:
        """Begin a session: a token is good for a quarter of an hour."""
        token = self.client.post("/auth/token", data=self._form).raise_for_status().json()
        self.headers = {"Authorization": f"Bearer {token['access_token']}"}
        self.client.headers.update(self.headers)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON of a GET that succeeds."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def post(self, path: str, body: Any = None) -> Any:
        """The JSON of a POST that succeeds; what others do not know yet is tried again."""
        deadline = time.monotonic() + 20
        while True:
            answer = self.client.post(path, json=body)
            if answer.status_code < 300:
                return answer.json()
            unknown = answer.json().get("code") == "not_known_yet"
            assert unknown and time.monotonic() < deadline, (path, answer.text)
            time.sleep(0.2)

    def patch(self, path: str, **changes: Any) -> Any:
        """The JSON of a PATCH of what is there now."""
        match = {"If-Match": f'"{self.get(path)["version"]}"'}
        answer = self.client.patch(path, json=changes, headers=match)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def until(self, path: str, **query: Any) -> Any:
        """The items of a list, once there are any."""
        deadline = time.monotonic() + 30
        while not (items := self.get(path, **query)["items"]):
            assert time.monotonic() < deadline, f"nothing at {path}"
            time.sleep(0.1)
        return items

    def bring_in(self, email: str, name: str, **fields: Any) -> Person:
        """Enter a person, who accepts the invitation and signs in."""
        self.post("/users", {"email": email, "name": name, **fields})
        mails = self.until("/dev/mail", to=email)
        return accept(self.instance, mails[0]["text"], email)


def first_administrator(instance: Instance) -> Person:
    """Whoever follows the link that an empty instance prints."""
    line = next(line for line in instance.lines if _LINK.search(line))
    return accept(instance, line, "admin@firm.example")


def accept(instance: Reachable, text: str, email: str) -> Person:
    """Follow the link in a text."""
    found = _LINK.search(text)
    assert found is not None, text
    body = {"token": found[1], "password": PASSWORD}
    address = f"{instance.address}/api/v1/auth/invitations/accept"
    assert httpx.post(address, json=body, timeout=30).status_code == 201
    return Person(instance, email)
