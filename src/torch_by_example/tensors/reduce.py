"""Reductions: sum, mean, max, any, norm and running totals."""

import torch

from example_docs.marks import on_torch


def one_dimension_goes() -> None:
    """dim names the dimension that disappears.

    >>> one_dimension_goes()
    all:      tensor(24.)
    per shop: tensor([ 5.,  7., 12.])
    per week: tensor([ 6., 18.])
    means:    tensor([2.5000, 3.5000, 6.0000]) tensor([2., 6.])
    """
    sales = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])  # weeks, shops
    print("all:     ", sales.sum())
    print("per shop:", sales.sum(dim=0))  # over the weeks
    print("per week:", sales.sum(dim=1))  # over the shops
    print("means:   ", sales.mean(dim=0), sales.mean(dim=1))


def dimension_kept() -> None:
    """keepdim leaves the reduced dimension in place, with size 1.

    >>> dimension_kept()
    tensor([[0.2000, 0.2857, 0.2500],
            [0.8000, 0.7143, 0.7500]])
    torch.Size([2, 1])
    tensor([[0.1667, 0.3333, 0.5000],
            [0.2222, 0.2778, 0.5000]])
    Traceback (most recent call last):
        ...
    RuntimeError: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1
    """
    sales = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
    print(sales / sales.sum(dim=0))  # shares of each column
    totals = sales.sum(dim=1, keepdim=True)
    print(totals.shape)
    print(sales / totals)  # shares of each row
    print(sales / sales.sum(dim=1))


def any_and_all() -> None:
    """Ask of a whole tensor, or of each row, whether something holds.

    >>> any_and_all()
    tensor(False) tensor(True)
    tensor([ True, False])
    tensor([[20.5000, 21.0000, 19.5000]])
    invalid: tensor(1)
    """
    readings = torch.tensor([[20.5, 21.0, 19.5], [18.5, -99.0, 20.0]])
    valid = readings > -50
    print(valid.all(), valid.any())
    complete = valid.all(dim=1)
    print(complete)
    print(readings[complete])
    print("invalid:", (~valid).sum())


def values_and_indices() -> None:
    """min and max with dim return the values and where they stand.

    >>> values_and_indices()
    torch.return_types.max(
    values=tensor([0.7000, 0.5000]),
    indices=tensor([1, 0]))
    tensor([0.7000, 0.5000])
    tensor([1, 0])
    """
    scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]])
    print(scores.max(dim=1))
    best, position = scores.max(dim=1)
    print(best)
    print(position)


def position_of_the_largest() -> None:
    """argmax counts through the flattened tensor unless it gets a dim.

    >>> position_of_the_largest()
    tensor(5)
    (1, 2)
    tensor([1, 2])
    tensor([0, 1, 0])
    """
    scores = torch.tensor([[1.0, 7.0, 2.0], [5.0, 2.0, 9.0]])
    flat = scores.argmax()
    print(flat)
    print(divmod(flat.item(), 3))
    print(scores.argmax(dim=1))
    print(scores.argmin(dim=0))


def share_of_correct_answers() -> None:
    """argmax picks a class per row; the mean of the hits is the accuracy.

    >>> share_of_correct_answers()
    tensor([ True,  True, False,  True])
    tensor(3)
    tensor(0.7500)
    """
    scores = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.6, 0.4], [0.3, 0.7]])
    labels = torch.tensor([1, 0, 1, 1])
    hits = scores.argmax(dim=1) == labels
    print(hits)
    print(hits.sum())
    print(hits.float().mean())


@on_torch(
    since="2.15",
    because="the error has a type of its own, one kind of RuntimeError",
    prints="""\
tensor(22.5000)
tensor(22.5000)
tensor(22.5000, dtype=torch.float16)""",
    raises="NotImplementedError: mean(): could not infer output dtype. "
    "Input dtype must be either a floating point or complex dtype. Got: Long",
)
def mean_needs_a_dtype() -> None:
    """Convert, or say dtype=; mean alone refuses integers.

    >>> mean_needs_a_dtype()
    tensor(22.5000)
    tensor(22.5000)
    tensor(22.5000, dtype=torch.float16)
    Traceback (most recent call last):
        ...
    RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long
    """
    ages = torch.tensor([20, 25])
    print(ages.float().mean())
    print(ages.mean(dtype=torch.float32))
    print(ages.to(torch.float16).mean())
    print(ages.mean())


