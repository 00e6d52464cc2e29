"""Himmelblau's function: four minima, and which start goes where."""

import matplotlib.pyplot as plt
import numpy as np
import torch

from torch_by_example.optimise.gradient_descent import travel


def himmelblau(x: torch.Tensor) -> torch.Tensor:
    """Himmelblau's function of two variables.

    Formula: D. M. Himmelblau, Applied Nonlinear Programming, 1972.

    Args:
        x: The coordinates: a tensor of shape (2,) or (2, …). A list or an
            array of two works as well.

    Returns:
        The height, shape () or (…); a number or an array if x holds those.
    """
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


def list_array_tensor() -> None:
    """One function for a list, an array and a tensor.

    >>> list_array_tensor()
    170
    [170.   0.]
    tensor([170.,   0.])
    """
    print(himmelblau([0, 0]))
    print(himmelblau(np.array([[0.0, 3.0], [0.0, 2.0]])))
    print(himmelblau(torch.tensor([[0.0, 3.0], [0.0, 2.0]])))


def grid_of_points() -> None:
    """meshgrid makes two maps of all pairs out of two axes.

    >>> grid_of_points()
    x,y range: (120,) (120,)
    X,Y maps: (120, 120) (120, 120)
    lowest at (3.0, 2.0)
    last x 5.90, highest 2019.05
    """
    x, y = np.arange(-6, 6, 0.1), np.arange(-6, 6, 0.1)
    print("x,y range:", x.shape, y.shape)
    X, Y = np.meshgrid(x, y)
    print("X,Y maps:", X.shape, Y.shape)
    heights = himmelblau([X, Y])
    row, column = np.unravel_index(heights.argmin(), heights.shape)
    print(f"lowest at ({X[row, column]:.1f}, {Y[row, column]:.1f})")
    print(f"last x {x[-1]:.2f}, highest {heights.max():.2f}")


def draw_surface() -> None:
    """The surface in three dimensions.

    >>> draw_surface()
    """
    axis = np.linspace(-5, 5, 18)
    X, Y = np.meshgrid(axis, axis)

    fig, ax = plt.subplots(subplot_kw={"projection": "3d"})
    ax.plot_surface(X, Y, himmelblau([X, Y]), cmap="viridis")
    ax.view_init(60, -30)
    ax.set_box_aspect(None, zoom=0.8)  # room for the corner at the back
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


MINIMA = (
    (3.0, 2.0),
    (-2.805118, 3.131313),
    (-3.779310, -3.283186),
    (3.584428, -1.848127),
)
"""The four places where the function is zero, to six decimals."""


def draw_contours() -> None:
    """Lines of equal height around the four minima.

    >>> draw_contours()
    """
    axis = np.linspace(-5, 5, 60)
    X, Y = np.meshgrid(axis, axis)

    fig, ax = plt.subplots()
    levels = [5, 20, 50, 100, 150, 250, 400]
    lines = ax.contour(X, Y, himmelblau([X, Y]), levels, colors="gray")
    ax.clabel(lines)
    ax.plot(*np.array(MINIMA).T, "o")
    ax.set_aspect("equal")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def adam_from_the_origin() -> None:
    """Adam walks from (0, 0) to the minimum at (3, 2).

    >>> adam_from_the_origin()
    step    0: x = [0.0100, 0.0100], f(x) = 170.0000
    step  200: x = [2.3840, 1.9948], f(x) = 11.7898
    step  400: x = [2.9764, 2.0421], f(x) = 0.0321
    step  600: x = [2.9991, 2.0018], f(x) = 0.0001
    step  800: x = [3.0000, 2.0000], f(x) = 0.0000
    step 1000: x = [3.0000, 2.0000], f(x) = 0.0000
    step 1200: x = [3.0000, 2.0000], f(x) = 0.0000
    step 1400: x = [3.0000, 2.0000], f(x) = 0.0000
    step 1600: x = [3.0000, 2.0000], f(x) = 0.0000
    step 1800: x = [3.0000, 2.0000], f(x) = 0.0000
    """
    x = torch.tensor([0.0, 0.0], requires_grad=True)
    optimizer = torch.optim.Adam([x], lr=1e-2)
    for step in range(2000):
        height = himmelblau(x)
        optimizer.zero_grad()
        height.backward()
        optimizer.step()
        if step % 200 == 0:
            place = f"[{x[0]:.4f}, {x[1]:.4f}]"
            print(f"step {step:4}: x = {place}, f(x) = {height:.4f}")


