"""Creating tensors: from data, filled, evenly spaced and random."""

import warnings

import numpy as np
import torch

from example_docs.marks import on_cuda


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


def copy_or_share() -> None:
    """torch.tensor copies an array, torch.from_numpy shares its memory.

    >>> copy_or_share()
    tensor([1., 2., 3.])
    tensor([100.,   2.,   3.])
    """
    array = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    copied = torch.tensor(array)
    shared = torch.from_numpy(array)
    array[0] = 100.0
    print(copied)
    print(shared)


def ragged_list() -> None:
    """Rows of different lengths are refused.

    >>> ragged_list()
    Traceback (most recent call last):
        ...
    ValueError: expected sequence of length 3 at dim 1 (got 2)
    """
    scores = torch.tensor([[90, 85, 70], [60, 95]])
    print(scores)


def numbers_without_brackets() -> None:
    """Several numbers need brackets around them.

    >>> numbers_without_brackets()
    Traceback (most recent call last):
        ...
    TypeError: tensor() takes 1 positional argument but 2 were given
    """
    pair = torch.tensor(1, 2)
    print(pair)


def copy_a_tensor() -> None:
    """torch.tensor warns when it gets a tensor; clone() copies in silence.

    >>> copy_a_tensor()
    UserWarning: To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or sourceTensor.detach().clone().requires_grad_(True), rather than torch.tensor(sourceTensor).
    tensor([1., 2.])
    """
    source = torch.tensor([1.0, 2.0])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.tensor(source)
    for warning in caught:
        print(f"{warning.category.__name__}: {warning.message}")
    print(source.clone())


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


