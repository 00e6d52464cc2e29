"""Curves: a network on a parabola, real polynomials, overfitting, precision."""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_cuda
from torch_by_example.regression.network import Net, training


def noisy_parabola(count: int = 200) -> tuple[torch.Tensor, torch.Tensor]:
    """Make points near the parabola y = x².

    Args:
        count: How many points.

    Returns:
        x, evenly spaced from -1 to 1, and y, both of shape (count, 1). The
        noise is uniform in [0, 0.2) and comes from NumPy, so that it is the
        same on every device.
    """
    x = torch.linspace(-1, 1, count).unsqueeze(1)
    noise = 0.2 * np.random.default_rng(1).random((count, 1))
    return x, x**2 + torch.tensor(noise, dtype=torch.float32)


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def network_on_a_parabola() -> None:
    """The network of the last lesson, unchanged, on another curve.

    >>> network_on_a_parabola()
      0 0.4714
     25 0.0614
    125 0.0065
    250 0.0048
    500 0.0041
    """
    torch.manual_seed(0)
    x, y = noisy_parabola()
    net = Net(1, 10, 1)
    for step, loss in training(net, x, y, steps=500, lr=0.2):
        if step in (0, 25, 125, 250, 500):
            print(f"{step:3d} {loss:.4f}")


def draw_the_network() -> None:
    """The fit before training and after 12, 125 and 500 steps.

    >>> draw_the_network()
    """
    torch.manual_seed(0)
    x, y = noisy_parabola()
    net = Net(1, 10, 1)
    _, axes = plt.subplots(2, 2, sharex=True, sharey=True)
    free = iter(axes.flat)
    for step, _ in training(net, x, y, steps=500, lr=0.2):
        if step in (0, 12, 125, 500):
            ax = next(free)
            ax.scatter(x[::4].cpu(), y[::4].cpu(), s=6, color="C2")
            ax.plot(x.cpu(), net(x).detach().cpu())
            ax.set_title(f"$t = {step}$")
    plt.show()


def table_of_powers() -> None:
    """One row a point, one column a power.

    >>> table_of_powers()
    tensor([[ 1.,  1.,  1.,  1.],
            [ 1.,  2.,  4.,  8.],
            [ 1.,  3.,  9., 27.]])
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    print(torch.vander(x, 4, increasing=True))


def powers(x: torch.Tensor, degree: int) -> torch.Tensor:
    """Make the features of a polynomial.

    Args:
        x: One feature, shape (n, 1).
        degree: The highest power.

    Returns:
        1, x, x², … as columns, shape (n, degree + 1).
    """
    return torch.vander(x.squeeze(1), degree + 1, increasing=True)


def fit(X: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Find the weights with the smallest mean squared error, without training.

    Args:
        X: Features, shape (n, k).
        y: Targets, shape (n, 1).

    Returns:
        The weights, shape (k, 1).
    """
    return torch.linalg.lstsq(X, y).solution


def fit_a_parabola() -> None:
    """Three weights: the constant, the slope, the curvature.

    >>> fit_a_parabola()
    torch.Size([200, 3]) torch.Size([3, 1])
     0.102
    -0.004
     0.998
    loss 0.0031
    """
    x, y = noisy_parabola()
    X = powers(x, 2)
    weights = fit(X, y)
    print(X.shape, weights.shape)
    for weight in weights.squeeze(1):
        print(f"{weight:6.3f}")
    print(f"loss {F.mse_loss(X @ weights, y):.4f}")


def normal_equations() -> None:
    """The weights solve a small system of linear equations.

    >>> normal_equations()
    tensor([[ 0.1022],
            [-0.0035],
            [ 0.9982]])
    tensor([[ 0.1022],
            [-0.0035],
            [ 0.9982]])
    """
    x, y = noisy_parabola()
    X = powers(x, 2)
    print(torch.linalg.solve(X.T @ X, X.T @ y))
    print(fit(X, y))


def gradient_by_formula() -> None:
    """The gradient of the loss for any weights, by formula and autograd.

    >>> gradient_by_formula()
    tensor([[3.1435],
            [1.3491],
            [1.4214]])
    tensor([[3.1435],
            [1.3491],
            [1.4214]])
    """
    x, y = noisy_parabola()
    X = powers(x, 2)
    weights = torch.tensor([[1.0], [2.0], [3.0]], requires_grad=True)
    F.mse_loss(X @ weights, y).backward()
    formula = 2 / len(X) * X.T @ (X @ weights - y)
    print(weights.grad)
    print(formula.detach())


