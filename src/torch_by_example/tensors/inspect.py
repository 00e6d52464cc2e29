"""Looking inside: how tensors print, what is not finite, how many bytes."""

import torch


def large_tensors_are_shortened() -> None:
    """From 1001 elements on, print shows the edges only.

    >>> large_tensors_are_shortened()
    tensor([   0,    1,    2,  ...,  998,  999, 1000])
    torch.Size([1001]) from 0 to 1000
    tensor([[0.,  ..., 0.],
            ...,
            [0.,  ..., 0.]])
    """
    steps = torch.arange(1001)
    print(steps)
    print(steps.shape, "from", steps.min().item(), "to", steps.max().item())

    torch.set_printoptions(edgeitems=1)
    print(torch.zeros(100, 100))
    torch.set_printoptions(profile="default")


def more_digits() -> None:
    """precision is the number of decimals that print shows.

    >>> more_digits()
    tensor([0.3333])
    tensor([0.33333334])
    tensor([0.33333334], dtype=torch.float64)
    """
    third = torch.tensor([1 / 3])
    print(third)
    torch.set_printoptions(precision=8)
    print(third)
    print(third.double())
    torch.set_printoptions(profile="default")


def one_scale_for_all() -> None:
    """One very small or large element switches all to powers of ten.

    >>> one_scale_for_all()
    tensor([1.0000e-04, 1.2500e+01, 9.8000e+02])
    tensor([  0.0001,  12.5000, 980.0000])
    """
    prices = torch.tensor([0.0001, 12.5, 980.0])
    print(prices)
    torch.set_printoptions(sci_mode=False)
    print(prices)
    torch.set_printoptions(profile="default")


def format_needs_one_number() -> None:
    """A format such as :.2f is for one number, not for a tensor of several.

    >>> format_needs_one_number()
    first: 0.51
    0.51 0.26
    Traceback (most recent call last):
        ...
    TypeError: unsupported format string passed to Tensor.__format__
    """
    losses = torch.tensor([0.51234, 0.25678])
    print(f"first: {losses[0]:.2f}")
    print(" ".join(f"{loss:.2f}" for loss in losses.tolist()))
    print(f"all: {losses:.2f}")


def finite_or_not() -> None:
    """isfinite is False for nan and for both infinities.

    >>> finite_or_not()
    values:   tensor([inf, -inf, nan, 0.])
    isfinite: tensor([False, False, False,  True])
    isnan:    tensor([False, False,  True, False])
    isinf:    tensor([ True,  True, False, False])
    """
    zero = torch.tensor(0.0)
    results = torch.stack([1 / zero, -1 / zero, zero / zero, zero])
    print("values:  ", results)
    print("isfinite:", results.isfinite())
    print("isnan:   ", results.isnan())
    print("isinf:   ", results.isinf())


def find_the_bad_row() -> None:
    """Where is the nan? nonzero of what is not finite names each place.

    >>> find_the_bad_row()
    mean: tensor(nan)
    places: [[1, 1]]
    good rows: [[1.0, 2.0], [5.0, 6.0]]
    """
    data = torch.tensor([[1.0, 2.0], [3.0, float("nan")], [5.0, 6.0]])
    print("mean:", data.mean())
    bad = ~data.isfinite()
    print("places:", bad.nonzero().tolist())
    print("good rows:", data[~bad.any(dim=1)].tolist())


def infinity_becomes_huge() -> None:
    """nan_to_num makes nan zero, and infinity the largest float there is.

    >>> infinity_becomes_huge()
    tensor([1.5000e+00, 0.0000e+00, 3.4028e+38])
    tensor([  1.5000,  -1.0000, 100.0000])
    """
    data = torch.tensor([1.5, float("nan"), float("inf")])
    print(data.nan_to_num())
    print(data.nan_to_num(nan=-1.0, posinf=100.0))


def bytes_of_a_tensor() -> None:
    """nbytes is the number of elements times the bytes of each.

    >>> bytes_of_a_tensor()
    torch.float64: 1572864 bytes, calculated 1572864
    torch.float32: 786432 bytes, calculated 786432
    torch.float16: 393216 bytes, calculated 393216
    torch.bool: 196608 bytes, calculated 196608
    """
    for dtype in (torch.float64, torch.float32, torch.float16, torch.bool):
        images = torch.zeros(64, 3, 32, 32, dtype=dtype)
        size = images.numel() * images.element_size()
        print(f"{dtype}: {images.nbytes} bytes, calculated {size}")


def slice_keeps_the_whole() -> None:
    """A view keeps all the memory alive of which it shows a part.

    >>> slice_keeps_the_whole()
    part: 40 bytes shown, 4000000 held
    copy: 40 bytes shown, 40 held
    """
    big = torch.zeros(1_000_000)
    part = big[:10]
    copy = big[:10].clone()
    for name, tensor in (("part", part), ("copy", copy)):
        held = tensor.untyped_storage().nbytes()
        print(f"{name}: {tensor.nbytes} bytes shown, {held} held")


def where_two_results_differ() -> None:
    """The largest difference, and its place, say more than False.

    >>> where_two_results_differ()
    equal: False
    close: False
    largest: 0.5
    at row, column: [1, 1]
    """
    mine = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    yours = torch.tensor([[1.0, 2.0, 3.00001], [4.0, 5.5, 6.0]])
    print("equal:", torch.equal(mine, yours))
    print("close:", torch.allclose(mine, yours))

    difference = (mine - yours).abs()
    place = torch.unravel_index(difference.argmax(), difference.shape)
    print("largest:", difference.max().item())
    print("at row, column:", [i.item() for i in place])


def report_by_name() -> None:
    """One line for each named tensor: shape, bytes, range, what is broken.

    >>> report_by_name()
    name          shape   bytes    min    max  broken
    first.weight  (2, 2)     16  -0.25   1.50       0
    first.bias    (2,)        8   0.00   0.00       1
    last.weight   (1, 2)      8   2.00   2.00       1
    """
    tensors = {
        "first.weight": torch.tensor([[0.5, -0.25], [1.5, 0.0]]),
        "first.bias": torch.tensor([0.0, float("inf")]),
        "last.weight": torch.tensor([[2.0, float("nan")]]),
    }
    print("name          shape   bytes    min    max  broken")
    for name, tensor in tensors.items():
        good = tensor[tensor.isfinite()]
        print(
            f"{name:13} {tuple(tensor.shape)!s:8} {tensor.nbytes:4}"
            f" {good.min():6.2f} {good.max():6.2f}"
            f" {tensor.numel() - good.numel():7}"
        )


def nan_equals_nothing() -> None:
    """A nan is found by isnan, not by ==.

    >>> nan_equals_nothing()
    == nan: tensor([False, False])
    isnan:  tensor([False,  True])
    equal to its copy: False
    """
    nan = float("nan")
    data = torch.tensor([1.0, nan])
    print("== nan:", data == nan)
    print("isnan: ", data.isnan())
    print("equal to its copy:", torch.equal(data, data.clone()))


def shown_and_stored() -> None:
    """What is printed is rounded, what is stored is not.

    >>> shown_and_stored()
    tensor([1.0000, 1.0000])
    tensor([False, False])
    """
    almost = torch.tensor([0.99999, 1.00001])
    print(almost)
    print(almost == 1)


def bytes_of_an_expanded_row() -> None:
    """nbytes counts elements, also those that share a place in memory.

    >>> bytes_of_an_expanded_row()
    nbytes: 40000
    memory: 40
    """
    rows = torch.zeros(1, 10).expand(1000, 10)
    print("nbytes:", rows.nbytes)
    print("memory:", rows.untyped_storage().nbytes())