def allocate_then_fill() -> None:
    """empty reserves memory; every element must be written before it is read.

    >>> allocate_then_fill()
    torch.Size([5]) torch.float32
    tensor([ 0.,  1.,  4.,  9., 16.])
    """
    squares = torch.empty(5)
    # Do not print it here: it holds whatever was left in memory.
    print(squares.shape, squares.dtype)
    for i in range(len(squares)):
        squares[i] = i**2
    print(squares)


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


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def random_floats() -> None:
    """rand draws evenly from [0, 1), randn from the normal distribution.

    >>> random_floats()
    tensor([[0.7576, 0.2793, 0.4031],
            [0.7347, 0.0293, 0.7999]])
    tensor([[ 0.5636,  1.1431,  0.8590],
            [ 0.7056, -0.3406, -1.2720]])
    from 0.00 to 1.00
    mean 0.50, std 0.29
    from -4.33 to 4.94
    mean 0.00, std 1.00
    """
    torch.manual_seed(1)
    print(torch.rand(2, 3))
    print(torch.randn(2, 3))
    for draw in (torch.rand, torch.randn):
        sample = draw(100_000)
        print(f"from {sample.min():.2f} to {sample.max():.2f}")
        print(f"mean {sample.mean():.2f}, std {sample.std():.2f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def random_integers() -> None:
    """randint leaves out its upper end; randperm shuffles 0 to n - 1.

    >>> random_integers()
    tensor([3, 4, 6, 1, 2, 4, 2, 2, 2, 4])
    tensor([1, 3, 6, 8, 0, 2, 5, 7, 4, 9])
    """
    torch.manual_seed(0)
    print(torch.randint(1, 7, (10,)))  # ten throws of a die
    print(torch.randperm(10))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def same_seed_same_numbers() -> None:
    """The same seed starts the same sequence again.

    >>> same_seed_same_numbers()
    tensor([ 0.3607, -0.2859, -0.3938])
    tensor([ 0.2429, -1.3833, -2.3134])
    tensor([ 0.3607, -0.2859, -0.3938])
    """
    torch.manual_seed(100)
    print(torch.randn(3))
    print(torch.randn(3))
    torch.manual_seed(100)
    print(torch.randn(3))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def read_the_seed() -> None:
    """initial_seed only reads the seed; it starts nothing again.

    >>> read_the_seed()
    100 tensor([0.1117, 0.8158, 0.2626])
    100 tensor([0.4839, 0.6765, 0.7539])
    """
    torch.manual_seed(100)
    print(torch.initial_seed(), torch.rand(3))
    print(torch.initial_seed(), torch.rand(3))


@on_cuda(
    raises=RuntimeError,
    because="a generator on the CPU cannot fill a tensor on CUDA",
)
def separate_generator() -> None:
    """A Generator has a state of its own and leaves the global one alone.

    >>> separate_generator()
    True
    True
    """
    torch.manual_seed(0)
    undisturbed = torch.rand(2)

    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(7)
    noise = torch.rand(3, generator=generator)
    print(torch.equal(torch.rand(2), undisturbed))

    generator.manual_seed(7)
    print(torch.equal(torch.rand(3, generator=generator), noise))


@on_cuda(
    runs="cpu",
    because="only the CPU generator fills 16 and more normals another way",
)
def longer_is_no_continuation() -> None:
    """randn(15) is not the beginning of randn(16), even with one seed.

    >>> longer_is_no_continuation()
    tensor([ 1.5410, -0.2934, -2.1788])
    tensor([-1.1258, -1.1524, -0.2506])
    """
    torch.manual_seed(0)
    short = torch.randn(15)
    torch.manual_seed(0)
    long = torch.randn(16)
    print(short[:3])
    print(long[:3])


def numpy_has_its_own_seed() -> None:
    """torch.manual_seed does not reach NumPy's random numbers.

    >>> numpy_has_its_own_seed()
    True
    False
    [0.63696169 0.26978671 0.04097352]
    [0.63696169 0.26978671 0.04097352]
    """
    torch.manual_seed(0)
    of_torch, of_numpy = torch.rand(3), np.random.rand()
    torch.manual_seed(0)
    print(torch.equal(torch.rand(3), of_torch))
    print(np.random.rand() == of_numpy)

    for _ in range(2):
        generator = np.random.default_rng(seed=0)
        print(generator.random(3))


def list_or_size() -> None:
    """torch.Tensor reads a list as values and bare integers as a size.

    >>> list_or_size()
    tensor([3., 4.])
    torch.Size([3, 4])
    torch.Size([3])
    tensor(3)
    """
    print(torch.Tensor([3, 4]))
    # Only the shapes: the elements are uninitialised memory.
    print(torch.Tensor(3, 4).shape)
    print(torch.Tensor(3).shape)
    print(torch.tensor(3))


def legacy_float() -> None:
    """torch.Tensor cannot make a tensor of one float.

    >>> legacy_float()
    Traceback (most recent call last):
        ...
    TypeError: new(): data must be a sequence (got float)
    """
    price = torch.Tensor(3.5)
    print(price)


def legacy_types() -> None:
    """The name fixes the dtype; integer types cut fractions off, silently.

    >>> legacy_types()
    tensor([ 2,  3, -2], dtype=torch.int16)
    tensor([ 2,  3, -2], dtype=torch.int32)
    tensor([ 2,  3, -2])
    tensor([ 2.5000,  3.9000, -2.5000])
    tensor([ 2.5000,  3.9000, -2.5000], dtype=torch.float64)
    """
    values = [2.5, 3.9, -2.5]
    print(torch.ShortTensor(values))
    print(torch.IntTensor(values))
    print(torch.LongTensor(values))
    print(torch.FloatTensor(values))
    print(torch.DoubleTensor(values))


def legacy_alias() -> None:
    """Given a tensor, torch.Tensor neither copies nor converts it.

    >>> legacy_alias()
    torch.int64
    tensor([100,   2,   3])
    """
    counts = torch.tensor([1, 2, 3])
    alias = torch.Tensor(counts)
    alias[0] = 100
    print(alias.dtype)
    print(counts)


def legacy_stays_on_cpu() -> None:
    """torch.Tensor ignores the default device.

    >>> legacy_stays_on_cpu()
    cpu
    meta
    """
    with torch.device("meta"):
        print(torch.Tensor([3.5]).device)
        print(torch.tensor([3.5]).device)


def write_today() -> None:
    """Today's functions say what they mean: values, size, dtype.

    >>> write_today()
    tensor(3.5000)
    tensor([ 2,  3, -2], dtype=torch.int32)
    tensor([ 2,  4, -2], dtype=torch.int32)
    tensor([[0., 0., 0.],
            [0., 0., 0.]], dtype=torch.float64)
    """
    print(torch.tensor(3.5))
    values = [2.5, 3.9, -2.5]
    print(torch.tensor(values, dtype=torch.int32))
    print(torch.tensor(values).round().to(torch.int32))
    print(torch.zeros(2, 3, dtype=torch.float64))


def one_float_among_integers() -> None:
    """The most general element decides the dtype of all.

    >>> one_float_among_integers()
    tensor([1, 2])
    tensor([1.0000, 2.0000, 0.5000])
    """
    print(torch.tensor([True, 2]))
    print(torch.tensor([True, 2, 0.5]))


def ends_of_two_sequences() -> None:
    """The third argument is a step for arange, a count for linspace.

    >>> ends_of_two_sequences()
    tensor([0, 5])
    tensor([ 0.0000,  2.5000,  5.0000,  7.5000, 10.0000])
    """
    print(torch.arange(0, 10, 5))
    print(torch.linspace(0, 10, 5))


def half_into_integers() -> None:
    """An int64 tensor made by full cannot hold a fraction.

    >>> half_into_integers()
    tensor([0, 1, 1])
    """
    weights = torch.full((3,), 1)
    weights[0] = 0.5
    print(weights)


def tuple_for_the_legacy_constructor() -> None:
    """A tuple is a size for zeros, but values for torch.Tensor.

    >>> tuple_for_the_legacy_constructor()
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    tensor([2., 3.])
    """
    print(torch.zeros((2, 3)))
    print(torch.Tensor((2, 3)))