def pair_that_belongs_together() -> None:
    """After the step x is new, and the height is still the old one.

    >>> pair_that_belongs_together()
    step 0: f(0.00, …) = 170.0000, but f(0.01, …) = 169.6366
    step 1: f(0.01, …) = 169.6366, but f(0.02, …) = 169.2663
    step 2: f(0.02, …) = 169.2663, but f(0.03, …) = 168.8889
    """
    x = torch.tensor([0.0, 0.0], requires_grad=True)
    optimizer = torch.optim.Adam([x], lr=1e-2)
    for step in range(3):
        height = himmelblau(x)
        before = x[0].item()
        optimizer.zero_grad()
        height.backward()
        optimizer.step()
        print(f"step {step}: f({before:.2f}, …) = {height.item():.4f}", end="")
        now = himmelblau(x).item()
        print(f", but f({x[0].item():.2f}, …) = {now:.4f}")


def four_starts() -> None:
    """Same function, same optimiser, no chance: the start decides.

    >>> four_starts()
    (0, 0) -> (3.0000, 2.0000)  f 0.000000
    (-1, 0) -> (-2.8051, 3.1313)  f 0.000000
    (-4, -4) -> (-3.7793, -3.2832)  f 0.000000
    (4, 0) -> (3.5844, -1.8481)  f 0.000000
    """
    for start in ((0, 0), (-1, 0), (-4, -4), (4, 0)):
        places = travel(himmelblau, start, torch.optim.Adam, 400, lr=0.05)
        x, y = places[-1].tolist()
        height = himmelblau(places[-1]).item()
        print(f"{start} -> ({x:.4f}, {y:.4f})  f {height:.6f}")


