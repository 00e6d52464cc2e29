"""Lab: a line through points, by guessing, by descending, by batches."""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda
from torch_by_example.regression.linear import solve_exactly


def points_near_a_line(
    slope: float, bias: float, noise: float, count: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Make points near a line.

    Args:
        slope: The slope of the line.
        bias: Its height at x = 0.
        noise: The standard deviation of the targets around the line.
        count: How many points.

    Returns:
        x, evenly spaced from -1 to 3, and y, both of shape (count, 1). The
        noise comes from NumPy, so that it is the same on every device.
    """
    x = torch.linspace(-1, 3, count).unsqueeze(1)
    chance = np.random.default_rng(0).standard_normal((count, 1))
    return x, slope * x + bias + noise * torch.tensor(chance, dtype=x.dtype)


def descend(
    x: torch.Tensor, y: torch.Tensor, lr: float, steps: int, size: int = 0
) -> torch.Tensor:
    """Fit a line by gradient descent on the mean squared error, from w = b = 0.

    Args:
        x: One feature, shape (n, 1).
        y: Targets, shape (n, 1).
        lr: The learning rate.
        steps: How many updates.
        size: How many points, drawn at random, each update looks at; all of
            them if 0.

    Returns:
        Slope and bias before the first and after each update, shape
        (steps + 1, 2).
    """
    line = torch.zeros(2, requires_grad=True)
    way = [line.detach().clone()]
    chance = np.random.default_rng(0)
    for _ in range(steps):
        rows = chance.permutation(len(x))[: size or None].tolist()
        loss = F.mse_loss(line[0] * x[rows] + line[1], y[rows])
        (gradient,) = torch.autograd.grad(loss, [line])
        with torch.no_grad():
            line -= lr * gradient
        way.append(line.detach().clone())
    return torch.stack(way)


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def guess_a_line(
    w: float = 1.0, b: float = 2.0, noise: float = 0.5, count: int = 40
) -> None:
    """A guess, its loss, and the smallest loss that any line has.

    >>> guess_a_line()
    your line 1.67
    best line 0.15
    """
    x, y = points_near_a_line(2.0, 1.0, noise, count)
    best_w, best_b = solve_exactly(x, y)
    print(f"your line {F.mse_loss(w * x + b, y):.2f}")
    print(f"best line {F.mse_loss(best_w * x + best_b, y):.2f}")

    fig, ax = plt.subplots()
    ax.plot(x, w * x + b)
    ax.plot(x, y, "C2o", markersize=4)
    ax.vlines(
        x, torch.minimum(y, w * x + b), torch.maximum(y, w * x + b), "C1"
    )
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def descend_step_by_step(lr: float = 0.1, steps: int = 50) -> None:
    """Slope, bias and loss on the way down.

    >>> descend_step_by_step()
       0  w 0.000  b 0.000  loss 14.7981
      10  w 2.019  b 0.968  loss 0.1536
      20  w 2.032  b 0.945  loss 0.1529
      30  w 2.036  b 0.936  loss 0.1528
      40  w 2.038  b 0.933  loss 0.1528
      50  w 2.038  b 0.932  loss 0.1528
    best  w 2.039  b 0.931  loss 0.1528
    """
    x, y = points_near_a_line(slope=2.0, bias=1.0, noise=0.5, count=40)
    way = descend(x, y, lr, steps)
    for step in range(0, steps + 1, max(1, steps // 5)):
        w, b = way[step]
        loss = F.mse_loss(w * x + b, y)
        print(f"{step:4d}  w {w:.3f}  b {b:.3f}  loss {loss:.4f}")
    w, b = solve_exactly(x, y)
    print(f"best  w {w:.3f}  b {b:.3f}  loss {F.mse_loss(w * x + b, y):.4f}")


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_the_way(lr: float = 0.1, steps: int = 50, size: int = 0) -> None:
    """The way of slope and bias over the loss.

    >>> draw_the_way()
    """
    x, y = points_near_a_line(slope=2.0, bias=1.0, noise=0.5, count=40)
    way = descend(x, y, lr, steps, size)
    W, B = torch.meshgrid(
        torch.linspace(-1, 4, 60), torch.linspace(-1, 3, 60), indexing="xy"
    )
    lines = W * x.view(-1, 1, 1) + B
    losses = ((lines - y.view(-1, 1, 1)) ** 2).mean(dim=0)

    fig, ax = plt.subplots()
    levels = [0.25, 0.5, 1, 2, 4, 8, 16]
    ax.clabel(ax.contour(W, B, losses, levels, colors="gray"))
    ax.plot(way[:, 0], way[:, 1], ".-")
    ax.plot(*solve_exactly(x, y), "C1*", markersize=12)
    ax.set_xlabel("$w$")
    ax.set_ylabel("$b$")
    ax.set_xlim(-1, 4)
    ax.set_ylim(-1, 3)
    plt.show()


def how_far_batches_jump(
    lr: float = 0.1,
    sizes: tuple[int, ...] = (1, 4, 16, 40),
) -> None:
    """How far from the best line the last 100 of 300 updates stay.

    >>> how_far_batches_jump()
     1 points an update: 0.188 away
     4 points an update: 0.090 away
    16 points an update: 0.030 away
    40 points an update: 0.000 away
    """
    x, y = points_near_a_line(slope=2.0, bias=1.0, noise=0.5, count=40)
    best = torch.stack(solve_exactly(x, y))
    for size in sizes:
        way = descend(x, y, lr, 300, size)
        far = torch.linalg.vector_norm(way[-100:] - best, dim=1).mean()
        print(f"{size:2d} points an update: {far:.3f} away")


def throw_in_an_outlier(height: float = 20.0) -> None:
    """One wrong target, and where the best line goes.

    >>> throw_in_an_outlier()
    as measured  last y  7.75  w 2.04  b 0.93
    one wrong    last y 20.00  w 2.48  b 0.80
    """
    x, y = points_near_a_line(slope=2.0, bias=1.0, noise=0.5, count=40)
    for name, last in (("as measured", y[-1].item()), ("one wrong", height)):
        y[-1] = last
        w, b = solve_exactly(x, y)
        print(f"{name:11}  last y {last:5.2f}  w {w:.2f}  b {b:.2f}")
