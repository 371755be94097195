"""The number of a provider (NPI): ten digits, the last of them a check on the rest.

The check is Luhn's, over the number with 80840 before it. Ask here: `sound`, `with_check`.
"""

from __future__ import annotations

from typing import Final

_PREFIX: Final = 24  # what 80840 adds to every sum
_TWICE: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def with_check(nine: str) -> str:
    """Nine digits and the tenth that goes with them."""
    total = _PREFIX + sum(_TWICE[int(one)] for one in nine[::2]) + sum(int(one) for one in nine[1::2])
    return nine + str(-total % 10)


def sound(number: str) -> bool:
    """Ten digits whose check holds?"""
    return len(number) == 10 and number.isascii() and number.isdigit() and with_check(number[:9]) == number
