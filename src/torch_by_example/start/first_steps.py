"""First steps: from five measurements to a fitted line, one idea a program."""

import matplotlib.pyplot as plt
import torch
from torch import Tensor, nn


def spring() -> tuple[Tensor, Tensor]:
    """Return masses hung on a spring, in kg, and its lengths, in cm; shapes (5,)."""
    mass = torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0])
    length = torch.tensor([20.1, 24.9, 30.2, 34.8, 40.0])
    return mass, length


def measurements() -> None:
    """Two rows of measurements as tensors, and a first look at them.

    >>> measurements()
    tensor([0., 1., 2., 3., 4.])
    torch.Size([5]) torch.float32
    longest: 40.0 cm
    """
    mass, length = spring()
    print(mass)
    print(mass.shape, mass.dtype)
    print(f"longest: {length.max().item():.1f} cm")


def guess_a_line() -> None:
    """A guessed line predicts all lengths at once.

    >>> guess_a_line()
    predicted: tensor([18., 22., 26., 30., 34.])
    errors:    tensor([-2.1000, -2.9000, -4.2000, -4.8000, -6.0000])
    """
    mass, length = spring()
    slope, start = 4.0, 18.0
    predicted = slope * mass + start
    print("predicted:", predicted)
    print("errors:   ", predicted - length)


def loss_of_a_guess() -> None:
    """The mean of the squared errors says how bad a guess is, in one number.

    >>> loss_of_a_guess()
    first guess:  17.9 cm²
    second guess: 5.9 cm²
    """
    mass, length = spring()

    def loss(slope: float, start: float) -> float:
        return ((slope * mass + start - length) ** 2).mean().item()

    print(f"first guess:  {loss(4.0, 18.0):.1f} cm²")
    print(f"second guess: {loss(4.0, 20.0):.1f} cm²")


def which_way_is_down() -> None:
    """Autograd computes how the loss answers to each of the two numbers.

    >>> which_way_is_down()
    slope: tensor(-19.8800)
    start: tensor(-8.)
    """
    mass, length = spring()
    slope = torch.tensor(4.0, requires_grad=True)
    start = torch.tensor(18.0, requires_grad=True)
    loss = ((slope * mass + start - length) ** 2).mean()
    loss.backward()
    print("slope:", slope.grad)
    print("start:", start.grad)


def one_step() -> None:
    """A small step against the gradients makes the loss smaller.

    >>> one_step()
    slope 4.00, start 18.00, loss 17.9
    slope 4.40, start 18.16, loss 9.9
    """
    mass, length = spring()
    slope = torch.tensor(4.0, requires_grad=True)
    start = torch.tensor(18.0, requires_grad=True)
    loss = ((slope * mass + start - length) ** 2).mean()
    print(f"slope {slope:.2f}, start {start:.2f}, loss {loss:.1f}")
    loss.backward()
    with torch.no_grad():
        slope -= 0.02 * slope.grad
        start -= 0.02 * start.grad
        loss = ((slope * mass + start - length) ** 2).mean()
    print(f"slope {slope:.2f}, start {start:.2f}, loss {loss:.1f}")


def many_steps() -> None:
    """The same step again and again: this is training.

    >>> many_steps()
    step   1: loss 17.900
    step 101: loss 0.020
    step 201: loss 0.018
    step 301: loss 0.018
    slope 4.97, start 20.06
    """
    mass, length = spring()
    slope = torch.tensor(4.0, requires_grad=True)
    start = torch.tensor(18.0, requires_grad=True)
    for step in range(1, 302):
        loss = ((slope * mass + start - length) ** 2).mean()
        if step % 100 == 1:
            print(f"step {step:3}: loss {loss:.3f}")
        slope.grad = start.grad = None
        loss.backward()
        with torch.no_grad():
            slope -= 0.05 * slope.grad
            start -= 0.05 * start.grad
    print(f"slope {slope:.2f}, start {start:.2f}")


def same_with_parts_of_torch() -> None:
    """A layer, a loss and an optimiser of PyTorch do the same for any model.

    >>> same_with_parts_of_torch()
    slope 4.97, start 20.06
    """
    mass, length = spring()
    model = nn.Linear(1, 1)
    loss_of = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for _ in range(500):
        loss = loss_of(model(mass.unsqueeze(1)), length.unsqueeze(1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"slope {model.weight.item():.2f}, start {model.bias.item():.2f}")


def fit(mass: Tensor, length: Tensor) -> tuple[Tensor, Tensor]:
    """Return slope, in cm/kg, and start, in cm, of the line with the least loss."""
    slope = torch.tensor(4.0, requires_grad=True)
    start = torch.tensor(18.0, requires_grad=True)
    for _ in range(1000):
        loss = ((slope * mass + start - length) ** 2).mean()
        slope.grad = start.grad = None
        loss.backward()
        with torch.no_grad():
            slope -= 0.05 * slope.grad
            start -= 0.05 * start.grad
    return slope.detach(), start.detach()


def predict_and_check() -> None:
    """A line through four measurements predicts the fifth.

    >>> predict_and_check()
    predicted 39.9 cm, measured 40.0 cm
    """
    mass, length = spring()
    slope, start = fit(mass[:4], length[:4])
    predicted = slope * mass[4] + start
    print(f"predicted {predicted:.1f} cm, measured {length[4]:.1f} cm")


def draw_line() -> None:
    """The measurements, the first guess and the fitted line.

    >>> draw_line()
    """
    mass, length = spring()
    slope, start = fit(mass, length)
    _, ax = plt.subplots()
    ax.plot(mass.cpu(), (4.0 * mass + 18.0).cpu(), "--")
    ax.plot(mass.cpu(), (slope * mass + start).cpu())
    ax.plot(mass.cpu(), length.cpu(), "o")
    ax.set_xlabel(r"$m\;[\mathrm{kg}]$")
    ax.set_ylabel(r"$\ell\;[\mathrm{cm}]$")
    plt.show()


def too_large_a_rate() -> None:
    """With too large a rate each step jumps further away.

    >>> too_large_a_rate()
    loss 17.9
    loss 48.9
    loss 136.9
    """
    mass, length = spring()
    slope = torch.tensor(4.0, requires_grad=True)
    start = torch.tensor(18.0, requires_grad=True)
    for _ in range(3):
        loss = ((slope * mass + start - length) ** 2).mean()
        print(f"loss {loss:.1f}")
        slope.grad = start.grad = None
        loss.backward()
        with torch.no_grad():
            slope -= 0.2 * slope.grad
            start -= 0.2 * start.grad
