"""Rules of backprop/perceptron."""

from __future__ import annotations

import torch
from hypothesis import assume
from hypothesis import strategies as st
from tests.rule import rule
from torch.nn.functional import mse_loss
from torch.testing import assert_close

seeds = st.integers(0, 10_000)
counts = st.integers(1, 10)


class Perceptron:
    """A sigmoid unit with numbers drawn at random, and what autograd finds.

    Attributes:
        inputs: Shape (n,).
        weights: Shape (n,); their gradient is that of half the squared error.
        bias: Shape ().
        output: Shape ().
        target: Shape ().
    """

    def __init__(self, seed: int, count: int) -> None:
        torch.manual_seed(seed)
        self.inputs = torch.randn(count, dtype=torch.float64)
        self.inputs[torch.rand(count) < 0.3] = 0
        self.weights = torch.randn(count, dtype=torch.float64)
        self.weights[torch.rand(count) < 0.3] = 0
        self.weights.requires_grad_()
        self.bias = torch.randn((), dtype=torch.float64, requires_grad=True)
        self.target = torch.rand((), dtype=torch.float64)
        self.z = self.weights @ self.inputs + self.bias
        self.output = torch.sigmoid(self.z)
        ((self.output - self.target) ** 2 / 2).backward(retain_graph=True)

    def error_term(self) -> torch.Tensor:
        o = self.output.detach()
        return (o - self.target) * o * (1 - o)


@rule(seed=seeds, count=counts)
def gradient_of_a_weighted_sum_is_the_inputs(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    (gradient,) = torch.autograd.grad(unit.z, unit.weights)
    assert torch.equal(gradient, unit.inputs)


@gradient_of_a_weighted_sum_is_the_inputs.false(
    "the gradient of the sum depends on the weights"
)
def _(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    (gradient,) = torch.autograd.grad(unit.z, unit.weights)
    assert torch.equal(gradient, unit.inputs * unit.weights)


@rule(seed=seeds, count=counts)
def gradient_of_a_perceptron_is_the_error_term_times_the_inputs(
    seed: int, count: int
) -> None:
    unit = Perceptron(seed, count)
    assert_close(unit.weights.grad, unit.error_term() * unit.inputs)


@gradient_of_a_perceptron_is_the_error_term_times_the_inputs.false(
    "the gradient is the distance to the target times the inputs"
)
def _(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    distance = unit.output.detach() - unit.target
    assert_close(unit.weights.grad, distance * unit.inputs)


@rule(seed=seeds, count=counts)
def a_weight_whose_input_is_zero_gets_the_gradient_zero(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    assert unit.weights.grad is not None
    assert not unit.weights.grad[unit.inputs == 0].any()


@a_weight_whose_input_is_zero_gets_the_gradient_zero.false(
    "a weight that is 0 gets the gradient 0"
)
def _(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    assert unit.weights.grad is not None
    assert not unit.weights.grad[unit.weights == 0].any()


@rule(seed=seeds, count=counts)
def gradient_of_the_bias_is_the_error_term(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    assert_close(unit.bias.grad, unit.error_term())


@gradient_of_the_bias_is_the_error_term.false(
    "the gradient of the bias is the distance to the target"
)
def _(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    assert_close(unit.bias.grad, unit.output.detach() - unit.target)


@rule(seed=seeds, count=counts)
def mse_loss_of_one_output_doubles_the_gradients(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    loss = mse_loss(unit.output, unit.target)
    (gradient,) = torch.autograd.grad(loss, unit.weights)
    assert unit.weights.grad is not None
    assert_close(gradient, 2 * unit.weights.grad)


@mse_loss_of_one_output_doubles_the_gradients.false("mse_loss has a half in it")
def _(seed: int, count: int) -> None:
    unit = Perceptron(seed, count)
    loss = mse_loss(unit.output, unit.target)
    (gradient,) = torch.autograd.grad(loss, unit.weights)
    assert_close(gradient, unit.weights.grad)


def error_term_for_target_one(output: float) -> float:
    return abs((output - 1) * output * (1 - output))


@rule(outputs=st.tuples(*[st.floats(1e-4, 0.99)] * 2).map(sorted))
def below_one_third_the_more_wrong_the_smaller_the_error_term(
    outputs: list[float],
) -> None:
    more_wrong, less_wrong = (output / 3 for output in outputs)
    assume(less_wrong - more_wrong > 1e-6)
    assert error_term_for_target_one(more_wrong) < error_term_for_target_one(less_wrong)


@below_one_third_the_more_wrong_the_smaller_the_error_term.false(
    "the more wrong, the smaller the error term"
)
def _(outputs: list[float]) -> None:
    more_wrong, less_wrong = outputs
    assume(less_wrong - more_wrong > 1e-6)
    assert error_term_for_target_one(more_wrong) < error_term_for_target_one(less_wrong)
