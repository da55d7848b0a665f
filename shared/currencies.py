"""Currencies by ISO 4217: which codes there are, and how many minor units make a unit."""

from typing import Final

from iso4217 import Currency
from pydantic_core import PydanticCustomError

_DIGITS: Final = {
    currency.code: currency.exponent for currency in Currency if currency.exponent is not None
}
"""Of what has minor units: gold and the codes for tests have none."""


def minor_digits(currency: str) -> int:
    """Decimals of an amount in this currency: 2 of CNY, 0 of JPY, 3 of KWD.

    Raises `KeyError` for what `known_currency` refuses.
    """
    return _DIGITS[currency]


def known_currency(code: str) -> str:
    """The code of a currency one can pay in. Raises `PydanticCustomError` for any other."""
    if code not in _DIGITS:
        raise PydanticCustomError("not_a_currency", "The code of a currency such as CNY")
    return code
