"""Reductions and element-wise functions: sum, mean, max, sqrt, exp, log."""

import torch

from example_docs.marks import on_torch


def all_to_one() -> None:
    """Without dim, a reduction makes one number of the whole tensor.

    >>> all_to_one()
    tensor(24.)
    tensor(4.)
    tensor(1.) tensor(9.)
    """
    sales = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
    print(sales.sum())
    print(sales.mean())
    print(sales.min(), sales.max())


def one_dimension_goes() -> None:
    """dim names the dimension that disappears.

    >>> one_dimension_goes()
    tensor([ 5.,  7., 12.])
    tensor([ 6., 18.])
    tensor([2.5000, 3.5000, 6.0000])
    tensor([2., 6.])
    """
    sales = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 9.0]])
    print(sales.sum(dim=0))  # over the rows: one sum per column
    print(sales.sum(dim=1))  # over the columns: one sum per row
    print(sales.mean(dim=0))
    print(sales.mean(dim=1))


def shapes_without_dim() -> None:
    """Cross out the sizes you reduce; what is left is the shape.

    >>> shapes_without_dim()
    0 torch.Size([3, 4]) tensor(2.)
    1 torch.Size([2, 4]) tensor(3.)
    2 torch.Size([2, 3]) tensor(4.)
    -1 torch.Size([2, 3]) tensor(4.)
    (0, 2) torch.Size([3]) tensor(8.)
    """
    batch = torch.ones(2, 3, 4)
    for dim in (0, 1, 2, -1, (0, 2)):
        reduced = batch.sum(dim=dim)
        print(dim, reduced.shape, reduced.max())


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


def pair_is_no_tensor() -> None:
    """The pair that max returns is no tensor to compute with.

    >>> pair_is_no_tensor()
    tensor([6., 4.])
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for -: 'torch.return_types.max' and 'int'
    """
    scores = torch.tensor([[1.0, 7.0], [5.0, 2.0]])
    print(scores.max(dim=1).values - 1)
    print(scores.max(dim=1) - 1)


def values_only() -> None:
    """amin and amax return values only, over as many dimensions as you like.

    >>> values_only()
    tensor([[2, 8],
            [7, 9]])
    tensor([9, 7])
    tensor([1, 2])
    """
    images = torch.tensor([[[1, 8], [3, 9]], [[2, 6], [7, 5]]])
    print(images.amax(dim=0))
    print(images.amax(dim=(1, 2)))
    print(images.amin(dim=(1, 2)))


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
    prints="tensor(45)",
    raises="NotImplementedError: mean(): could not infer output dtype. "
    "Input dtype must be either a floating point or complex dtype. Got: Long",
)
def mean_of_integers() -> None:
    """mean refuses an integer tensor: the result might be no integer.

    >>> mean_of_integers()
    tensor(45)
    Traceback (most recent call last):
        ...
    RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: Long
    """
    ages = torch.tensor([20, 25])
    print(ages.sum())
    print(ages.mean())


def mean_needs_a_dtype() -> None:
    """Convert, or say dtype=; half precision and complex work as they are.

    >>> mean_needs_a_dtype()
    tensor(22.5000)
    tensor(22.5000)
    tensor(22.5000, dtype=torch.float16)
    tensor(1.5000+1.5000j)
    """
    ages = torch.tensor([20, 25])
    print(ages.float().mean())
    print(ages.mean(dtype=torch.float32))
    print(ages.to(torch.float16).mean())
    print(torch.tensor([1 + 1j, 2 + 2j]).mean())


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


def nothing_to_reduce() -> None:
    """Of no elements, the sum is 0, the mean nan, and there is no maximum.

    >>> nothing_to_reduce()
    tensor(0.) tensor(nan)
    Traceback (most recent call last):
        ...
    RuntimeError: max(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.
    """
    empty = torch.tensor([])
    print(empty.sum(), empty.mean())
    print(empty.max())


def shape_after_two_reductions() -> None:
    """keepdim leaves a 1 where the dimension was.

    >>> shape_after_two_reductions()
    torch.Size([8, 3])
    torch.Size([1, 3, 1, 1])
    """
    batch = torch.ones(8, 3, 28, 28)
    print(batch.mean(dim=(2, 3)).shape)
    print(batch.mean(dim=(0, 2, 3), keepdim=True).shape)


def largest_of_two_kinds() -> None:
    """max finds the largest element; maximum compares two tensors.

    >>> largest_of_two_kinds()
    tensor(8)
    tensor([4, 8, 6])
    tensor(1)
    """
    left = torch.tensor([1, 8, 3])
    right = torch.tensor([4, 5, 6])
    print(left.max())
    print(torch.maximum(left, right))
    print(left.argmax())
