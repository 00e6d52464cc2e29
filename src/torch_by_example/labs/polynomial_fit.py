"""Lab: polynomials through noisy points, too stiff, too free, or tamed."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda
from torch_by_example.regression.polynomial import (
    fit,
    new_points,
    noisy_parabola,
    powers,
)


def fit_with_penalty(
    X: torch.Tensor, y: torch.Tensor, strength: float
) -> torch.Tensor:
    """Find weights that are good and small: ridge regression.

    Args:
        X: Features, shape (n, k); the first is the constant 1.
        y: Targets, shape (n, 1).
        strength: How much the sum of the squared weights, but for the first,
            counts, as against the mean squared error.

    Returns:
        The weights, shape (k, 1).
    """
    # Rows that ask every weight but the first to be zero.
    n, k = X.shape
    pull = (strength * n) ** 0.5 * torch.eye(k)[1:]
    return fit(torch.cat([X, pull]), torch.cat([y, torch.zeros(k - 1, 1)]))


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_a_fit(degree: int = 9, count: int = 10) -> None:
    """A polynomial through noisy points of a parabola.

    >>> draw_a_fit()
    10 weights, 10 points
    loss 0.0000
    """
    x, y = (column.double() for column in noisy_parabola(count))
    weights = fit(powers(x, degree), y)
    print(f"{len(weights)} weights, {count} points")
    print(f"loss {F.mse_loss(powers(x, degree) @ weights, y):.4f}")

    wide = torch.linspace(-1, 1, 201, dtype=torch.float64).unsqueeze(1)
    fig, ax = plt.subplots()
    ax.plot(x, y, "C2o")
    ax.plot(wide, powers(wide, degree) @ weights)
    ax.plot(wide, wide**2 + 0.1, "C1--")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    ax.set_xticks([-1, -0.5, 0, 0.5, 1])
    ax.set_ylim(-0.5, 1.5)
    plt.show()


def judge_by_new_points(highest: int = 9, count: int = 10) -> None:
    """The loss on the points of the fit and on others, degree by degree.

    >>> judge_by_new_points()
    degree   seen unseen
         0 0.1222 0.0970
         1 0.1217 0.0971
         2 0.0030 0.0038
         3 0.0028 0.0037
         4 0.0025 0.0038
         5 0.0025 0.0039
         6 0.0023 0.0039
         7 0.0022 0.0048
         8 0.0001 0.0195
         9 0.0000 0.0313
    """
    x, y = (column.double() for column in noisy_parabola(count))
    new_x, new_y = new_points()
    print("degree   seen unseen")
    for degree in range(highest + 1):
        weights = fit(powers(x, degree), y)
        seen = F.mse_loss(powers(x, degree) @ weights, y)
        unseen = F.mse_loss(powers(new_x, degree) @ weights, new_y)
        print(f"{degree:6d} {seen:6.4f} {unseen:6.4f}")


@on_cuda(runs="cpu", because="Matplotlib reads CPU memory only")
def draw_both_losses(highest: int = 9, count: int = 20) -> None:
    """The two losses over the degree.

    >>> draw_both_losses()
    """
    x, y = (column.double() for column in noisy_parabola(count))
    new_x, new_y = new_points()
    degrees = range(highest + 1)
    seen, unseen = [], []
    for degree in degrees:
        weights = fit(powers(x, degree), y)
        seen.append(F.mse_loss(powers(x, degree) @ weights, y))
        unseen.append(F.mse_loss(powers(new_x, degree) @ weights, new_y))

    fig, ax = plt.subplots()
    ax.semilogy(degrees, seen, marker="o")
    ax.semilogy(degrees, unseen, marker="s")
    ax.set_xlabel("$n$")
    ax.set_ylabel("$L$")
    ax.set_ylim(1e-4, 1)
    ax.grid()
    plt.show()


def tame_the_weights(
    degree: int = 9,
    count: int = 10,
    strengths: tuple[float, ...] = (0.0, 1e-6, 1e-4, 1e-2, 1.0),
) -> None:
    """A penalty on large weights, from none to too much.

    >>> tame_the_weights()
    strength   seen unseen largest weight
       0e+00 0.0000 0.0313  29.32
       1e-06 0.0004 0.0112  17.24
       1e-04 0.0021 0.0044   0.87
       1e-02 0.0042 0.0052   0.65
       1e+00 0.0600 0.0556   0.42
    """
    x, y = (column.double() for column in noisy_parabola(count))
    new_x, new_y = new_points()
    print("strength   seen unseen largest weight")
    for strength in strengths:
        weights = fit_with_penalty(powers(x, degree), y, strength)
        seen = F.mse_loss(powers(x, degree) @ weights, y)
        unseen = F.mse_loss(powers(new_x, degree) @ weights, new_y)
        largest = weights.abs().max()
        print(f"{strength:8.0e} {seen:6.4f} {unseen:6.4f} {largest:6.2f}")


def look_outside(at: float = 1.5, count: int = 20) -> None:
    """What each degree predicts where there are no points.

    >>> look_outside()
    true         2.35
       1         0.41
       2         2.27
       3         2.20
       5         2.81
       9        27.92
    """
    x, y = (column.double() for column in noisy_parabola(count))
    outside = torch.tensor([[at]], dtype=torch.float64)
    print(f"true {at**2 + 0.1:12.2f}")
    for degree in (1, 2, 3, 5, 9):
        weights = fit(powers(x, degree), y)
        prediction = (powers(outside, degree) @ weights).item()
        print(f"{degree:4d} {prediction:12.2f}")
