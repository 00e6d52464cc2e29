"""ReLU: its two slopes, the units that die of it, and its gentler relatives."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_cuda, takes_long


def two_spellings() -> None:
    """torch.relu and F.relu are the same function.

    >>> two_spellings()
    tensor([0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.1111, 0.3333, 0.5556, 0.7778,
            1.0000], grad_fn=<ReluBackward0>)
    tensor([0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.1111, 0.3333, 0.5556, 0.7778,
            1.0000], grad_fn=<ReluBackward0>)
    """
    a = torch.linspace(-1, 1, 10, requires_grad=True)
    b = torch.relu(a)
    c = F.relu(a)
    print(b)
    print(c)


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_curve() -> None:
    """ReLU has a bend, its slope a jump.

    >>> draw_curve()
    """
    x = (torch.arange(-300, 301) / 100).requires_grad_()
    y = torch.relu(x)
    y.sum().backward()
    slope = x.grad
    slope[x == 0] = torch.nan  # leaves a gap, so that no line climbs up

    fig, ax = plt.subplots()
    ax.plot(x.detach(), y.detach(), label=r"$\mathrm{ReLU}(x)$")
    ax.plot(x.detach(), slope, label=r"$\mathrm{ReLU}'(x)$")
    ax.set_xlabel("$x$")
    ax.set_yticks([0, 1, 2, 3])
    ax.grid()
    ax.legend()
    plt.show()


def slope_zero_or_one() -> None:
    """The slope is 0 on the left and 1 on the right; at 0 torch says 0.

    >>> slope_zero_or_one()
    tensor([0., 0., 0., 1., 1.])
    tensor([0., 0., 0., 1., 1.])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    y = torch.relu(x)
    y.sum().backward()
    print(x.grad)
    print((y > 0).float())


