"""Optimisers: SGD, momentum and Adam on a valley, and what is stochastic."""

import math
from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import torch

from example_docs.marks import on_cuda, takes_long


def three_calls() -> None:
    """Clear, differentiate, step: the loop around every optimiser.

    >>> three_calls()
    True tensor([3.2000, 0.8000])
    True tensor([2.5600, 0.6400])
    True tensor([2.0480, 0.5120])
    """
    by_hand = torch.tensor([4.0, 1.0], requires_grad=True)
    point = torch.tensor([4.0, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.1)
    for _ in range(3):
        by_hand.grad = None
        (by_hand**2).sum().backward()
        with torch.no_grad():
            by_hand -= 0.1 * by_hand.grad

        optimizer.zero_grad()
        (point**2).sum().backward()
        optimizer.step()
        print(torch.allclose(by_hand, point), point.detach())


def replaced_parameter() -> None:
    """The optimiser holds the tensor it got, not the name you gave it.

    >>> replaced_parameter()
    tensor([2., 2.], requires_grad=True) tensor([40., 40.])
    tensor([4., 1.], requires_grad=True) None
    """
    old = point = torch.tensor([4.0, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.1)
    point = torch.tensor([2.0, 2.0], requires_grad=True)
    for _ in range(10):
        optimizer.zero_grad()
        (point**2).sum().backward()
        optimizer.step()
    print(point, point.grad)
    print(old, old.grad)


def valley(point: torch.Tensor) -> torch.Tensor:
    """A valley along x, 25 times as steep across: (x**2 + 25 * y**2) / 2.

    Args:
        point: The coordinates x and y, shape (2,) or (2, …).

    Returns:
        The height, shape () or (…).
    """
    return (point[0] ** 2 + 25 * point[1] ** 2) / 2


def travel(
    function: Callable[[torch.Tensor], torch.Tensor],
    start: Sequence[float],
    optimizer_class: type[torch.optim.Optimizer],
    steps: int,
    **options: float,
) -> torch.Tensor:
    """Minimise a function of a point, and keep every place on the way.

    Args:
        function: Takes a float64 tensor like the start, returns a scalar.
        start: The coordinates to begin with.
        optimizer_class: For example torch.optim.SGD.
        steps: How many steps to take.
        options: What the optimiser is made with, such as lr.

    Returns:
        The places, the start first, shape (steps + 1, coordinates).
    """
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = optimizer_class([point], **options)
    places = [point.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        function(point).backward()
        optimizer.step()
        places.append(point.detach().clone())
    return torch.stack(places)


def one_factor_a_direction() -> None:
    """Each step multiplies x by 1 - rate, y by 1 - 25 * rate.

    >>> one_factor_a_direction()
     0.01  x  6.05e+00  y  5.66e-07
           x  6.05e+00  y  5.66e-07
     0.05  x  7.69e-01  y  7.89e-31
           x  7.69e-01  y  7.89e-31
    0.079  x  1.63e-01  y  2.82e-01
           x  1.63e-01  y  2.82e-01
    0.081  x  1.46e-01  y  3.44e+00
           x  1.46e-01  y  3.44e+00
    """
    for rate in (0.01, 0.05, 0.079, 0.081):
        places = travel(valley, [10.0, 1.0], torch.optim.SGD, 50, lr=rate)
        x, y = places[-1].tolist()
        by_formula = 10 * (1 - rate) ** 50, (1 - 25 * rate) ** 50
        print(f"{rate:5}  x {x:9.2e}  y {y:9.2e}")
        print("       x {:9.2e}  y {:9.2e}".format(*by_formula))


def steps_by_condition() -> None:
    """The number of steps grows with the condition number.

    >>> steps_by_condition()
      4    28 steps, formula   27.0
     16   111 steps, formula  110.4
     64   443 steps, formula  442.1
    """
    for condition in (4, 16, 64):

        def narrow(
            point: torch.Tensor, steep: int = condition
        ) -> torch.Tensor:
            return (point[0] ** 2 + steep * point[1] ** 2) / 2

        rate = 2 / (1 + condition)
        places = travel(narrow, [1.0, 1.0], torch.optim.SGD, 450, lr=rate)
        near = places.abs().amax(dim=1) < 1e-6
        factor = (condition - 1) / (condition + 1)
        estimate = math.log(1e-6) / math.log(factor)
        steps = near.int().argmax().item()
        print(f"{condition:2}  {steps:3} steps, formula {estimate:5.1f}")


def tilted(point: torch.Tensor) -> torch.Tensor:
    """The same valley turned by 45 degrees: p @ A @ p / 2.

    Args:
        point: A float64 tensor of shape (2,).

    Returns:
        The height, a scalar.
    """
    matrix = torch.tensor([[13.0, 12.0], [12.0, 13.0]], dtype=torch.float64)
    return point @ matrix @ point / 2


def curvatures() -> None:
    """The eigenvalues of the Hessian say how steep, whatever the direction.

    >>> curvatures()
    tensor([27., 23.], dtype=torch.float64) tensor([27., 23.], dtype=torch.float64)
    [1.0, 25.0]
    bound 0.0800
    0.079  height after 200: 1.0e-03
    0.081  height after 200: 4.9e+05
    """
    point = torch.tensor([3.0, -1.0], dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(tilted(point), point)
    hessian = torch.autograd.functional.hessian(tilted, point)
    print(gradient, hessian @ point.detach())
    values = torch.linalg.eigvalsh(hessian)
    print([round(value, 4) for value in values.tolist()])
    print(f"bound {2 / values.max().item():.4f}")
    for rate in (0.079, 0.081):
        places = travel(tilted, [3.0, -1.0], torch.optim.SGD, 200, lr=rate)
        print(f"{rate}  height after 200: {tilted(places[-1]).item():.1e}")


def momentum_by_hand() -> None:
    """Momentum adds up gradients; the old sum fades by a factor.

    >>> momentum_by_hand()
    tensor([9.8000, 0.5000], dtype=torch.float64) True
    tensor([ 9.4240, -0.2000], dtype=torch.float64) True
    tensor([ 8.8971, -0.7300], dtype=torch.float64) True
    tensor([ 8.2450, -0.8420], dtype=torch.float64) True
    tensor([ 7.4932, -0.5218], dtype=torch.float64) True
    """
    places = travel(
        valley, [10.0, 1.0], torch.optim.SGD, 5, lr=0.02, momentum=0.9
    )
    point = torch.tensor([10.0, 1.0], dtype=torch.float64)
    slope = torch.tensor([1.0, 25.0])
    velocity = torch.zeros_like(point)
    for place in places[1:]:
        velocity = 0.9 * velocity + slope * point
        point = point - 0.02 * velocity
        print(point, torch.allclose(point, place))


def steady_slope() -> None:
    """On a steady slope momentum 0.9 makes steps ten times as long.

    >>> steady_slope()
    0.0  1.000 1.000 1.000 1.000 ... 1.000
    0.5  1.000 1.500 1.750 1.875 ... 2.000
    0.9  1.000 1.900 2.710 3.439 ... 10.000
    """
    for momentum in (0.0, 0.5, 0.9):
        places = travel(
            lambda point: -point.sum(),
            [0.0],
            torch.optim.SGD,
            100,
            lr=1.0,
            momentum=momentum,
        )
        steps = places.diff(dim=0).flatten()
        shown = " ".join(f"{step:.3f}" for step in steps[:4].tolist())
        print(f"{momentum}  {shown} ... {steps[-1].item():.3f}")


def steps_until_low(
    function: Callable[[torch.Tensor], torch.Tensor], places: torch.Tensor
) -> int:
    """Count the steps until the height stays below one millionth.

    Args:
        function: The height of a place, a scalar.
        places: A way that ends low, shape (steps + 1, coordinates).

    Returns:
        The first step after the last place that is too high.
    """
    high = torch.stack([function(place) for place in places]) >= 1e-6
    return int(high.nonzero().max()) + 1


@takes_long(seconds=60, reason="nine descents of 2000 steps")
def momentum_in_the_valley() -> None:
    """Steps by rate and momentum: 0.9 helps small rates, 0.5 a large one.

    >>> momentum_in_the_valley()
    rate  momentum 0.0 momentum 0.5 momentum 0.9
    0.005         1769          874          164
     0.02          439          209          169
     0.07          123           48          167
    """
    momenta = (0.0, 0.5, 0.9)
    print("rate ", *(f"momentum {momentum}" for momentum in momenta))
    for rate in (0.005, 0.02, 0.07):
        row = [f"{rate:5}"]
        for momentum in momenta:
            options = {"lr": rate, "momentum": momentum}
            places = travel(
                valley, [10.0, 1.0], torch.optim.SGD, 2000, **options
            )
            row.append(f"{steps_until_low(valley, places):12}")
        print(*row)


def adam_by_hand() -> None:
    """Adam divides the mean of the gradients by their typical size.

    >>> adam_by_hand()
    1 tensor([9.9000, 0.9000], dtype=torch.float64) True
    2 tensor([9.8000, 0.8004], dtype=torch.float64) True
    10 tensor([9.0035, 0.0762], dtype=torch.float64) True
    100 tensor([2.2445, 0.0029], dtype=torch.float64) True
    """
    places = travel(valley, [10.0, 1.0], torch.optim.Adam, 100, lr=0.1)
    point = torch.tensor([10.0, 1.0], dtype=torch.float64)
    slope = torch.tensor([1.0, 25.0])
    mean = square = torch.zeros_like(point)
    for step in range(1, 101):
        gradient = slope * point
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        unbiased_mean = mean / (1 - 0.9**step)
        unbiased_square = square / (1 - 0.999**step)
        point = point - 0.1 * unbiased_mean / (unbiased_square.sqrt() + 1e-8)
        if step in (1, 2, 10, 100):
            print(step, point, torch.allclose(point, places[step]))


@takes_long(seconds=60, reason="each optimiser descends")
def race() -> None:
    """Optimisers in the valley, and in the tilted valley.

    >>> race()
    SGD       123 steps, tilted 123
    SGD 0.5    48 steps, tilted  48
    SGD 0.9   167 steps, tilted 167
    Adam 0.1  305 steps, tilted 275
    Adam 1.0  162 steps, tilted 171
    """
    racers = {
        "SGD": (torch.optim.SGD, {"lr": 0.07}),
        "SGD 0.5": (torch.optim.SGD, {"lr": 0.07, "momentum": 0.5}),
        "SGD 0.9": (torch.optim.SGD, {"lr": 0.07, "momentum": 0.9}),
        "Adam 0.1": (torch.optim.Adam, {"lr": 0.1}),
        "Adam 1.0": (torch.optim.Adam, {"lr": 1.0}),
    }
    for name, (racer, options) in racers.items():
        straight = travel(valley, [10.0, 1.0], racer, 350, **options)
        # The same start, turned by 45 degrees like the valley.
        turned = travel(tilted, [7.78, -6.36], racer, 350, **options)
        count = steps_until_low(valley, straight)
        print(f"{name:8}  {count:3} steps", end=", ")
        print(f"tilted {steps_until_low(tilted, turned):3}")


def draw_paths() -> None:
    """Three ways down the valley: SGD, with momentum, Adam.

    >>> draw_paths()
    """
    axis_x, axis_y = torch.linspace(-4, 11, 60), torch.linspace(-2, 1.6, 60)
    grid = torch.stack(torch.meshgrid(axis_x, axis_y, indexing="xy"))
    ways = [
        travel(valley, [10.0, 1.0], torch.optim.SGD, 30, lr=0.07),
        travel(
            valley, [10.0, 1.0], torch.optim.SGD, 30, lr=0.07, momentum=0.5
        ),
        travel(valley, [10.0, 1.0], torch.optim.Adam, 30, lr=1.0),
    ]

    fig, ax = plt.subplots()
    heights = valley(grid).cpu()
    levels = [0.5, 2, 5, 10, 20, 40]
    ax.contour(axis_x.cpu(), axis_y.cpu(), heights, levels, colors="gray")
    labels = ("SGD", r"$\mu=0.5$", "Adam")
    for way, label, marker in zip(ways, labels, "os^", strict=True):
        ax.plot(*way.cpu().T, marker=marker, label=label)
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    ax.legend(loc="lower right")
    plt.show()


def no_dice() -> None:
    """SGD itself draws no random numbers: another seed, the same end.

    >>> no_dice()
    seed 0  random numbers used: False  end (4.8398, 0.0563)
    seed 1  random numbers used: False  end (4.8398, 0.0563)
    """
    for seed in (0, 1):
        torch.manual_seed(seed)
        before = torch.get_rng_state()
        places = travel(valley, [10.0, 1.0], torch.optim.SGD, 10, lr=0.07)
        used = not torch.get_rng_state().equal(before)
        x, y = places[-1].tolist()
        print(f"seed {seed}  random numbers used: {used}", end="  ")
        print(f"end ({x:.4f}, {y:.4f})")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def scatter_by_batch_size() -> None:
    """A batch of b samples: right on average, scattered by 1 / sqrt(b).

    >>> scatter_by_batch_size()
    all data: -2.04
     1  mean -2.08  scatter 3.66  times sqrt(size) 3.7
     4  mean -2.06  scatter 1.78  times sqrt(size) 3.6
    16  mean -2.04  scatter 0.88  times sqrt(size) 3.5
    64  mean -2.03  scatter 0.44  times sqrt(size) 3.5
    """
    torch.manual_seed(1)
    x = torch.randn(10_000)
    y = 3 * x + torch.randn(10_000)
    residual = 2 * x - y  # the weight is 2
    print(f"all data: {(2 * residual * x).mean().item():.2f}")
    for size in (1, 4, 16, 64):
        picks = torch.randint(10_000, (5000, size))
        gradients = (2 * residual[picks] * x[picks]).mean(dim=1)
        mean, scatter = gradients.mean().item(), gradients.std().item()
        print(f"{size:2}  mean {mean:.2f}  scatter {scatter:.2f}", end="  ")
        print(f"times sqrt(size) {scatter * size**0.5:.1f}")


def two_very_different_slopes() -> None:
    """The gradient is (600, -0.002): where does Adam step first?

    >>> two_very_different_slopes()
    tensor([2.5000, 3.5000])
    """
    point = torch.tensor([3.0, 3.0], requires_grad=True)
    optimizer = torch.optim.Adam([point], lr=0.5)
    (600 * point[0] - 0.002 * point[1]).backward()
    optimizer.step()
    print(point.detach())


def slope_gone_velocity_left() -> None:
    """After one step the ground is flat. Does the point stop?

    >>> slope_gone_velocity_left()
    8.0
    12.0
    14.0
    15.0
    """
    point = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=1.0, momentum=0.5)
    for slope in (-8.0, 0.0, 0.0, 0.0):
        optimizer.zero_grad()
        (slope * point).backward()
        optimizer.step()
        print(point.item())
