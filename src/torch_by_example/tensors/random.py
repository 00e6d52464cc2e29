"""Random numbers: distributions, seeds, generators, and repeatable runs."""

import numpy as np
import torch

from example_docs.marks import on_cuda


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
    from 0.00 to 1.00, mean 0.50, std 0.29
    from -4.33 to 4.94, mean 0.00, std 1.00
    """
    torch.manual_seed(1)
    print(torch.rand(2, 3))
    print(torch.randn(2, 3))
    for draw in (torch.rand, torch.randn):
        sample = draw(100_000)
        print(f"from {sample.min():.2f} to {sample.max():.2f}", end=", ")
        print(f"mean {sample.mean():.2f}, std {sample.std():.2f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def scaled_and_shifted() -> None:
    """Scale and shift: any interval, any mean and standard deviation.

    >>> scaled_and_shifted()
    uniform: from 10.00 to 20.00
    normal: mean 170.0, std 7.0
    """
    torch.manual_seed(0)
    low, high = 10.0, 20.0
    evenly = low + (high - low) * torch.rand(100_000)
    print(f"uniform: from {evenly.min():.2f} to {evenly.max():.2f}")

    mean, spread = 170.0, 7.0  # the height of adults, in cm
    normal = mean + spread * torch.randn(100_000)
    print(f"normal: mean {normal.mean():.1f}, std {normal.std():.1f}")


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
def yes_with_a_probability() -> None:
    """bernoulli throws a coin for each element, with its own probability.

    >>> yes_with_a_probability()
    tensor([0., 1., 0., 1.])
    tensor([0., 1., 1., 1.])
    tensor([0., 0., 1., 1.])
    share of ones: tensor(0.8072)
    """
    torch.manual_seed(5)
    chances = torch.tensor([0.0, 0.2, 0.8, 1.0])
    for _ in range(3):
        print(torch.bernoulli(chances))

    kept = torch.full((10_000,), 0.8)
    print("share of ones:", torch.bernoulli(kept).mean())


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def weighted_draws() -> None:
    """multinomial draws positions, each as often as its weight says.

    >>> weighted_draws()
    tensor([2, 2, 2, 2, 2, 2, 0, 2, 2, 2])
    position 0: 0.25
    position 1: 0.00
    position 2: 0.75
    """
    torch.manual_seed(0)
    weights = torch.tensor([1.0, 0.0, 3.0])  # need not add up to 1
    print(torch.multinomial(weights, 10, replacement=True))

    many = torch.multinomial(weights, 10_000, replacement=True)
    for position in range(3):
        share = (many == position).float().mean()
        print(f"position {position}: {share:.2f}")


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


@on_cuda(
    raises=RuntimeError,
    because="a generator on the CPU cannot fill a tensor on CUDA",
)
def separate_generator() -> None:
    """A Generator has a state of its own and leaves the global one alone.

    >>> separate_generator()
    global sequence undisturbed: True
    same seed, same noise: True
    """
    torch.manual_seed(0)
    undisturbed = torch.rand(2)

    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(7)
    noise = torch.rand(3, generator=generator)
    same = torch.equal(torch.rand(2), undisturbed)
    print("global sequence undisturbed:", same)

    generator.manual_seed(7)
    same = torch.equal(torch.rand(3, generator=generator), noise)
    print("same seed, same noise:", same)


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def go_on_where_it_stopped() -> None:
    """get_rng_state notes the place in the sequence, set_rng_state goes back.

    >>> go_on_where_it_stopped()
    day 1: tensor([0.4963, 0.7682, 0.0885])
    day 2: tensor([0.1320, 0.3074, 0.6341])
    again: tensor([0.1320, 0.3074, 0.6341])
    """
    torch.manual_seed(0)
    print("day 1:", torch.rand(3))
    state = torch.get_rng_state()
    print("day 2:", torch.rand(3))

    torch.set_rng_state(state)
    print("again:", torch.rand(3))


def numpy_has_its_own_seed() -> None:
    """torch.manual_seed does not reach NumPy's random numbers.

    >>> numpy_has_its_own_seed()
    PyTorch repeats itself: True
    NumPy repeats itself: False
    [0.63696169 0.26978671 0.04097352]
    [0.63696169 0.26978671 0.04097352]
    """
    torch.manual_seed(0)
    of_torch, of_numpy = torch.rand(3), np.random.rand()
    torch.manual_seed(0)
    print("PyTorch repeats itself:", torch.equal(torch.rand(3), of_torch))
    print("NumPy repeats itself:", np.random.rand() == of_numpy)

    for _ in range(2):
        generator = np.random.default_rng(seed=0)
        print(generator.random(3))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def two_permutations_for_one_table() -> None:
    """Shuffle inputs and targets by one permutation, not by two.

    >>> two_permutations_for_one_table()
    tensor([2, 5, 3, 0, 1, 4]) tensor([30,  0, 50, 40, 20, 10])
    tensor([5, 2, 1, 3, 4, 0]) tensor([50, 20, 10, 30, 40,  0])
    """
    torch.manual_seed(0)
    x = torch.arange(6)
    y = 10 * x  # each target is ten times its input
    print(x[torch.randperm(6)], y[torch.randperm(6)])

    order = torch.randperm(6)
    print(x[order], y[order])


@on_cuda(
    raises=RuntimeError,
    because="a generator on the CPU cannot fill a tensor on CUDA",
)
def noisy_line_held_back() -> None:
    """Points near a line, and a fifth of them held back, the same each time.

    >>> noisy_line_held_back()
    training: tensor([2, 4, 5, 3, 9, 1, 0, 6])
    held back: tensor([8, 7])
    x: tensor([9.4077, 7.9364])
    y: tensor([20.1498, 17.5510])
    """
    generator = torch.Generator().manual_seed(42)
    x = 10 * torch.rand(10, generator=generator)
    y = 2 * x + 1 + 0.5 * torch.randn(10, generator=generator)

    order = torch.randperm(10, generator=generator)
    training, held_back = order[:8], order[8:]
    print("training:", training)
    print("held back:", held_back)
    print("x:", x[held_back])
    print("y:", y[held_back])


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def seed_in_the_loop() -> None:
    """A seed that is set in the loop makes each draw the first.

    >>> seed_in_the_loop()
    0 tensor([ 1.5410, -0.2934, -2.1788])
    1 tensor([ 1.5410, -0.2934, -2.1788])
    2 tensor([ 1.5410, -0.2934, -2.1788])
    """
    for step in range(3):
        torch.manual_seed(0)
        noise = torch.randn(3)
        print(step, noise)


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def more_draws_than_positions() -> None:
    """Without replacement, each position is drawn once at most.

    >>> more_draws_than_positions()
    tensor([2, 1, 0])
    Traceback (most recent call last):
        ...
    RuntimeError: cannot sample n_sample > prob_dist.size(-1) samples without replacement
    """
    torch.manual_seed(0)
    weights = torch.tensor([1.0, 1.0, 8.0])
    print(torch.multinomial(weights, 3))
    print(torch.multinomial(weights, 4))
