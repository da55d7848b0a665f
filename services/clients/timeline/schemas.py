"""What crosses HTTP of what is told, about a client and about an import of clients."""

from pydantic import BaseModel


class Sentence(BaseModel):
    """A sentence by language."""

    en: str
    zh: str