def gate_for_the_gradient() -> None:
    """What comes back from the loss passes unchanged or not at all.

    >>> gate_for_the_gradient()
    tensor([ 0.,  0.,  0., 40., 50.])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    arriving = torch.arange(10.0, 60.0, 10.0)
    torch.relu(x).backward(arriving)
    print(x.grad)


def never_saturated() -> None:
    """However large the input, the slope on the right stays 1.

    >>> never_saturated()
    sigmoid 0.1966 0.0066 0.0000
    tanh    0.4200 0.0002 0.0000
    relu    1.0000 1.0000 1.0000
    """
    x = torch.tensor([1.0, 5.0, 1e30], requires_grad=True)
    for activation in (torch.sigmoid, torch.tanh, torch.relu):
        (slopes,) = torch.autograd.grad(activation(x).sum(), x)
        numbers = " ".join(f"{slope:.4f}" for slope in slopes)
        print(f"{activation.__name__:7} {numbers}")


def zeros_of_a_layer() -> None:
    """Half of all random inputs come out as exact zeros.

    >>> zeros_of_a_layer()
    relu: 0.50 are zero
    tanh: 0.00 are zero
    """
    z = torch.randn(1_000_000)
    for activation in (torch.relu, torch.tanh):
        zeros = (activation(z) == 0).sum()
        print(f"{activation.__name__}: {zeros / len(z):.2f} are zero")


def overwritten_too_early() -> None:
    """exp needs its output for backward; relu_ has overwritten it.

    >>> overwritten_too_early()
    one of the variables needed for gradient computation has been modified by an inplace operation
    """
    x = torch.ones(2, requires_grad=True)
    y = torch.exp(x)
    torch.relu_(y)
    try:
        y.sum().backward()
    except RuntimeError as error:
        print(str(error).split(": ")[0])


def train_unit(
    activation: Callable[[torch.Tensor], torch.Tensor], steps: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Train one unit, a weight and a bias, on four points of a line.

    Args:
        activation: Element by element.
        steps: How many steps of gradient descent, at least 1.

    Returns:
        The weight and the bias, which start at 1 and -5, each with its
        gradient; and the outputs in front of the last step, shape (4,).
    """
    data = torch.tensor([-1.0, 0.0, 1.0, 2.0])
    wanted = data + 2
    weight = torch.tensor(1.0, requires_grad=True)
    bias = torch.tensor(-5.0, requires_grad=True)
    optimiser = torch.optim.SGD([weight, bias], lr=0.1)
    for _ in range(steps):
        output = activation(weight * data + bias)
        loss = ((output - wanted) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return weight, bias, output.detach()


@takes_long(seconds=60, reason="a network is trained")
def dead_unit() -> None:
    """A unit that is negative for all data gets no gradient, and stays so.

    >>> dead_unit()
    tensor([0., 0., 0., 0.])
    tensor(0.) tensor(0.)
    1.0 -5.0
    """
    weight, bias, output = train_unit(torch.relu, steps=100)
    print(output)
    print(weight.grad, bias.grad)
    print(weight.item(), bias.item())


def killed_by_one_step() -> None:
    """One step with a large learning rate puts the unit out of reach.

    >>> killed_by_one_step()
    learning rate 0.05: 1.2500 1.0625 1.0156 1.0039
    learning rate 0.5: -5.5000 -5.5000 -5.5000 -5.5000
    """
    data = torch.tensor([1.0, 2.0, 3.0, 4.0])
    wanted = torch.tensor([1.0, 2.0, 3.0, 4.0])
    for rate in (0.05, 0.5):
        weight = torch.tensor(2.0, requires_grad=True)
        print(f"learning rate {rate}:", end="")
        for _ in range(4):
            loss = ((torch.relu(weight * data) - wanted) ** 2).mean()
            (slope,) = torch.autograd.grad(loss, weight)
            weight = (weight - rate * slope).detach().requires_grad_()
            print(f" {weight.item():.4f}", end="")
        print()


def count_dead_units() -> None:
    """A unit is dead when it is zero for every sample of the data.

    >>> count_dead_units()
    tensor([[1., 0., 0.],
            [1., 1., 0.],
            [2., 0., 0.]])
    tensor([ True,  True, False])
    dead: 1
    """
    samples = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    weights = torch.tensor([[1.0, -1.0, -1.0], [1.0, 1.0, -2.0]])
    output = torch.relu(samples @ weights)
    print(output)
    alive = (output > 0).any(dim=0)
    print(alive)
    print("dead:", (~alive).sum().item())


def leaky_slopes() -> None:
    """LeakyReLU lets a little through: a slope that is small, not 0.

    >>> leaky_slopes()
    tensor([-0.0200, -0.0100,  1.0000,  2.0000]) tensor([0.0100, 0.0100, 1.0000, 1.0000])
    tensor([-0.4000, -0.2000,  1.0000,  2.0000]) tensor([0.2000, 0.2000, 1.0000, 1.0000])
    """
    x = torch.tensor([-2.0, -1.0, 1.0, 2.0], requires_grad=True)
    for slope in (0.01, 0.2):
        y = F.leaky_relu(x, negative_slope=slope)
        (gradient,) = torch.autograd.grad(y.sum(), x)
        print(y.detach(), gradient)


def leaky_unit_recovers() -> None:
    """The dead unit again, with LeakyReLU: slowly it comes back.

    >>> leaky_unit_recovers()
       1: -0.60, -0.50, -0.40, -0.30
      10: -0.59, -0.45, -0.30, -0.16
     100: -0.14, 0.57, 2.58, 4.60
    1000: 1.00, 2.00, 3.00, 4.00
    """
    for steps in (1, 10, 100, 1000):
        _, _, output = train_unit(nn.LeakyReLU(0.1), steps)
        numbers = ", ".join(f"{value:.2f}" for value in output)
        print(f"{steps:4}: {numbers}")


def relu_of_relu() -> None:
    """relu twice: the values, and the gradient.

    >>> relu_of_relu()
    tensor([0., 0., 0., 1., 2.]) tensor([0., 0., 0., 1., 1.])
    """
    x = torch.arange(-2.0, 3.0, requires_grad=True)
    y = torch.relu(torch.relu(x))
    y.sum().backward()
    print(y.detach(), x.grad)


def nan_through_relu() -> None:
    """Is nan above 0?

    >>> nan_through_relu()
    tensor([nan, 0.])
    """
    print(torch.relu(torch.tensor([float("nan"), float("-inf")])))


def relu_at_the_end() -> None:
    """A model that ends in relu, and a target below 0.

    >>> relu_at_the_end()
    0.0 9.0
    tensor(6.) tensor(0.)
    """
    score = torch.tensor(-0.5, requires_grad=True)
    prediction = torch.relu(score)
    loss = (prediction - (-3.0)) ** 2
    print(prediction.item(), loss.item())
    print(*torch.autograd.grad(loss, [prediction, score]))