def train_on_powers() -> None:
    """nn.Linear on the powers: gradient descent finds the same weights.

    >>> train_on_powers()
     0.102
    -0.004
     0.998
    """
    x, y = noisy_parabola()
    X = powers(x, 2)
    model = nn.Linear(3, 1, bias=False)
    for _ in training(model, X, y, steps=300, lr=0.5):
        pass
    for weight in model.weight.squeeze(0):
        print(f"{weight:6.3f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def beyond_the_points() -> None:
    """Outside the data the polynomial goes on as a parabola.

    >>> beyond_the_points()
    true 9.10
    polynomial 9.08
    network 3.46, below 6: True
    """
    torch.manual_seed(0)
    x, y = noisy_parabola()
    weights = fit(powers(x, 2), y)
    net = Net(1, 10, 1)
    for _ in training(net, x, y, steps=500, lr=0.2):
        pass
    three = torch.tensor([[3.0]])
    polynomial = (powers(three, 2) @ weights).item()
    network = net(three).item()
    print(f"true {3**2 + 0.1:.2f}")
    print(f"polynomial {polynomial:.2f}")
    print(f"network {network:.2f}, below 6: {network < 6}")


def descend(X: torch.Tensor, y: torch.Tensor, steps: int) -> torch.Tensor:
    """Take gradient steps from zero, of half the greatest size allowed.

    Args:
        X: Features, shape (n, k).
        y: Targets, shape (n, 1).
        steps: How many.

    Returns:
        The weights, shape (k, 1).
    """
    curvature = 2 / len(X) * torch.linalg.eigvalsh(X.T @ X).max()
    weights = torch.zeros(X.shape[1], 1, dtype=X.dtype)
    for _ in range(steps):
        gradient = 2 / len(X) * X.T @ (X @ weights - y)
        weights = weights - gradient / curvature
    return weights


def powers_descend_slowly() -> None:
    """With each degree the descent gets slower, though a better fit exists.

    >>> powers_descend_slowly()
    1       3.0 0.499791 0.499791
    3      66.2 0.134030 0.134030
    5    1810.8 0.069125 0.005115
    9 1599056.0 0.030678 0.000000
    """
    x = torch.linspace(-1, 1, 200, dtype=torch.float64).unsqueeze(1)
    y = torch.sin(5 * x)
    for degree in (1, 3, 5, 9):
        X = powers(x, degree)
        condition = torch.linalg.cond(X.T @ X)
        trained = F.mse_loss(X @ descend(X, y, steps=1000), y)
        exact = F.mse_loss(X @ fit(X, y), y)
        print(f"{degree} {condition:9.1f} {trained:.6f} {exact:.6f}")


def legendre(x: torch.Tensor, degree: int) -> torch.Tensor:
    """Make features that span the same polynomials as the powers.

    Args:
        x: One feature between -1 and 1, shape (n, 1).
        degree: The highest degree, 1 or more.

    Returns:
        The Legendre polynomials of x as columns, shape (n, degree + 1).
    """
    columns = [torch.ones_like(x), x]
    for k in range(1, degree):
        following = (2 * k + 1) * x * columns[k] - k * columns[k - 1]
        columns.append(following / (k + 1))
    return torch.cat(columns, dim=1)


def legendre_as_in_numpy() -> None:
    """The recurrence gives NumPy's Legendre polynomials.

    >>> legendre_as_in_numpy()
    tensor([[ 1.0000,  0.5000, -0.1250, -0.4375, -0.2891,  0.0898]])
    [[ 1.      0.5    -0.125  -0.4375 -0.2891  0.0898]]
    """
    print(legendre(torch.tensor([[0.5]]), 5))
    print(np.polynomial.legendre.legvander(0.5, 5).round(4))


def legendre_descends_fast() -> None:
    """Same polynomials, other features: the descent arrives.

    >>> legendre_descends_fast()
    1       3.0 0.499791 0.499791
    3       6.8 0.134030 0.134030
    5      10.5 0.005115 0.005115
    9      18.0 0.000000 0.000000
    """
    x = torch.linspace(-1, 1, 200, dtype=torch.float64).unsqueeze(1)
    y = torch.sin(5 * x)
    for degree in (1, 3, 5, 9):
        X = legendre(x, degree)
        condition = torch.linalg.cond(X.T @ X)
        trained = F.mse_loss(X @ descend(X, y, steps=1000), y)
        exact = F.mse_loss(X @ fit(X, y), y)
        print(f"{degree} {condition:9.1f} {trained:.6f} {exact:.6f}")


def new_points() -> tuple[torch.Tensor, torch.Tensor]:
    """Make 500 other points of the noisy parabola, for judging a fit.

    Returns:
        x and y in float64, both of shape (500, 1).
    """
    chance = np.random.default_rng(2)
    x = torch.tensor(chance.uniform(-1, 1, (500, 1)))
    return x, x**2 + torch.tensor(0.2 * chance.random((500, 1)))


def too_many_powers() -> None:
    """Ten points: the loss on them falls with the degree, to nothing.

    >>> too_many_powers()
    1 0.1217 0.0971   0.5
    2 0.0030 0.0038   1.0
    3 0.0028 0.0037   1.0
    5 0.0025 0.0039   1.1
    7 0.0022 0.0048   2.6
    9 0.0000 0.0313  29.3
    """
    x, y = (column.double() for column in noisy_parabola(10))
    new_x, new_y = new_points()
    for degree in (1, 2, 3, 5, 7, 9):
        weights = fit(powers(x, degree), y)
        seen = F.mse_loss(powers(x, degree) @ weights, y)
        unseen = F.mse_loss(powers(new_x, degree) @ weights, new_y)
        print(f"{degree} {seen:.4f} {unseen:.4f} {weights.abs().max():5.1f}")


def draw_degrees() -> None:
    """Degrees 1, 2 and 9 through the same ten points.

    >>> draw_degrees()
    """
    x, y = (column.double() for column in noisy_parabola(10))
    wide = torch.linspace(-1, 1, 201, dtype=torch.float64).unsqueeze(1)
    _, axes = plt.subplots(1, 3, sharey=True)
    for ax, degree in zip(axes, (1, 2, 9), strict=True):
        weights = fit(powers(x, degree), y)
        ax.scatter(x.cpu(), y.cpu(), s=12, color="C2")
        ax.plot(wide.cpu(), (powers(wide, degree) @ weights).cpu())
        ax.set_title(f"$n = {degree}$")
    plt.show()


def more_points_help() -> None:
    """The same degree 9, and more and more points.

    >>> more_points_help()
      10 0.0000 0.0313
      20 0.0020 0.0042
     100 0.0030 0.0035
    1000 0.0033 0.0032
    """
    new_x, new_y = new_points()
    for count in (10, 20, 100, 1000):
        x, y = (column.double() for column in noisy_parabola(count))
        weights = fit(powers(x, 9), y)
        seen = F.mse_loss(powers(x, 9) @ weights, y)
        unseen = F.mse_loss(powers(new_x, 9) @ weights, new_y)
        print(f"{count:4d} {seen:.4f} {unseen:.4f}")


def parabola_over_years(
    dtype: torch.dtype,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Make a parabola over the years 2000 to 2020, without noise.

    Args:
        dtype: Of both columns.

    Returns:
        The year and y, both of shape (21, 1); y is zero in 2010.
    """
    year = torch.arange(2000, 2021, dtype=dtype).unsqueeze(1)
    return year, (year - 2010) ** 2


def years_in_float32() -> None:
    """A parabola over years: float64 finds it, float32 does not.

    >>> years_in_float32()
    torch.float64 True False
    torch.float32 False True
    """
    for dtype in (torch.float64, torch.float32):
        year, y = parabola_over_years(dtype)
        X = powers(year, 2)
        error = (X @ fit(X, y) - y).abs().max().item()
        print(dtype, error < 0.001, error > 0.1)


def condition_of_the_years() -> None:
    """Measured in years, the three columns are nearly dependent.

    >>> condition_of_the_years()
    year 4.99e+11
    centred 3.51e+00
    float32 8.39e+06
    float64 4.50e+15
    """
    year, _ = parabola_over_years(torch.float64)
    centred = (year - 2010) / 10
    for name, column in (("year", year), ("centred", centred)):
        print(f"{name} {torch.linalg.cond(powers(column, 2)):.2e}")
    print(f"float32 {1 / torch.finfo(torch.float32).eps:.2e}")
    print(f"float64 {1 / torch.finfo(torch.float64).eps:.2e}")


def centre_the_years() -> None:
    """Moved to the middle and scaled, float32 is enough.

    >>> centre_the_years()
    torch.float32
      0.000
      0.000
    100.000
    """
    year, y = parabola_over_years(torch.float32)
    weights = fit(powers((year - 2010) / 10, 2), y)
    print(weights.dtype)
    for weight in weights.abs().squeeze(1):
        print(f"{weight:7.3f}")


def columns_of_degree_four() -> None:
    """Degree 4 has five columns.

    >>> columns_of_degree_four()
    torch.Size([3, 5])
    tensor([[  1.,   2.,   4.,   8.,  16.],
            [  1.,   3.,   9.,  27.,  81.],
            [  1.,   4.,  16.,  64., 256.]])
    """
    x = torch.tensor([[2.0], [3.0], [4.0]])
    print(powers(x, 4).shape)
    print(powers(x, 4))


def cubic_through_four_points() -> None:
    """Degree 3 has four weights: enough for four points, noise and all.

    >>> cubic_through_four_points()
    0.000000
    """
    x = torch.arange(4.0).unsqueeze(1)
    y = torch.randn_like(x)
    X = powers(x, 3)
    print(f"{F.mse_loss(X @ fit(X, y), y):.6f}")


def parabola_on_a_line() -> None:
    """Points on y = 2x + 5 need no square.

    >>> parabola_on_a_line()
    5.0000
    2.0000
    0.0000
    """
    x, _ = noisy_parabola()
    for weight in fit(powers(x, 2), 2 * x + 5).squeeze(1):
        print(f"{weight.abs():.4f}")


def degree_zero() -> None:
    """With the constant alone the best fit is the mean.

    >>> degree_zero()
    30.0000
    """
    x = torch.ones(3, 1)
    y = torch.tensor([[10.0], [20.0], [60.0]])
    print(f"{fit(powers(x, 0), y).item():.4f}")
