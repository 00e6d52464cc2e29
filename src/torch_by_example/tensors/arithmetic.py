"""Arithmetic: operators, in-place methods and functions of each element."""

import torch


def fahrenheit() -> None:
    """A formula for one number works on all numbers of a tensor.

    >>> fahrenheit()
    tensor([[ 32.0000,  50.0000,  68.0000],
            [-40.0000,  98.6000, 212.0000]])
    """
    celsius = torch.tensor([[0.0, 10.0, 20.0], [-40.0, 37.0, 100.0]])
    print(celsius * 9 / 5 + 32)


def operators_and_methods() -> None:
    """Each operator has a method of the same meaning.

    >>> operators_and_methods()
    tensor([ 5., 11.]) tensor([ 5., 11.])
    tensor([3., 9.]) tensor([3., 9.])
    tensor([ 8., 20.]) tensor([ 8., 20.])
    tensor([2., 5.]) tensor([2., 5.])
    tensor([ -4., -10.]) tensor([ -4., -10.])
    """
    data = torch.tensor([4.0, 10.0])
    print(data + 1, data.add(1))
    print(data - 1, data.sub(1))
    print(data * 2, data.mul(2))
    print(data / 2, data.div(2))
    print(-data, data.neg())


def hadamard_product() -> None:
    """The operator * multiplies element by element.

    >>> hadamard_product()
    tensor([[ 5, 12],
            [21, 32]])
    True
    """
    left = torch.tensor([[1, 2], [3, 4]])
    right = torch.tensor([[5, 6], [7, 8]])
    print(left * right)
    print(torch.equal(left * right, torch.mul(left, right)))


def underscore_changes_the_original() -> None:
    """add makes a new tensor; add_ writes the result into the old one.

    >>> underscore_changes_the_original()
    tensor([11, 12, 13]) tensor([1, 2, 3])
    tensor([11, 12, 13]) tensor([11, 12, 13])
    tensor([21, 23, 25])
    """
    data = torch.tensor([1, 2, 3])
    print(data.add(10), data)
    print(data.add_(10), data)
    print(data.mul_(2).sub_(1))


def second_name() -> None:
    """Two names, one tensor: += changes both, x = x + 1 only one.

    >>> second_name()
    tensor([11, 12, 13])
    tensor([111, 112, 113])
    tensor([11, 12, 13])
    """
    data = torch.tensor([1, 2, 3])
    second = data
    data += 10  # in place, like data.add_(10)
    print(second)
    data = data + 100  # a new tensor; second keeps the old one
    print(data)
    print(second)


def divide_integers_in_place() -> None:
    """An integer tensor has no room for the fractions of a division.

    >>> divide_integers_in_place()
    tensor([ 1.9000, -1.1000])
    Traceback (most recent call last):
        ...
    RuntimeError: result type Float can't be cast to the desired output type Long
    """
    data = torch.tensor([19, -11])
    print(data.div(10))
    data.div_(10)


def divide_and_stay_integer() -> None:
    """rounding_mode keeps the dtype: down to the floor, or towards zero.

    >>> divide_and_stay_integer()
    tensor([ 1, -2])
    tensor([ 1, -1])
    tensor([ 1, -2])
    """
    data = torch.tensor([19, -11])
    print(data.div(10, rounding_mode="floor"))
    print(data.div(10, rounding_mode="trunc"))
    print(data.div_(10, rounding_mode="floor"))


def powers_and_roots() -> None:
    """pow and sqrt work on each element; ** is pow.

    >>> powers_and_roots()
    tensor([[  1.,   4.,   9.],
            [ 16.,  25., 100.]])
    True
    tensor([[ 1.,  2.,  3.],
            [ 4.,  5., 10.]])
    tensor([[1.0000, 1.4142, 1.7321],
            [2.0000, 2.2361, 3.1623]])
    """
    sides = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 10.0]])
    areas = sides.pow(2)
    print(areas)
    print(torch.equal(areas, sides**2))
    print(areas.sqrt())
    print(sides.pow(0.5))


def exponentials_and_logarithms() -> None:
    """log undoes exp; log2 and log10 have other bases.

    >>> exponentials_and_logarithms()
    tensor([1.0000, 2.7183, 7.3891])
    tensor([0., 1., 2.])
    tensor([0., 1., 3.])
    tensor([0., 1., 2.])
    """
    powers = torch.tensor([0.0, 1.0, 2.0])
    print(powers.exp())
    print(powers.exp().log())
    print(torch.tensor([1.0, 2.0, 8.0]).log2())
    print(torch.tensor([1.0, 10.0, 100.0]).log10())


def no_dim_for_log() -> None:
    """A function of each element has no dimension to choose.

    >>> no_dim_for_log()
    Traceback (most recent call last):
        ...
    TypeError: log() got an unexpected keyword argument 'dim'
    """
    growth = torch.ones(2, 2)
    print(torch.log(growth, dim=1))


def logarithm_of_zero() -> None:
    """log(0) is -inf, log of less is nan; no error, no warning.

    >>> logarithm_of_zero()
    tensor([0., -inf, nan])
    tensor([1., 0., nan])
    """
    values = torch.tensor([1.0, 0.0, -1.0])
    print(values.log())
    print(values.sqrt())


def keep_away_from_zero() -> None:
    """clamp puts a floor under the values; log1p(x) is log(1 + x).

    >>> keep_away_from_zero()
    tensor([-13.8155,   0.0000,   4.5951])
    tensor([0.0000, 0.6931, 4.6052])
    """
    counts = torch.tensor([0.0, 1.0, 99.0])
    print(counts.clamp(min=1e-6).log())
    print(counts.log1p())


def exponential_overflow() -> None:
    """exp leaves the range of float32 early.

    >>> exponential_overflow()
    tensor([5.5406e+34,        inf,        inf])
    tensor([5.5406e+34, 2.6881e+43,        inf], dtype=torch.float64)
    """
    for dtype in (torch.float32, torch.float64):
        print(torch.tensor([80.0, 100.0, 1000.0], dtype=dtype).exp())


def change_through_a_function() -> None:
    """A function that works in place changes its caller's tensor.

    >>> change_through_a_function()
    tensor([32., 50., 68.])
    tensor([ 0., 18., 36.])
    """

    def in_fahrenheit(celsius: torch.Tensor) -> torch.Tensor:
        celsius *= 1.8
        return celsius + 32

    morning = torch.tensor([0.0, 10.0, 20.0])
    print(in_fahrenheit(morning))
    print(morning)
