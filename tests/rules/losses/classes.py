"""Rules of losses/classes."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.logits import batch, classes, each, places, rows, seeds
from tests.rule import rule
from torch.nn import functional


def binary(
    seed: int, count: int, weight: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Draw logits and targets; return both, and the loss with this pos_weight."""
    torch.manual_seed(seed)
    logits = 3 * torch.randn(count, dtype=torch.float64)
    y = torch.randint(2, (count,)).double()
    loss = functional.binary_cross_entropy_with_logits(
        logits, y, pos_weight=torch.tensor(weight, dtype=torch.float64)
    )
    return logits, y, loss


weights = st.floats(0.1, 50)


@rule(seed=seeds, count=st.integers(1, 9), weight=weights)
def pos_weight_multiplies_the_yes(seed: int, count: int, weight: float) -> None:
    logits, y, loss = binary(seed, count, weight)
    plain = functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
    factor = 1 + (weight - 1) * y
    torch.testing.assert_close(loss, (factor * plain).sum() / count)


@pos_weight_multiplies_the_yes.false("the mean is a weighted mean")
def _(seed: int, count: int, weight: float) -> None:
    logits, y, loss = binary(seed, count, weight)
    plain = functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
    factor = 1 + (weight - 1) * y
    torch.testing.assert_close(loss, (factor * plain).sum() / factor.sum())


@pos_weight_multiplies_the_yes.false("it does what weight does")
def _(seed: int, count: int, weight: float) -> None:
    logits, y, loss = binary(seed, count, weight)
    other = functional.binary_cross_entropy_with_logits(
        logits, y, weight=torch.tensor(weight, dtype=torch.float64)
    )
    torch.testing.assert_close(loss, other)


def slope_at(answer: float, share: float, weight: float) -> float:
    """Return the slope of the mean loss of one logit, at a probability."""
    logit = torch.tensor(
        math.log(answer / (1 - answer)), dtype=torch.float64, requires_grad=True
    )
    y = torch.tensor([1.0, 0.0], dtype=torch.float64)
    loss = functional.binary_cross_entropy_with_logits(
        logit.expand(2),
        y,
        weight=torch.tensor([share, 1 - share], dtype=torch.float64),
        pos_weight=torch.tensor(weight, dtype=torch.float64),
    )
    (slope,) = torch.autograd.grad(loss, logit)
    return slope.item()


@rule(share=st.floats(0.01, 0.99), weight=weights)
def weight_moves_the_best_probability(share: float, weight: float) -> None:
    best = weight * share / (weight * share + 1 - share)
    assert abs(slope_at(best, share, weight)) < 1e-9


@weight_moves_the_best_probability.false("the best answer stays the share")
def _(share: float, weight: float) -> None:
    assert abs(slope_at(share, share, weight)) < 1e-9


@rule(seed=seeds, rows=rows, classes=classes, places=places)
def class_weights_make_a_weighted_mean(
    seed: int, rows: int, classes: int, places: list[int]
) -> None:
    logits, target = batch(seed, rows, classes, places)
    weight = torch.rand(classes, dtype=torch.float64) + 0.1
    weighted = (weight[target] * each(logits, target)).sum()
    loss = functional.cross_entropy(logits, target, weight=weight)
    torch.testing.assert_close(loss, weighted / weight[target].sum())


@class_weights_make_a_weighted_mean.false(
    "the weighted losses are divided by the number of targets"
)
def _(seed: int, rows: int, classes: int, places: list[int]) -> None:
    logits, target = batch(seed, rows, classes, places)
    weight = torch.rand(classes, dtype=torch.float64) + 0.1
    weighted = (weight[target] * each(logits, target)).mean()
    torch.testing.assert_close(
        functional.cross_entropy(logits, target, weight=weight), weighted
    )


