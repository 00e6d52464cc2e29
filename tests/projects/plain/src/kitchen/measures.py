"""Spoons and cups."""

import random
from fractions import Fraction

SPOONS_OF_A_CUP = 16


def cups(spoons: int) -> Fraction:
    """Convert spoons to cups."""
    return Fraction(spoons, SPOONS_OF_A_CUP)


def half_a_cup() -> None:
    """Fractions stay exact.

    >>> half_a_cup()
    1/2
    """
    print(cups(8))


def pick_a_spice() -> None:
    """A seed makes chance repeatable.

    >>> pick_a_spice()
    salt
    """
    random.seed(1)
    print(random.choice(["salt", "pepper", "thyme"]))


def no_such_cup() -> None:
    """Words are no numbers.

    >>> no_such_cup()
    Traceback (most recent call last):
    TypeError: both arguments should be Rational instances
    """
    print(cups("eight"))  # type: ignore[arg-type]
