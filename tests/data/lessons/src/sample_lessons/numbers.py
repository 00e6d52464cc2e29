"""Numbers and what becomes of them."""

import math

FACTOR = 2


def double(x: float) -> float:
    """Double a number."""
    return FACTOR * x


def print_number() -> None:
    """print shows a number.

    >>> print_number()
    3
    """
    # why: <nothing> & "quotes"
    print(3)


def use_import() -> None:
    """An import stands above the code.

    >>> use_import()
    3
    """
    print(math.floor(math.pi))


def use_helper() -> None:
    """Helpers stand above the code.

    >>> use_helper()
    6.283185307179586
    """
    print(double(math.pi))


def use_helper_again() -> None:
    """What the page has shown is folded.

    >>> use_helper_again()
    5.43656365691809
    """
    print(double(math.e))


def divide_by_zero() -> None:
    """A mistake people really make.

    >>> divide_by_zero()
    before
    <BLANKLINE>
    <after>
    Traceback (most recent call last):
        ...
    ZeroDivisionError: division by zero
    """
    print("before\n\n<after>")
    print(1 / 0)
