"""Rules of tensors/random."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import torch
from hypothesis import strategies as st
from tests.rule import rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

seeds = st.integers(0, 2**40)


@rule(low=st.integers(-5, 5), width=st.integers(1, 5), seed=seeds)
def randint_leaves_out_its_upper_end(low: int, width: int, seed: int) -> None:
    torch.manual_seed(seed)
    drawn = torch.randint(low, low + width, (300,))
    assert set(drawn.tolist()) == set(range(low, low + width))


@randint_leaves_out_its_upper_end.false("randint includes both ends")
def _(low: int, width: int, seed: int) -> None:
    torch.manual_seed(seed)
    assert low + width in torch.randint(low, low + width, (300,)).tolist()


@rule(count=st.integers(0, 30), seed=seeds)
def randperm_names_each_position_once(count: int, seed: int) -> None:
    torch.manual_seed(seed)
    assert sorted(torch.randperm(count).tolist()) == list(range(count))


@randperm_names_each_position_once.false("randint does so as well")
def _(count: int, seed: int) -> None:
    torch.manual_seed(seed)
    drawn = torch.randint(0, max(count, 1), (count,))
    assert sorted(drawn.tolist()) == list(range(count))


@randperm_names_each_position_once.false("it counts from 1")
def _(count: int, seed: int) -> None:
    torch.manual_seed(seed)
    assert sorted(torch.randperm(count).tolist()) == list(range(1, count + 1))


weights = st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.0]), min_size=1, max_size=6)


@rule(weights=weights.filter(any), again=st.booleans(), seed=seeds)
def weight_zero_is_never_drawn(weights: list[float], seed: int, *, again: bool) -> None:
    torch.manual_seed(seed)
    possible = [place for place, weight in enumerate(weights) if weight > 0]
    count = 200 if again else len(possible)
    drawn = torch.multinomial(torch.tensor(weights), count, replacement=again).tolist()
    assert set(drawn) <= set(possible)
    assert again or sorted(drawn) == possible


@weight_zero_is_never_drawn.false("every position is drawn at some time")
def _(weights: list[float], seed: int, *, again: bool) -> None:
    del again
    torch.manual_seed(seed)
    drawn = torch.multinomial(torch.tensor(weights), 200, replacement=True)
    assert set(drawn.tolist()) == set(range(len(weights)))


@weight_zero_is_never_drawn.false("without replacement a position may come twice")
def _(weights: list[float], seed: int, *, again: bool) -> None:
    del again
    torch.manual_seed(seed)
    possible = sum(weight > 0 for weight in weights)
    drawn = torch.multinomial(torch.tensor(weights), possible).tolist()
    assert len(set(drawn)) < len(drawn)


draws = st.sampled_from([torch.rand, torch.randn, torch.randperm])
calls = st.lists(st.tuples(draws, st.integers(1, 40)), min_size=1, max_size=4)


def drawn_after(
    seed: int, calls: list[tuple[Callable[[int], Tensor], int]]
) -> list[Tensor]:
    """Return what calls draw after the seed was set."""
    torch.manual_seed(seed)
    return [draw(size) for draw, size in calls]


@rule(seed=seeds, calls=calls)
def same_seed_and_calls_give_the_same_numbers(
    seed: int, calls: list[tuple[Callable[[int], Tensor], int]]
) -> None:
    first, again = drawn_after(seed, calls), drawn_after(seed, calls)
    assert all(torch.equal(one, two) for one, two in zip(first, again, strict=True))


@same_seed_and_calls_give_the_same_numbers.false("a longer draw begins like a shorter")
def _(seed: int, calls: list[tuple[Callable[[int], Tensor], int]]) -> None:
    draw, size = calls[0]
    (short,), (long,) = (drawn_after(seed, [(draw, n)]) for n in (size, size + 1))
    assert torch.equal(short, long[:size])


@same_seed_and_calls_give_the_same_numbers.false("the order of the calls is free")
def _(seed: int, calls: list[tuple[Callable[[int], Tensor], int]]) -> None:
    forward, backward = drawn_after(seed, calls), drawn_after(seed, calls[::-1])
    pairs = zip(forward, backward[::-1], strict=True)
    assert all(torch.equal(one, two) for one, two in pairs)


@rule(seed=seeds, own_seed=seeds, size=st.integers(1, 40), own=st.integers(1, 40))
def own_generator_leaves_the_global_one_alone(
    seed: int, own_seed: int, size: int, own: int
) -> None:
    torch.manual_seed(seed)
    undisturbed = torch.randn(size)
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(own_seed)
    noise = torch.randn(own, generator=generator)
    assert torch.equal(torch.randn(size), undisturbed)
    generator.manual_seed(own_seed)
    assert torch.equal(torch.randn(own, generator=generator), noise)


@own_generator_leaves_the_global_one_alone.false("manual_seed sets every generator")
def _(seed: int, own_seed: int, size: int, own: int) -> None:
    del size
    generator = torch.Generator().manual_seed(own_seed)
    torch.manual_seed(seed)
    first = torch.randn(own, generator=generator)
    torch.manual_seed(seed)
    assert torch.equal(torch.randn(own, generator=generator), first)


@own_generator_leaves_the_global_one_alone.false(
    "with the same seed its numbers differ from the global ones"
)
def _(seed: int, own_seed: int, size: int, own: int) -> None:
    del own_seed, own
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    assert not torch.equal(torch.rand(size), torch.rand(size, generator=generator))


def state_of_numpy() -> str:
    """Return the state of NumPy's global generator."""
    state = np.random.get_state(legacy=False)  # noqa: NPY002 - the rule is about it
    inner = state["state"]
    return f"{inner['pos']} {inner['key'].tobytes().hex()}"


@rule(seed=seeds, between=st.integers(1, 5))
def torch_seed_does_not_reach_numpy_or_python(seed: int, between: int) -> None:
    of_numpy, of_python = state_of_numpy(), random.getstate()
    torch.manual_seed(seed)
    torch.rand(between)
    assert state_of_numpy() == of_numpy
    assert random.getstate() == of_python


@torch_seed_does_not_reach_numpy_or_python.false("torch.manual_seed seeds NumPy")
def _(seed: int, between: int) -> None:
    torch.manual_seed(seed)
    first = np.random.rand(between)  # noqa: NPY002 - the sentence is about it
    torch.manual_seed(seed)
    assert (np.random.rand(between) == first).all()  # noqa: NPY002 - as above
