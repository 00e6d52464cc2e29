"""Rules of losses/cross-entropy."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.logits import batch, classes, each, places, rows, seeds
from tests.rule import rule
from torch.nn import functional


@rule(seed=seeds, classes=classes, score=st.floats(-50, 50))
def equal_scores_cost_the_logarithm_of_the_classes(
    seed: int, classes: int, score: float
) -> None:
    assert math.isclose(level(seed, classes, score), math.log(classes), rel_tol=1e-5)


def level(seed: int, classes: int, score: float) -> float:
    """Return the loss of one score for all classes."""
    _, target = batch(seed, 3, classes, [])
    return functional.cross_entropy(torch.full((3, classes), score), target).item()


@equal_scores_cost_the_logarithm_of_the_classes.false(
    "a model that knows nothing has a loss of 1"
)
def _(seed: int, classes: int, score: float) -> None:
    assert math.isclose(level(seed, classes, score), 1, rel_tol=1e-5)


@rule(seed=seeds, rows=rows, classes=classes, places=places)
def cross_entropy_averages_over_the_targets(
    seed: int, rows: int, classes: int, places: list[int]
) -> None:
    logits, target = batch(seed, rows, classes, places)
    wanted = each(logits, target).sum() / target.numel()
    torch.testing.assert_close(functional.cross_entropy(logits, target), wanted)


@cross_entropy_averages_over_the_targets.false(
    "it divides by the number of all outputs, like the mean squared error"
)
def _(seed: int, rows: int, classes: int, places: list[int]) -> None:
    logits, target = batch(seed, rows, classes, places)
    wanted = each(logits, target).sum() / logits.numel()
    torch.testing.assert_close(functional.cross_entropy(logits, target), wanted)


@cross_entropy_averages_over_the_targets.false("it divides by the number of samples")
def _(seed: int, rows: int, classes: int, places: list[int]) -> None:
    logits, target = batch(seed, rows, classes, places)
    wanted = each(logits, target).sum() / rows
    torch.testing.assert_close(functional.cross_entropy(logits, target), wanted)


@rule(seed=seeds, classes=classes, lead=st.floats(-50, 500))
def a_softmax_too_many_has_a_floor(seed: int, classes: int, lead: float) -> None:
    twice = squeezed(seed, classes, lead)
    floor = math.log(1 + (classes - 1) / math.e)
    assert twice >= floor - 1e-6
    assert lead < 50 or twice <= floor + 1e-3


def squeezed(seed: int, classes: int, lead: float) -> float:
    """Return the loss when the last layer of the model is a softmax already."""
    logits, target = batch(seed, 1, classes, [])
    logits[0, target] += lead
    return functional.cross_entropy(torch.softmax(logits, dim=1), target).item()


@a_softmax_too_many_has_a_floor.false("a perfect answer has no loss, after two too")
def _(seed: int, classes: int, lead: float) -> None:
    assert lead < 50 or squeezed(seed, classes, lead) < 0.1


@rule(seed=seeds, rows=rows, classes=classes, soft=st.sampled_from([0.0, 0.5, 1.0]))
def gradient_is_prediction_minus_truth(
    seed: int, rows: int, classes: int, soft: float
) -> None:
    logits, y = with_soft_targets(seed, rows, classes, soft)
    loss = functional.cross_entropy(logits, y, reduction="sum")
    (gradient,) = torch.autograd.grad(loss, logits)
    torch.testing.assert_close(gradient, torch.softmax(logits, dim=1) - y)


def with_soft_targets(
    seed: int, rows: int, classes: int, soft: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw logits and distributions: one-hot for soft = 0."""
    logits, target = batch(seed, rows, classes, [])
    y = functional.one_hot(target, classes) * (1 - soft)
    y = y + soft * torch.softmax(torch.randn_like(logits), dim=1)
    return logits.requires_grad_(), y


@gradient_is_prediction_minus_truth.false("squares after a softmax give the same")
def _(seed: int, rows: int, classes: int, soft: float) -> None:
    logits, y = with_soft_targets(seed, rows, classes, soft)
    loss = ((torch.softmax(logits, dim=1) - y) ** 2).sum() / 2
    (gradient,) = torch.autograd.grad(loss, logits)
    torch.testing.assert_close(gradient, torch.softmax(logits, dim=1) - y)


