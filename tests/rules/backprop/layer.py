"""Rules of backprop/layer."""

from __future__ import annotations

import torch
from hypothesis import strategies as st
from tests.rule import rule
from torch.nn.functional import mse_loss
from torch.testing import assert_close

seeds = st.integers(0, 10_000)
size = st.integers(1, 6)


class Layer:
    """A sigmoid layer with numbers drawn at random, and what autograd finds.

    Attributes:
        inputs: Shape (examples, inputs).
        weights: Shape (outputs, inputs); the gradient is that of half the sum of
            the squared errors.
        outputs: Shape (examples, outputs).
        targets: The same shape.
    """

    def __init__(self, seed: int, examples: int, inputs: int, outputs: int) -> None:
        torch.manual_seed(seed)
        self.inputs = torch.randn(examples, inputs, dtype=torch.float64)
        self.inputs.requires_grad_()
        self.weights = torch.randn(outputs, inputs, dtype=torch.float64)
        self.weights.requires_grad_()
        self.targets = torch.rand(examples, outputs, dtype=torch.float64)
        self.outputs = torch.sigmoid(self.inputs @ self.weights.T)
        (((self.outputs - self.targets) ** 2).sum() / 2).backward(retain_graph=True)

    def error_terms(self) -> torch.Tensor:
        o = self.outputs.detach()
        return (o - self.targets) * o * (1 - o)

    def gradient(self) -> torch.Tensor:
        assert self.weights.grad is not None
        return self.weights.grad


@rule(seed=seeds, inputs=size, outputs=size)
def outputs_of_a_sigmoid_layer_do_not_mix(seed: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    for row, target, gradient in zip(
        layer.weights, layer.targets[0], layer.gradient(), strict=True
    ):
        alone = row.detach().requires_grad_()
        output = torch.sigmoid(layer.inputs[0].detach() @ alone)
        ((output - target) ** 2 / 2).backward()
        assert_close(alone.grad, gradient)


@outputs_of_a_sigmoid_layer_do_not_mix.false("softmax outputs do not mix either")
def _(seed: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    z = (layer.inputs @ layer.weights.T).detach()[0].requires_grad_()
    p = torch.softmax(z, dim=0)
    for place in range(outputs):
        (gradient,) = torch.autograd.grad(p[place], z, retain_graph=True)
        others = torch.arange(outputs) != place
        assert not gradient[others].any()


@rule(seed=seeds, inputs=size, outputs=size)
def gradient_of_a_layer_is_an_outer_product(
    seed: int, inputs: int, outputs: int
) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    product = torch.outer(layer.error_terms()[0], layer.inputs[0].detach())
    assert_close(layer.gradient(), product)


@gradient_of_a_layer_is_an_outer_product.false(
    "inputs times error terms, in this order, are the gradient"
)
def _(seed: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    product = torch.outer(layer.inputs[0].detach(), layer.error_terms()[0])
    assert_close(layer.gradient(), product)


def rank_after(steps: int, seed: int, examples: int, inputs: int, outputs: int) -> int:
    """The rank of weights that began as 0, after steps with the same examples."""
    layer = Layer(seed, examples, inputs, outputs)
    x = layer.inputs.detach()
    weights = torch.zeros(outputs, inputs, dtype=torch.float64)
    for _ in range(steps):
        o = torch.sigmoid(x @ weights.T)
        weights = weights - ((o - layer.targets) * o * (1 - o)).T @ x
    return int(torch.linalg.matrix_rank(weights))


@rule(seed=seeds, steps=st.integers(1, 30), inputs=size, outputs=size)
def one_example_moves_the_weights_in_one_pattern_only(
    seed: int, steps: int, inputs: int, outputs: int
) -> None:
    assert rank_after(steps, seed, 1, inputs, outputs) <= 1


@one_example_moves_the_weights_in_one_pattern_only.false(
    "two examples move the weights in one pattern too"
)
def _(seed: int, steps: int, inputs: int, outputs: int) -> None:
    assert rank_after(steps, seed, 2, inputs, outputs) <= 1


@rule(seed=seeds, examples=size, inputs=size, outputs=size)
def rank_of_a_batch_is_at_most_the_number_of_examples(
    seed: int, examples: int, inputs: int, outputs: int
) -> None:
    layer = Layer(seed, examples, inputs, outputs)
    assert_close(layer.gradient(), layer.error_terms().T @ layer.inputs.detach())
    assert torch.linalg.matrix_rank(layer.gradient()) <= examples


@rank_of_a_batch_is_at_most_the_number_of_examples.false(
    "different examples always add to the rank"
)
def _(seed: int, examples: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, examples, inputs, outputs)
    assert torch.linalg.matrix_rank(layer.gradient()) == examples


@rule(seed=seeds, inputs=size, outputs=size)
def mse_loss_of_one_example_divides_by_the_outputs(
    seed: int, inputs: int, outputs: int
) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    loss = mse_loss(layer.outputs, layer.targets)
    (gradient,) = torch.autograd.grad(loss, layer.weights)
    assert_close(gradient, 2 / outputs * layer.gradient())


@mse_loss_of_one_example_divides_by_the_outputs.false(
    "mse_loss doubles the gradients, as with one output"
)
def _(seed: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, 1, inputs, outputs)
    loss = mse_loss(layer.outputs, layer.targets)
    (gradient,) = torch.autograd.grad(loss, layer.weights)
    assert_close(gradient, 2 * layer.gradient())


@mse_loss_of_one_example_divides_by_the_outputs.false(
    "for a batch, too, the factor is 2 divided by the outputs"
)
def _(seed: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, 3, inputs, outputs)
    loss = mse_loss(layer.outputs, layer.targets)
    (gradient,) = torch.autograd.grad(loss, layer.weights)
    assert_close(gradient, 2 / outputs * layer.gradient())


def multiplies(examples: int, inputs: int, outputs: int) -> bool:
    """Whether a batch times weights that nobody transposed gives no error."""
    try:
        torch.zeros(examples, inputs) @ torch.zeros(outputs, inputs)
    except RuntimeError:
        return False
    return True


@rule(examples=size, inputs=size, outputs=size)
def a_forgotten_transposition_shows_unless_the_sizes_agree(
    examples: int, inputs: int, outputs: int
) -> None:
    assert multiplies(examples, inputs, outputs) == (inputs == outputs)


@a_forgotten_transposition_shows_unless_the_sizes_agree.false(
    "a forgotten transposition ends in an error"
)
def _(examples: int, inputs: int, outputs: int) -> None:
    assert not multiplies(examples, inputs, outputs)


@rule(seed=seeds, examples=size, inputs=size, outputs=size)
def inputs_collect_their_gradient_from_all_outputs(
    seed: int, examples: int, inputs: int, outputs: int
) -> None:
    layer = Layer(seed, examples, inputs, outputs)
    assert_close(layer.inputs.grad, layer.error_terms() @ layer.weights.detach())


@inputs_collect_their_gradient_from_all_outputs.false(
    "an input gets its gradient from the first output"
)
def _(seed: int, examples: int, inputs: int, outputs: int) -> None:
    layer = Layer(seed, examples, inputs, outputs)
    first = torch.outer(layer.error_terms()[:, 0], layer.weights[0].detach())
    assert_close(layer.inputs.grad, first)
