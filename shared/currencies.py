"""Currencies by ISO 4217: which codes there are, and how many minor units make a unit."""

from typing import Final

from iso4217 import Currency

_DIGITS: Final = {
    currency.code: currency.exponent for currency in Currency if currency.exponent is not None
}
"""Of what has minor units: gold and the codes for tests have none."""


def minor_digits(currency: str) -> int:
    """Decimals of an amount in this currency: 2 of CNY, 0 of JPY, 3 of KWD.

    2 of a code that is none: amounts were stored before codes were judged.
    """
    return _DIGITS.get(currency, 2)


def is_currency(code: str) -> bool:
    """Whether it is the code of a currency one can pay in."""
    return code in _DIGITS
