"""Lab: walks down Himmelblau's function, from any start, by any optimiser."""

import matplotlib.pyplot as plt
import torch

from example_docs.marks import on_cuda, takes_long
from torch_by_example.optimise.gradient_descent import travel
from torch_by_example.optimise.himmelblau import (
    MINIMA,
    himmelblau,
    settle,
    square_of_starts,
)


def walk(start: list[float], name: str, lr: float, steps: int) -> torch.Tensor:
    """Walk down from a start.

    Args:
        start: The coordinates x and y.
        name: The optimiser's class in torch.optim, such as "SGD" or "Adam".
        lr: The learning rate.
        steps: How many steps to take.

    Returns:
        All places, the start first, float64, shape (steps + 1, 2).
    """
    return travel(himmelblau, start, getattr(torch.optim, name), steps, lr=lr)


def walk_down(
    start: tuple[float, float] = (0.0, 0.0),
    name: str = "Adam",
    lr: float = 0.1,
    steps: int = 200,
) -> None:
    """Where a walk is, and how high, on its way.

    >>> walk_down()
       0  ( 0.0000,  0.0000)  height  170.0000
      25  ( 2.5972,  2.4378)  height    5.6729
      50  ( 2.9441,  1.8265)  height    0.7740
      75  ( 3.0467,  1.9955)  height    0.0781
     100  ( 3.0002,  2.0170)  height    0.0050
     125  ( 3.0007,  1.9948)  height    0.0004
     150  ( 2.9986,  2.0008)  height    0.0001
     175  ( 2.9999,  1.9996)  height    0.0000
     200  ( 2.9999,  2.0000)  height    0.0000
    """
    places = walk(list(start), name, lr, steps)
    for step in range(0, steps + 1, max(1, steps // 8)):
        x, y = places[step].tolist()
        height = himmelblau(places[step])
        print(f"{step:4d}  ({x:7.4f}, {y:7.4f})  height {height:9.4f}")


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_walks(
    start: tuple[float, float] = (0.0, 0.0),
    rates: tuple[tuple[str, float], ...] = (("SGD", 0.01), ("Adam", 0.1)),
    steps: int = 200,
) -> None:
    """Walks of several optimisers from one start.

    >>> draw_walks()
    """
    axis = torch.linspace(-6, 6, 80)
    X, Y = torch.meshgrid(axis, axis, indexing="xy")

    fig, ax = plt.subplots()
    levels = [5, 20, 50, 100, 150, 250, 400]
    ax.contour(X, Y, himmelblau([X, Y]), levels, colors="gray")
    for index, (name, lr) in enumerate(rates):
        places = walk(list(start), name, lr, steps)
        style = ["-", "--", "-.", ":"][index % 4]
        label = rf"$\eta = {lr}$, {name}"
        ax.plot(places[:, 0], places[:, 1], style, label=label)
    ax.plot(*torch.tensor(MINIMA).T, "C2*", markersize=10)
    ax.set_aspect("equal")
    ax.set_xlim(-6, 6)
    ax.set_ylim(-6, 9)
    ax.legend(loc="upper center")
    plt.show()


@takes_long(seconds=60, reason="each optimiser starts everywhere")
def race(
    start: tuple[float, float] = (0.0, 0.0),
    rates: tuple[float, ...] = (0.001, 0.01, 0.02, 0.1, 1.0),
    steps: int = 200,
) -> None:
    """How high each optimiser still is at the end, rate by rate.

    >>> race()
    rate         SGD   RMSprop      Adam
    0.001     0.0009  154.0253  160.7889
     0.01     0.0000    0.5213   11.7898
     0.02     0.0000    0.0000    0.0266
      0.1       gone    0.0000    0.0000
      1.0       gone    0.0000    0.0000
    """
    names = ("SGD", "RMSprop", "Adam")
    print("rate  " + "".join(f"{name:>10}" for name in names))
    for lr in rates:
        row = f"{lr:5} "
        for name in names:
            height = himmelblau(walk(list(start), name, lr, steps)[-1]).item()
            row += f"{height:10.4f}" if height < 1e6 else f"{'gone':>10}"
        print(row)


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_where_starts_end(
    name: str = "Adam", lr: float = 0.1, steps: int = 300, size: int = 61
) -> None:
    """Every start in the colour of the minimum where it ends.

    >>> draw_where_starts_end()
    """
    starts = square_of_starts(size)
    ends = settle(starts, getattr(torch.optim, name), lr, steps)
    X, Y = starts

    fig, ax = plt.subplots()
    for index, (x, y) in enumerate(MINIMA):
        colour = f"C{index}"
        ax.contourf(X, Y, ends == index, [0.5, 1], colors=colour, alpha=0.3)
        ax.plot(x, y, marker="os^D"[index], color=colour)
    ax.set_aspect("equal")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def step_aside(
    start: tuple[float, float] = (-0.270845, -0.923039),
    aside: float = 0.001,
    steps: int = 300,
) -> None:
    """Four walks that begin a hair's breadth beside the top of the hill.

    >>> step_aside()
    ( 1,  0) -> (3.5844, -1.8481)
    (-1,  0) -> (-3.7793, -3.2832)
    ( 0,  1) -> (3.5844, -1.8481)
    ( 0, -1) -> (-3.7793, -3.2832)
    """
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        beside = [start[0] + aside * dx, start[1] + aside * dy]
        x, y = walk(beside, "SGD", 0.01, steps)[-1].tolist()
        print(f"({dx:2d}, {dy:2d}) -> ({x:.4f}, {y:.4f})")
