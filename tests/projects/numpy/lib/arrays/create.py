"""How arrays come to be."""

import numpy as np


def thirds() -> None:
    """Two decimals are shown, as the hook says.

    >>> thirds()
    [0.   0.33 0.67 1.  ]
    """
    print(np.linspace(0, 1, 4))


def ones() -> None:
    """A shape makes an array.

    >>> ones()
    [[1. 1.]
     [1. 1.]]
    """
    print(np.ones((2, 2)))