def sum_of_integers_and_floats() -> None:
    """sum of integers counts in int64, sum of floats in their own dtype.

    >>> sum_of_integers_and_floats()
    tensor(300)
    tensor(44, dtype=torch.uint8)
    tensor(-9223372036854775808)
    tensor(inf, dtype=torch.float16)
    """
    pixels = torch.tensor([200, 100], dtype=torch.uint8)
    print(pixels.sum())
    print(pixels[0] + pixels[1])
    print(torch.tensor([2**62, 2**62]).sum())
    print(torch.tensor([40000.0, 40000.0], dtype=torch.float16).sum())


def two_standard_deviations() -> None:
    """std divides by n - 1; correction=0 divides by n, as NumPy does.

    >>> two_standard_deviations()
    tensor(2.1602)
    tensor(1.8708)
    1.8708
    """
    lengths = torch.tensor([1.0, 2.0, 3.0, 6.0])
    print(lengths.std())
    print(lengths.std(correction=0))
    print(lengths.cpu().numpy().std().round(4))


def middle_of_an_even_count() -> None:
    """median takes the lower of the two in the middle; quantile their mean.

    >>> middle_of_an_even_count()
    tensor(2.)
    tensor(2.5000)
    """
    prices = torch.tensor([1.0, 2.0, 3.0, 100.0])
    print(prices.median())
    print(prices.quantile(0.5))


def products_and_norms() -> None:
    """prod multiplies, vector_norm measures length, here row by row.

    >>> products_and_norms()
    tensor(1.5000)
    tensor([ 5., 10.])
    tensor([ 7., 14.])
    tensor(11.1803)
    """
    growth = torch.tensor([1.5, 2.0, 0.5])  # factors of three years
    print(growth.prod())
    steps = torch.tensor([[3.0, 4.0], [-6.0, 8.0]])
    print(torch.linalg.vector_norm(steps, dim=1))
    print(torch.linalg.vector_norm(steps, ord=1, dim=1))
    print(torch.linalg.vector_norm(steps))


def running_totals() -> None:
    """cumsum and cumprod keep every total on the way.

    >>> running_totals()
    tensor([[2, 2, 7],
            [1, 2, 3]])
    tensor([1.5000, 3.0000, 1.5000])
    tensor([ 6, -5,  8])
    """
    rain = torch.tensor([[2, 0, 5], [1, 1, 1]])  # weeks, days
    print(rain.cumsum(dim=1))
    print(torch.tensor([1.5, 2.0, 0.5]).cumprod(dim=0))
    print(torch.tensor([3, 9, 4, 12]).diff())


def one_bad_element() -> None:
    """One -inf or nan spoils sum and mean.

    >>> one_bad_element()
    tensor(-inf)
    tensor(nan)
    tensor([ True,  True, False])
    tensor(2.5000)
    """
    logs = torch.tensor([1.0, 0.0]).log()
    print(logs.sum())
    roots = torch.tensor([4.0, 9.0, -1.0]).sqrt()
    print(roots.mean())
    print(roots.isfinite())
    print(roots.nanmean())


def columns_of_a_square() -> None:
    """On a square matrix, a missing keepdim divides by the wrong sums.

    >>> columns_of_a_square()
    tensor([[0.5000, 0.2500],
            [1.5000, 0.2500]])
    tensor([[0.5000, 0.5000],
            [0.7500, 0.2500]])
    """
    table = torch.tensor([[1.0, 1.0], [3.0, 1.0]])
    print(table / table.sum(dim=1))
    print(table / table.sum(dim=1, keepdim=True))


def shape_after_two_reductions() -> None:
    """keepdim leaves a 1 where the dimension was.

    >>> shape_after_two_reductions()
    torch.Size([8, 3])
    torch.Size([1, 3, 1, 1])
    """
    batch = torch.ones(8, 3, 28, 28)
    print(batch.mean(dim=(2, 3)).shape)
    print(batch.mean(dim=(0, 2, 3), keepdim=True).shape)
