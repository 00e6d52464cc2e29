"""Why neurons bend: thresholds, slopes, and layers that collapse into one."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import torch

from example_docs.marks import on_cuda


def neuron_with_threshold() -> None:
    """A neuron weighs its inputs, adds up, and fires above a threshold.

    >>> neuron_with_threshold()
    sunny 0, warm 0, free 1: sum 1 -> False
    sunny 0, warm 1, free 1: sum 2 -> False
    sunny 1, warm 0, free 0: sum 3 -> True
    sunny 1, warm 0, free 1: sum 4 -> True
    """
    weights = torch.tensor([3, 1, 1])
    threshold = 2
    days = torch.tensor([[0, 0, 1], [0, 1, 1], [1, 0, 0], [1, 0, 1]])
    for day in days:
        total = (weights * day).sum().item()
        sunny, warm, free = day.tolist()
        print(f"sunny {sunny}, warm {warm}, free {free}:", end=" ")
        print(f"sum {total} -> {total > threshold}")


def threshold_as_bias() -> None:
    """A threshold is a negative bias: compare with 0 and nothing changes.

    >>> threshold_as_bias()
    tensor([1., 2., 3., 4.])
    tensor([False, False,  True,  True])
    tensor([-1.,  0.,  1.,  2.])
    tensor([False, False,  True,  True])
    """
    weights = torch.tensor([3.0, 1.0, 1.0])
    days = torch.tensor(
        [[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 0.0], [1.0, 0.0, 1.0]]
    )
    total = days @ weights
    print(total)
    print(total > 2)

    bias = -2
    z = days @ weights + bias
    print(z)
    print(z > 0)


def step(z: torch.Tensor) -> torch.Tensor:
    """The step function: 1 where z is above 0, and 0 elsewhere.

    Args:
        z: Any shape, a floating dtype.

    Returns:
        Zeros and ones, the shape and the dtype of z.
    """
    return (z > 0).to(z.dtype)


def four_cases() -> torch.Tensor:
    """All that two switches can be: 0 is off, 1 is on.

    Returns:
        A row for each case, in the order 00, 01, 10, 11; shape (4, 2).
    """
    return torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def logic_gates() -> None:
    """The bias decides whether a neuron means AND or OR.

    >>> logic_gates()
    -1.5 tensor([0., 0., 0., 1.])
    -0.5 tensor([0., 1., 1., 1.])
    """
    weights = torch.ones(2)
    for bias in (-1.5, -0.5):
        print(bias, step(four_cases() @ weights + bias))


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_step() -> None:
    """The step function: flat, a jump at 0, flat again.

    >>> draw_step()
    """
    z = torch.arange(-300, 301) / 100
    height = step(z)
    height[z == 0] = torch.nan  # leaves a gap, so that no line climbs up

    fig, ax = plt.subplots()
    ax.plot(z, height)
    ax.plot(0, 0, "C0o")
    ax.plot(0, 1, "C0o", fillstyle="none")
    ax.set_xlabel("$z$")
    ax.set_ylabel("$H(z)$")
    ax.set_yticks([0, 0.5, 1])
    ax.grid()
    plt.show()


def comparison_ends_the_graph() -> None:
    """A comparison gives True or False, and autograd stops there.

    >>> comparison_ends_the_graph()
    tensor([-0.5000,  0.0000,  0.5000], grad_fn=<MulBackward0>)
    tensor([False, False,  True])
    tensor([0., 0., 1.])
    """
    weights = torch.arange(-1.0, 2.0, requires_grad=True)
    z = weights * 0.5
    print(z)
    print(z > 0)
    print(step(z))


def sign_passes_back_zeros() -> None:
    """torch.sign is a step that autograd knows: its gradient is 0.

    >>> sign_passes_back_zeros()
    1.0 1.0
    tensor(2.) tensor(0.)
    """
    weight = torch.tensor(3.0, requires_grad=True)
    answer = (torch.sign(weight - 2) + 1) / 2
    loss = answer**2  # 0 is wanted
    print(answer.item(), loss.item())
    print(*torch.autograd.grad(loss, [answer, weight]))


def learn_and_gate(
    activation: Callable[[torch.Tensor], torch.Tensor],
) -> tuple[torch.Tensor, torch.Tensor]:
    """Train one neuron, two weights and a bias, to be an AND gate.

    Args:
        activation: Maps the weighted sums, shape (4,), to outputs of that shape.

    Returns:
        The weights with the bias last, shape (3,), and the four outputs.
    """
    inputs = four_cases()
    wanted = torch.tensor([0.0, 0.0, 0.0, 1.0])
    parameters = torch.tensor([0.5, 0.5, 0.5], requires_grad=True)
    for _ in range(500):
        output = activation(inputs @ parameters[:2] + parameters[2])
        loss = ((output - wanted) ** 2).mean()
        (gradient,) = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            parameters -= 2.0 * gradient
    return parameters.detach(), output.detach()


def step_learns_nothing() -> None:
    """500 steps of training: the jump moves nothing, the smooth curve learns.

    >>> step_learns_nothing()
    jump:   weights 0.50 0.50, bias 0.50, outputs 1.00 1.00 1.00 1.00
    smooth: weights 4.65 4.65, bias -7.07, outputs 0.00 0.08 0.08 0.90
    """
    for name, activation in (
        ("jump:  ", lambda z: (torch.sign(z) + 1) / 2),
        ("smooth:", torch.sigmoid),
    ):
        parameters, output = learn_and_gate(activation)
        w1, w2, bias = parameters
        print(f"{name} weights {w1:.2f} {w2:.2f}, bias {bias:.2f},", end=" ")
        print("outputs", *[f"{number:.2f}" for number in output])


def two_layers_are_one() -> None:
    """Two layers without an activation are one layer, with other weights.

    >>> two_layers_are_one()
    tensor([-5., 10.])
    tensor([[ 7., 11.],
            [ 9., 11.]])
    tensor([-8.,  3.])
    tensor([-5., 10.])
    """
    x = torch.tensor([2.0, -1.0])
    first = torch.tensor([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]])
    first_bias = torch.tensor([1.0, -1.0, 2.0])
    second = torch.tensor([[1.0, 2.0, -1.0], [0.0, 3.0, 1.0]])
    second_bias = torch.tensor([-5.0, 4.0])
    print(second @ (first @ x + first_bias) + second_bias)

    weight = second @ first
    bias = second @ first_bias + second_bias
    print(weight)
    print(bias)
    print(weight @ x + bias)


def deep_but_straight() -> None:
    """Layer after layer, and still a straight line: equal steps in and out.

    >>> deep_but_straight()
    parameters: 141
    without activation: straight True
    with tanh:          straight False
    """
    sizes = [(1, 10), (10, 10), (10, 1)]
    layers = [(torch.randn(*size), torch.randn(size[1])) for size in sizes]
    print("parameters:", sum(W.numel() + b.numel() for W, b in layers))
    x = torch.tensor([[-2.0], [-1.0], [0.0], [1.0], [2.0]])
    for name, between in (
        ("without activation:", lambda h: h),
        ("with tanh:         ", torch.tanh),
    ):
        h = x
        for W, b in layers[:-1]:
            h = between(h @ W + b)
        W, b = layers[-1]
        steps = (h @ W + b).diff(dim=0)
        straight = torch.allclose(steps, steps[0], rtol=1e-4, atol=1e-4)
        print(name, "straight", straight)


def best_straight_answer_to_xor() -> None:
    """The best linear answer to "exactly one of the two" is one half, always.

    >>> best_straight_answer_to_xor()
    tensor([0.5000, 0.5000, 0.5000, 0.5000])
    """
    wanted = torch.tensor([0.0, 1.0, 1.0, 0.0])
    with_bias = torch.cat([four_cases(), torch.ones(4, 1)], dim=1)
    best = torch.linalg.lstsq(with_bias, wanted.unsqueeze(1)).solution
    print((with_bias @ best).squeeze(1))


def two_bends_solve_xor() -> None:
    """Same weights, with and without the bend: only the bend solves XOR.

    >>> two_bends_solve_xor()
    without: tensor([2., 1., 1., 0.])
    with:    tensor([0., 1., 1., 0.])
    """
    first = torch.tensor([[1.0, 1.0], [1.0, 1.0]])
    first_bias = torch.tensor([0.0, -1.0])
    second = torch.tensor([1.0, -2.0])
    hidden = four_cases() @ first + first_bias
    print("without:", hidden @ second)
    print("with:   ", torch.relu(hidden) @ second)


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_bends() -> None:
    """Three bends follow a parabola; without them the sum is a line.

    >>> draw_bends()
    """
    x = torch.linspace(-2, 2, 401)
    bends_at = torch.tensor([-1.0, 0.0, 1.0])
    weights = torch.tensor([2.0, 2.0, 2.0])
    hidden = x.unsqueeze(1) - bends_at
    straight_part = 4 - 3 * (x + 2)

    fig, ax = plt.subplots()
    ax.plot(x, x**2, label="$x^2$")
    bent = straight_part + torch.relu(hidden) @ weights
    ax.plot(x, bent, label="$f(x)$")
    ax.plot(x, straight_part + hidden @ weights, label="$g(x)$")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    ax.set_xticks([-2, -1, 0, 1, 2])
    ax.set_ylim(-3, 8)
    ax.grid()
    ax.legend()
    plt.show()


def not_from_one_neuron() -> None:
    """NOT and NAND from one neuron each.

    >>> not_from_one_neuron()
    tensor([1., 0.])
    tensor([1., 1., 1., 0.])
    """
    bit = torch.arange(2.0)
    print(step(0.5 - bit))
    print(step(1.5 - four_cases().sum(dim=1)))


def three_layers_in_one() -> None:
    """Three linear layers in a row, without an activation.

    >>> three_layers_in_one()
    tensor([-1.,  5., 11.])
    """
    x = torch.tensor([0.0, 1.0, 2.0])
    print(3 * (-1 * (-2 * x - 1)) - 4)


def bend_in_the_wrong_place() -> None:
    """An activation after the last layer only, all inputs positive.

    >>> bend_in_the_wrong_place()
    tensor([3., 5., 7.])
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    hidden = x + 0.5
    print(torch.relu(2 * hidden))
