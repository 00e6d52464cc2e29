"""Rules of labs/polynomial-fit."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule


def step(seed: int, penalty: float, weight_decay: float, rate: float) -> torch.Tensor:
    """Take a step of SGD with a penalty in the loss, and with weight decay."""
    torch.manual_seed(seed)
    weights = torch.randn(5, dtype=torch.float64, requires_grad=True)
    x, y = torch.randn(9, 5, dtype=torch.float64), torch.randn(9, dtype=torch.float64)
    optimizer = torch.optim.SGD([weights], lr=rate, weight_decay=weight_decay)
    loss = (x @ weights - y).square().mean() + penalty * weights.square().sum()
    loss.backward()
    optimizer.step()
    return weights.detach()


seeds = st.integers(0, 2**32 - 1)


@rule(seed=seeds, strength=st.floats(0, 5), rate=st.floats(0.01, 1))
def weight_decay_of_sgd_is_a_penalty_of_half_of_it(
    seed: int, strength: float, rate: float
) -> None:
    torch.testing.assert_close(
        step(seed, strength, 0, rate), step(seed, 0, 2 * strength, rate)
    )


@weight_decay_of_sgd_is_a_penalty_of_half_of_it.false("weight_decay is the strength")
def _(seed: int, strength: float, rate: float) -> None:
    torch.testing.assert_close(
        step(seed, strength, 0, rate), step(seed, 0, strength, rate)
    )