@rule(seed=seeds, rows=rows, classes=classes, places=places, index=st.just(-100))
def ignored_targets_do_not_count(
    seed: int, rows: int, classes: int, places: list[int], index: int
) -> None:
    logits, target = batch(seed, rows + 1, classes, places)
    target[0] = index
    torch.testing.assert_close(
        functional.cross_entropy(logits, target),
        functional.cross_entropy(logits[1:], target[1:]),
    )


@ignored_targets_do_not_count.false("ignored targets count as a loss of 0")
def _(seed: int, rows: int, classes: int, places: list[int], index: int) -> None:
    logits, target = batch(seed, rows + 1, classes, places)
    target[0] = index
    torch.testing.assert_close(
        functional.cross_entropy(logits, target),
        each(logits[1:], target[1:]).sum() / target.numel(),
    )


def weighted(seed: int, target: torch.Tensor, classes: int, reduction: str) -> float:
    """Return the weighted loss by the plain one, for random logits and weights."""
    torch.manual_seed(seed)
    logits = torch.randn(len(target), classes, dtype=torch.float64)
    weight = torch.rand(classes, dtype=torch.float64) + 0.1
    with_weight = functional.cross_entropy(
        logits, target, weight=weight, reduction=reduction
    )
    plain = functional.cross_entropy(logits, target, reduction=reduction)
    return (with_weight / plain).item()


@rule(seed=seeds, rows=rows, classes=classes)
def weights_cancel_in_a_batch_of_one_class(seed: int, rows: int, classes: int) -> None:
    target = torch.full((rows,), classes - 1)
    assert math.isclose(weighted(seed, target, classes, "mean"), 1)


@weights_cancel_in_a_batch_of_one_class.false("with the sum, too")
def _(seed: int, rows: int, classes: int) -> None:
    target = torch.full((rows,), classes - 1)
    assert math.isclose(weighted(seed, target, classes, "sum"), 1)


@weights_cancel_in_a_batch_of_one_class.false("in a batch of two classes as well")
def _(seed: int, rows: int, classes: int) -> None:
    target = torch.arange(rows + 1) % classes
    assert math.isclose(weighted(seed, target, classes, "mean"), 1)


@rule(seed=seeds, rows=rows, classes=classes, places=places)
def nothing_but_missing_labels_gives_nan(
    seed: int, rows: int, classes: int, places: list[int]
) -> None:
    logits, target = batch(seed, rows, classes, places)
    logits.requires_grad_()
    loss = functional.cross_entropy(logits, torch.full_like(target, -100))
    (gradient,) = torch.autograd.grad(loss, logits)
    assert math.isnan(loss.item())
    assert gradient.eq(0).all()


@nothing_but_missing_labels_gives_nan.false("a batch with no label costs nothing")
def _(seed: int, rows: int, classes: int, places: list[int]) -> None:
    logits, target = batch(seed, rows, classes, places)
    assert functional.cross_entropy(logits, torch.full_like(target, -100)) == 0


def smoothed(
    seed: int, rows: int, classes: int, amount: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return logits, one-hot targets, and the loss with this smoothing."""
    logits, target = batch(seed, rows, classes, [])
    loss = functional.cross_entropy(logits, target, label_smoothing=amount)
    return logits, functional.one_hot(target, classes).double(), loss


amounts = st.floats(0.01, 1)


@rule(seed=seeds, rows=rows, classes=classes, amount=amounts)
def smoothing_mixes_the_target_with_equal_shares(
    seed: int, rows: int, classes: int, amount: float
) -> None:
    logits, y, loss = smoothed(seed, rows, classes, amount)
    mixed = (1 - amount) * y + amount / classes
    torch.testing.assert_close(loss, functional.cross_entropy(logits, mixed))


@smoothing_mixes_the_target_with_equal_shares.false(
    "the share goes to the other classes"
)
def _(seed: int, rows: int, classes: int, amount: float) -> None:
    logits, y, loss = smoothed(seed, rows, classes, amount)
    mixed = (1 - amount) * y + amount / (classes - 1) * (1 - y)
    torch.testing.assert_close(loss, functional.cross_entropy(logits, mixed))
