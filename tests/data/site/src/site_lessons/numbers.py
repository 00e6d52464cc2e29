"""Numbers; whoever imports this lesson to build its page makes the build fail."""

import math

import torch

raise SystemExit("pages are built without running a lesson")

FACTOR = 2


def double(x: float) -> float:
    """Double a number."""
    return FACTOR * x


def use_helper() -> None:
    """Helpers stand above the code.

    >>> use_helper()
    6.283185307179586 <&>
    """
    print(double(math.pi), "<&>")  # "why"


def use_helper_again() -> None:
    """What the page has shown is folded.

    >>> use_helper_again()
    tensor(2)
    """
    print(torch.tensor(double(1)))


def fail() -> None:
    """A mistake people really make.

    >>> fail()
    before
    Traceback (most recent call last):
        ...
    ZeroDivisionError: division by zero
    """
    print("before")
    print(1 / 0)


def use_helper_later() -> None:
    """All is folded but the body.

    >>> use_helper_later()
    5.43656365691809
    """
    print(double(math.e))
