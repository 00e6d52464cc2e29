"""Selecting: where, fill, sort, the largest few, each once, and bins."""

import torch

from example_docs.marks import on_cuda


def where_chooses() -> None:
    """where takes from one tensor or the other, element by element.

    >>> where_chooses()
    tensor([[90,  0, 60],
            [ 0, 95,  0]])
    tensor([[ 1., -1.,  1.],
            [-1.,  1., -1.]])
    """
    scores = torch.tensor([[90, 45, 60], [30, 95, 59]])
    passed = scores >= 60
    print(torch.where(passed, scores, 0))
    print(torch.where(passed, 1.0, -1.0))


def places_that_pass() -> None:
    """where and nonzero turn a mask into positions.

    >>> places_that_pass()
    rows:    tensor([0, 0, 1])
    columns: tensor([0, 2, 1])
    tensor([[0, 0],
            [0, 2],
            [1, 1]])
    """
    passed = torch.tensor([[True, False, True], [False, True, False]])
    rows, columns = torch.where(passed)
    print("rows:   ", rows)
    print("columns:", columns)
    print(passed.nonzero())


def fill_the_gaps() -> None:
    """masked_fill puts one number wherever the mask is True, in a copy.

    >>> fill_the_gaps()
    mean with gaps: -386.3
    mean of the others: 22.17
    tensor([21.5000, 22.1667, 23.0000, 22.0000, 22.1667])
    """
    # Degrees C; -999 where the sensor was silent.
    temperatures = torch.tensor([21.5, -999.0, 23.0, 22.0, -999.0])
    missing = temperatures == -999
    print("mean with gaps:", round(temperatures.mean().item(), 2))

    mean = temperatures[~missing].mean().item()
    print("mean of the others:", round(mean, 2))
    print(temperatures.masked_fill(missing, mean))


def sorted_and_from_where() -> None:
    """sort returns the sorted values, and where each one came from.

    >>> sorted_and_from_where()
    values: tensor([95, 88, 72, 60])
    places: tensor([1, 3, 0, 2])
    Ben   95
    Dana  88
    Ada   72
    Cem   60
    """
    names = ["Ada", "Ben", "Cem", "Dana"]
    scores = torch.tensor([72, 95, 60, 88])
    values, places = scores.sort(descending=True)
    print("values:", values)
    print("places:", places)
    for value, place in zip(values.tolist(), places.tolist(), strict=True):
        print(f"{names[place]:5} {value}")


def rows_by_one_column() -> None:
    """Sort rows by argsort of one column; sort alone tears rows apart.

    >>> rows_by_one_column()
    tensor([[  9, 100],
            [  7, 300],
            [  5, 900]])
    tensor([[  5, 100],
            [  7, 300],
            [  9, 900]])
    """
    cities = torch.tensor([[7, 300], [5, 900], [9, 100]])  # number, people
    order = cities[:, 1].argsort()
    print(cities[order])
    print(cities.sort(dim=0).values)  # each column by itself


def three_likeliest() -> None:
    """topk finds the largest few of each row, and their places.

    >>> three_likeliest()
    tensor([[3.5000, 2.0000, 0.7000],
            [4.0000, 1.9000, 0.2000]])
    tensor([[3, 1, 4],
            [0, 2, 1]])
    label among the best three: tensor([ True, False])
    """
    scores = torch.tensor(
        [[0.1, 2.0, -1.0, 3.5, 0.7], [4.0, 0.2, 1.9, -0.3, 0.0]]
    )
    best = scores.topk(3, dim=1)
    print(best.values)
    print(best.indices)

    labels = torch.tensor([4, 3])
    hits = (best.indices == labels.unsqueeze(1)).any(dim=1)
    print("label among the best three:", hits)


def nan_is_the_largest() -> None:
    """sort, topk and argmax take nan for the largest of all.

    >>> nan_is_the_largest()
    sorted: tensor([0.5000, 2.0000,    inf,    nan])
    best:   1
    best of those known: 3
    """
    scores = torch.tensor([0.5, float("nan"), 2.0, float("inf")])
    print("sorted:", scores.sort().values)
    print("best:  ", scores.topk(1).indices.item())

    known = scores.masked_fill(scores.isnan(), -float("inf"))
    print("best of those known:", known.topk(1).indices.item())


def more_than_there_are() -> None:
    """topk cannot give more than there are.

    >>> more_than_there_are()
    tensor([ 2.0000,  0.1000, -1.0000])
    Traceback (most recent call last):
        ...
    RuntimeError: selected index k out of range
    """
    scores = torch.tensor([0.1, 2.0, -1.0])
    print(scores.topk(min(5, len(scores))).values)
    print(scores.topk(5).values)


def each_once() -> None:
    """unique gives each value once, sorted, with counts if you ask.

    >>> each_once()
    values:  tensor([3, 7, 9])
    counts:  tensor([3, 2, 1])
    numbers: tensor([0, 1, 0, 0, 2, 1])
    back:    tensor([3, 7, 3, 3, 9, 7])
    """
    labels = torch.tensor([3, 7, 3, 3, 9, 7])
    values, numbers, counts = labels.unique(
        return_inverse=True, return_counts=True
    )
    print("values: ", values)
    print("counts: ", counts)
    print("numbers:", numbers)
    print("back:   ", values[numbers])


def ages_in_bins() -> None:
    """searchsorted says into which bin a number falls.

    >>> ages_in_bins()
    a boundary ends its bin:   tensor([0, 0, 1, 1, 2, 3])
    a boundary begins the next: tensor([0, 1, 1, 2, 2, 3])
    in each bin: tensor([1, 2, 2, 1])
    """
    boundaries = torch.tensor([18, 40, 65])  # must be sorted
    ages = torch.tensor([5, 18, 39, 40, 64, 90])
    print("a boundary ends its bin:  ", torch.searchsorted(boundaries, ages))
    bins = torch.searchsorted(boundaries, ages, right=True)
    print("a boundary begins the next:", bins)
    print("in each bin:", torch.bincount(bins, minlength=4))


def ranks() -> None:
    """argsort says who comes first; its argsort says who came in where.

    >>> ranks()
    tensor([1, 2, 0])
    tensor([2, 0, 1])
    """
    times = torch.tensor([13.2, 11.9, 12.5])  # seconds
    print(times.argsort())
    print(times.argsort().argsort())


@on_cuda(
    compare="structure",
    because="what is found among unsorted boundaries is not promised",
)
def boundaries_out_of_order() -> None:
    """searchsorted believes that its boundaries are sorted.

    >>> boundaries_out_of_order()
    tensor([0, 2, 3])
    tensor([0, 3, 3])
    """
    ages = torch.tensor([5, 50, 90])
    print(torch.searchsorted(torch.tensor([18, 40, 65]), ages))
    print(torch.searchsorted(torch.tensor([65, 18, 40]), ages))


def first_of_each() -> None:
    """unique_consecutive only looks at neighbours.

    >>> first_of_each()
    tensor([0, 1])
    tensor([1, 0, 1])
    """
    states = torch.tensor([1, 1, 0, 0, 1])
    print(states.unique())
    print(states.unique_consecutive())
