"""Creating tensors: from data, filled, and evenly spaced."""

import numpy as np
import torch


def from_number() -> None:
    """A number becomes a tensor without dimensions; its kind sets the dtype.

    >>> from_number()
    tensor(10) torch.int64
    tensor(2.5000) torch.float32
    tensor(True) torch.bool
    """
    for value in (10, 2.5, True):
        scalar = torch.tensor(value)
        print(scalar, scalar.dtype)


def from_nested_list() -> None:
    """Nested lists become a tensor; the dtype follows the elements.

    >>> from_nested_list()
    tensor([[10., 20., 30.],
            [40., 50., 60.]])
    """
    data = torch.tensor([[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]])
    print(data)


def count_dimensions() -> None:
    """Each level of nesting is one dimension more.

    >>> count_dimensions()
    0 torch.Size([])
    1 torch.Size([3])
    2 torch.Size([2, 3])
    3 torch.Size([4, 2, 3])
    4 torch.Size([2, 4, 2, 3])
    """
    vector = [1, 2, 3]
    matrix = [vector, vector]
    cube = [matrix, matrix, matrix, matrix]
    stack_of_cubes = [cube, cube]
    for data in (7, vector, matrix, cube, stack_of_cubes):
        nested = torch.tensor(data)
        print(nested.ndim, nested.shape)


def from_array() -> None:
    """A NumPy array keeps its dtype, unless you ask for another one.

    >>> from_array()
    tensor([1.5000, 2.5000], dtype=torch.float64)
    tensor([1.5000, 2.5000])
    tensor([1.5000, 2.5000])
    """
    array = np.array([1.5, 2.5])
    print(torch.tensor(array))
    print(torch.tensor(array.astype(np.float32)))
    print(torch.tensor(array, dtype=torch.float32))


def ragged_list() -> None:
    """Rows of different lengths are refused.

    >>> ragged_list()
    Traceback (most recent call last):
        ...
    ValueError: expected sequence of length 3 at dim 1 (got 2)
    """
    scores = torch.tensor([[90, 85, 70], [60, 95]])
    print(scores)


def zeros_ones_eye() -> None:
    """Zeros, ones and the identity matrix: float32 unless you say otherwise.

    >>> zeros_ones_eye()
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    tensor([[1, 1, 1],
            [1, 1, 1]])
    tensor([[1., 0., 0.],
            [0., 1., 0.],
            [0., 0., 1.]])
    """
    print(torch.zeros(2, 3))
    print(torch.ones((2, 3), dtype=torch.int64))
    print(torch.eye(3))


def fill_with_value() -> None:
    """full takes its dtype from the value: an int fills with int64.

    >>> fill_with_value()
    torch.int64
    tensor([[7, 7, 7],
            [7, 7, 7]])
    torch.float32
    tensor([[7., 7., 7.],
            [7., 7., 7.]])
    """
    for value in (7, 7.0):
        filled = torch.full((2, 3), value)
        print(filled.dtype)
        print(filled)


def filled_like() -> None:
    """The _like functions copy shape and dtype from another tensor.

    >>> filled_like()
    tensor([[0, 0, 0],
            [0, 0, 0]])
    tensor([[True, True, True],
            [True, True, True]])
    """
    sevens = torch.full((2, 3), 7)
    print(torch.zeros_like(sevens))
    print(torch.ones_like(sevens, dtype=torch.bool))


def full_like_truncates() -> None:
    """full_like of an integer tensor cuts off the fraction, silently.

    >>> full_like_truncates()
    tensor([20, 20, 20])
    tensor([20.7000, 20.7000, 20.7000])
    """
    counts = torch.full((3,), 10)
    print(torch.full_like(counts, 20.7))
    print(torch.full_like(counts, 20.7, dtype=torch.float32))


def half_open_range() -> None:
    """arange includes its start and leaves out its end, like range.

    >>> half_open_range()
    tensor([0, 1, 2, 3, 4])
    tensor([0, 2, 4, 6, 8])
    tensor([5, 4, 3, 2, 1])
    tensor([0.0000, 0.2500, 0.5000, 0.7500])
    """
    print(torch.arange(5))
    print(torch.arange(0, 10, 2))
    print(torch.arange(5, 0, -1))
    print(torch.arange(0, 1, 0.25))


def both_ends() -> None:
    """linspace includes both ends; you choose how many numbers.

    >>> both_ends()
    tensor([ 0.0000,  2.5000,  5.0000,  7.5000, 10.0000])
    tensor([0., 1., 2., 3., 4., 5., 6., 7., 8., 9.])
    tensor([ 0.0000,  1.1111,  2.2222,  3.3333,  4.4444,  5.5556,  6.6667,  7.7778,
             8.8889, 10.0000])
    """
    print(torch.linspace(0, 10, 5))
    print(torch.linspace(0, 9, 10))
    print(torch.linspace(0, 10, 10))


def float_step_surprise() -> None:
    """A float step can make arange one element longer than you expect.

    >>> float_step_surprise()
    tensor([1.0000, 1.1000, 1.2000, 1.3000])
    3.0000000000000004
    tensor([1.0000, 1.1000, 1.2000])
    """
    print(torch.arange(1, 1.3, 0.1))
    print((1.3 - 1) / 0.1)  # the length is this, rounded up
    print(torch.linspace(1, 1.2, 3))


def heights_of_two_plants() -> None:
    """Data, their days, a finer grid of days, and room for predictions.

    >>> heights_of_two_plants()
    heights      (2, 4) torch.float32
    days         (4,) torch.int64
    grid         (7,) torch.float32
    predictions  (2, 4) torch.float32
    """
    tensors = {}
    # One row for each plant, one column for each day, in cm.
    tensors["heights"] = torch.tensor([[2, 3.1, 4.3, 5.2], [1.5, 2.2, 3, 3.9]])
    tensors["days"] = torch.arange(4)
    tensors["grid"] = torch.linspace(0, 3, 7)
    tensors["predictions"] = torch.zeros_like(tensors["heights"])
    for name, tensor in tensors.items():
        print(f"{name:12} {tuple(tensor.shape)} {tensor.dtype}")


def one_float_among_integers() -> None:
    """The most general element decides the dtype of all.

    >>> one_float_among_integers()
    tensor([1, 2])
    tensor([1.0000, 2.0000, 0.5000])
    """
    print(torch.tensor([True, 2]))
    print(torch.tensor([True, 2, 0.5]))


def half_into_integers() -> None:
    """An int64 tensor made by full cannot hold a fraction.

    >>> half_into_integers()
    tensor([0, 1, 1])
    """
    weights = torch.full((3,), 1)
    weights[0] = 0.5
    print(weights)