def settle(
    starts: torch.Tensor,
    optimizer_class: type[torch.optim.Optimizer],
    rate: float,
    steps: int,
) -> torch.Tensor:
    """Let many points descend at once, and say where each one ends.

    Args:
        starts: The starting points, float64, shape (2, …).
        optimizer_class: Must treat each number on its own, as SGD and Adam do.
        rate: The learning rate.
        steps: How many steps each point takes.

    Returns:
        The index in MINIMA of the minimum that is nearest, shape (…).
    """
    points = starts.clone().requires_grad_(True)
    optimizer = optimizer_class([points], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        himmelblau(points).sum().backward()
        optimizer.step()
    x, y = points.detach()
    distances = [torch.hypot(x - a, y - b) for a, b in MINIMA]
    return torch.stack(distances).argmin(dim=0)


def square_of_starts(size: int) -> torch.Tensor:
    """Make starting points, evenly spaced from -6 to 6 both ways.

    Args:
        size: How many points along a side.

    Returns:
        The points, float64, shape (2, size, size).
    """
    axis = torch.linspace(-6, 6, size, dtype=torch.float64)
    return torch.stack(torch.meshgrid(axis, axis, indexing="xy"))


def draw_basins() -> None:
    """The start by its end: four basins of gradient descent.

    >>> draw_basins()
    """
    starts = square_of_starts(121)
    ends = settle(starts, torch.optim.SGD, rate=0.001, steps=500).cpu()
    X, Y = starts.cpu()

    fig, ax = plt.subplots()
    for index, (x, y) in enumerate(MINIMA):
        basin = ends == index
        color = f"C{index}"
        ax.contourf(X, Y, basin, [0.5, 1], colors=color, alpha=0.3)
        ax.contour(X, Y, basin, [0.5], colors="gray")
        ax.plot(x, y, marker="os^D"[index], color=color)
    ax.set_aspect("equal")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def same_start_two_ends() -> None:
    """From (1, -1) the two optimisers go to two minima.

    >>> same_start_two_ends()
    SGD   first step to [1.54, -0.98], end [3.58, -1.85]
    Adam  first step to [1.01, -0.99], end [3.0, 2.0]
    """
    for name in ("SGD", "Adam"):
        optimizer_class = getattr(torch.optim, name)
        places = travel(himmelblau, [1.0, -1.0], optimizer_class, 800, lr=0.01)
        first = [round(x, 2) for x in places[1].tolist()]
        last = [round(x, 2) for x in places[-1].tolist()]
        print(f"{name:4}  first step to {first}, end {last}")


def flat_place(start: list[float]) -> tuple[torch.Tensor, torch.Tensor]:
    """Find the place nearby where the gradient is zero, by Newton's method.

    Args:
        start: A rough guess, two numbers.

    Returns:
        The place and the Hessian there, float64, shapes (2,) and (2, 2).
    """
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    for _ in range(10):
        (gradient,) = torch.autograd.grad(himmelblau(point), point)
        hessian = torch.autograd.functional.hessian(himmelblau, point)
        with torch.no_grad():
            point -= torch.linalg.solve(hessian, gradient)
    hessian = torch.autograd.functional.hessian(himmelblau, point)
    return point.detach(), hessian


FLAT_PLACES = (
    *MINIMA,
    (3.385, 0.074),
    (0.087, 2.884),
    (-3.073, -0.081),
    (-0.128, -1.954),
    (-0.271, -0.923),
)
"""Rough places where the gradient is zero: minima, saddles, the maximum."""


def nine_flat_places() -> None:
    """The signs of the two curvatures say what kind of place it is.

    >>> nine_flat_places()
    ( 3.0000,  2.0000)  f   0.0000  curvatures   25.72   82.28  minimum
    (-2.8051,  3.1313)  f   0.0000  curvatures   64.84   80.55  minimum
    (-3.7793, -3.2832)  f   0.0000  curvatures   70.71  133.79  minimum
    ( 3.5844, -1.8481)  f   0.0000  curvatures   28.69  105.42  minimum
    ( 3.3852,  0.0739)  f  13.3119  curvatures  -14.14   97.55  saddle
    ( 0.0867,  2.8843)  f  67.7192  curvatures  -31.71   75.51  saddle
    (-3.0730, -0.0814)  f 104.0152  curvatures  -39.65   72.44  saddle
    (-0.1280, -1.9537)  f 178.3372  curvatures  -50.61   20.28  saddle
    (-0.2708, -0.9230)  f 181.6165  curvatures  -45.61  -16.07  maximum
    """
    for guess in FLAT_PLACES:
        place, hessian = flat_place(guess)
        x, y = place.tolist()
        low, high = torch.linalg.eigvalsh(hessian).tolist()
        kind = "minimum" if low > 0 else "maximum" if high < 0 else "saddle"
        height = abs(himmelblau(place).item())
        print(f"({x:7.4f}, {y:7.4f})  f {height:8.4f}", end="")
        print(f"  curvatures {low:7.2f} {high:7.2f}  {kind}")


def draw_flat_places() -> None:
    """The contour lines through the saddles cross themselves.

    >>> draw_flat_places()
    """
    axis = np.linspace(-5, 5, 120)
    X, Y = np.meshgrid(axis, axis)
    places = np.array(FLAT_PLACES)
    saddles = places[4:8]

    fig, ax = plt.subplots()
    levels = np.sort(himmelblau(saddles.T))
    ax.contour(X, Y, himmelblau([X, Y]), levels, colors="gray")
    ax.plot(*places[:4].T, "o", *saddles.T, "x", *places[8:].T, "^")
    ax.set_aspect("equal")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def off_the_top() -> None:
    """Beside the maximum the slope is tiny. Who gets away?

    >>> off_the_top()
    SGD   181.6165  181.6165    1.3306    0.0000
    Adam  181.6165  181.3145  169.0733  120.9390
    """
    top, _ = flat_place([-0.271, -0.923])
    start = (top + 1e-6).tolist()
    for name in ("SGD", "Adam"):
        optimizer_class = getattr(torch.optim, name)
        places = travel(himmelblau, start, optimizer_class, 100, lr=0.01)
        heights = himmelblau(places.T)
        shown = "  ".join(
            f"{heights[i].item():8.4f}" for i in (0, 10, 50, 100)
        )
        print(f"{name:4}  {shown}")


def rate_for_each_minimum() -> None:
    """The steepest minimum allows the smallest rate.

    >>> rate_for_each_minimum()
    ( 3.00,  2.00)  bound 0.0243  end ( 3.00,  2.00) ( 3.00,  2.00)
    (-2.81,  3.13)  bound 0.0248  end (-2.81,  3.13) (-2.81,  3.13)
    (-3.78, -3.28)  bound 0.0149  end (-4.21, -2.69) (-2.92, -3.55)
    ( 3.58, -1.85)  bound 0.0190  end ( 3.58, -1.85) ( 3.58, -1.85)
    """
    for x, y in MINIMA:
        _, hessian = flat_place([x, y])
        bound = 2 / torch.linalg.eigvalsh(hessian).max().item()
        start = [x + 0.01, y + 0.01]
        places = travel(himmelblau, start, torch.optim.SGD, 100, lr=0.017)
        print(f"({x:5.2f}, {y:5.2f})  bound {bound:.4f}", end="  end")
        for end_x, end_y in places[-2:].tolist():
            print(f" ({end_x:5.2f}, {end_y:5.2f})", end="")
        print()


def uphill() -> None:
    """From (0, 0) with maximize=True.

    >>> uphill()
    (-0.27, -0.92)
    """
    point = torch.tensor([0.0, 0.0], requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.01, maximize=True)
    for _ in range(500):
        optimizer.zero_grad()
        himmelblau(point).backward()
        optimizer.step()
    x, y = point.tolist()
    print(f"({x:.2f}, {y:.2f})")


def both_sides_of_a_saddle() -> None:
    """Two starts, a little left and a little right of (0.087, 2.884).

    >>> both_sides_of_a_saddle()
    [-2.81, 3.13]
    [3.0, 2.0]
    """
    for x in (0.0, 0.2):
        places = travel(himmelblau, [x, 2.9], torch.optim.SGD, 100, lr=0.01)
        print([round(number, 2) for number in places[-1].tolist()])
