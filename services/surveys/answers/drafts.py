"""A draft as it is stored: sealed with its link, which no database holds.

Drafts are saved one by one, so their rows tell when; beside a log of who was there that would be
whose words they are. Sealed, they are nobody's to read but of whoever has the link.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import orjson
from joserfc import jwe
from joserfc.jwk import OctKey

_HEADER: Final = {"alg": "dir", "enc": "A256GCM"}


def seal(token: str, answers: Mapping[str, Any]) -> str:
    """The draft as only the link's holder can read it."""
    return jwe.encrypt_compact(_HEADER, orjson.dumps(answers), _key(token))


def unseal(token: str, draft: str | None) -> dict[str, Any]:
    """What was sealed with this link; nothing where nothing was kept."""
    if draft is None:
        return {}
    plain = jwe.decrypt_compact(draft, _key(token)).plaintext
    assert plain is not None
    answers: dict[str, Any] = orjson.loads(plain)
    return answers


def _key(token: str) -> OctKey:
    # Not the hash by which the link is found: that one is stored.
    return OctKey.import_key(hashlib.sha256(b"draft\0" + token.encode()).digest())