@gradient_is_prediction_minus_truth.false("in a mean too, each row gets all of it")
def _(seed: int, rows: int, classes: int, soft: float) -> None:
    logits, y = with_soft_targets(seed, rows, classes, soft)
    (gradient,) = torch.autograd.grad(functional.cross_entropy(logits, y), logits)
    torch.testing.assert_close(gradient, torch.softmax(logits, dim=1) - y)


@rule(seed=seeds, rows=rows)
def one_logit_stands_for_zero_and_itself(seed: int, rows: int) -> None:
    logits, y = batch(seed, rows, 2, [])
    a = logits[:, 1]
    pairs = torch.stack([torch.zeros_like(a), a], dim=1)
    torch.testing.assert_close(
        functional.binary_cross_entropy_with_logits(a, y.double()),
        functional.cross_entropy(pairs, y),
    )


@one_logit_stands_for_zero_and_itself.false("one logit stands for -a and a")
def _(seed: int, rows: int) -> None:
    logits, y = batch(seed, rows, 2, [])
    a = logits[:, 1]
    torch.testing.assert_close(
        functional.binary_cross_entropy_with_logits(a, y.double()),
        functional.cross_entropy(torch.stack([-a, a], dim=1), y),
    )


logits = st.floats(-1e4, 1e4, width=32)


@rule(a=logits, y=st.sampled_from([0.0, 1.0]))
def logits_keep_the_gradient(a: float, y: float) -> None:
    logit = torch.tensor(a, requires_grad=True)
    loss = functional.binary_cross_entropy_with_logits(logit, torch.tensor(y))
    (gradient,) = torch.autograd.grad(loss, logit)
    torch.testing.assert_close(gradient, torch.sigmoid(logit.detach()) - y)


@logits_keep_the_gradient.false("so does binary_cross_entropy, from the probability")
def _(a: float, y: float) -> None:
    logit = torch.tensor(a, requires_grad=True)
    p = torch.sigmoid(logit)
    (gradient,) = torch.autograd.grad(
        functional.binary_cross_entropy(p, torch.tensor(y)), logit
    )
    torch.testing.assert_close(gradient, p.detach() - y, atol=1e-3, rtol=0)


shapes = st.lists(st.integers(1, 3), min_size=1, max_size=3)


@rule(shape=shapes, other=shapes)
def binary_cross_entropy_refuses_other_shapes(
    shape: list[int], other: list[int]
) -> None:
    assert refuses(shape, other) == (shape != other)


def refuses(shape: list[int], other: list[int]) -> bool:
    """Whether logits of one shape and targets of another end in a ValueError."""
    try:
        functional.binary_cross_entropy_with_logits(
            torch.zeros(shape), torch.ones(other)
        )
    except ValueError:
        return True
    return False


@binary_cross_entropy_refuses_other_shapes.false("it refuses what does not broadcast")
def _(shape: list[int], other: list[int]) -> None:
    try:
        torch.broadcast_shapes(shape, other)
    except RuntimeError:
        assert refuses(shape, other)
    else:
        assert not refuses(shape, other)


@rule(seed=seeds, rows=rows, classes=classes, soft=st.sampled_from([0.0, 0.5, 1.0]))
def loss_is_at_least_the_entropy_of_the_target(
    seed: int, rows: int, classes: int, soft: float
) -> None:
    logits, y = with_soft_targets(seed, rows, classes, soft)
    entropy = -torch.xlogy(y, y).sum(dim=1).mean()
    assert functional.cross_entropy(logits, y) >= entropy - 1e-12
    if soft == 1:
        torch.testing.assert_close(functional.cross_entropy(y.log(), y), entropy)


@loss_is_at_least_the_entropy_of_the_target.false("a perfect prediction has no loss")
def _(seed: int, rows: int, classes: int, soft: float) -> None:
    _, y = with_soft_targets(seed, rows, classes, soft)
    assert functional.cross_entropy((y + 1e-12).log(), y) < 1e-6


@rule(a=st.floats(-80, 80, width=32))
def the_formula_by_hand_gives_nan_once_p_is_rounded(a: float) -> None:
    p = torch.sigmoid(torch.tensor(a))
    assert math.isnan(by_hand(p, 1.0)) == (p.item() == 1)


def by_hand(p: torch.Tensor, y: float) -> float:
    """Return the binary cross-entropy by its formula."""
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).item()


@the_formula_by_hand_gives_nan_once_p_is_rounded.false("one term is always zero")
def _(a: float) -> None:
    p = torch.sigmoid(torch.tensor(a))
    assert math.isclose(by_hand(p, 1.0), -torch.log(p).item(), abs_tol=1e-6)
