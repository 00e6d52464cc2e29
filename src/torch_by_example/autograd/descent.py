"""Gradient descent on a parabola: the update, the rate, the traps."""

import warnings
from collections.abc import Callable

import torch


def one_step_by_hand() -> None:
    """One step: against the gradient, scaled by the learning rate.

    >>> one_step_by_hand()
    gradient: 20.0 = 20.0
    x: 9.8000
    y: 120.0000, then 116.0400
    """
    x = torch.tensor(10.0, requires_grad=True)
    y = x**2 + 20
    y.backward()
    print("gradient:", x.grad.item(), "=", 2 * 10.0)
    with torch.no_grad():
        x -= 0.01 * x.grad
    print(f"x: {x.item():.4f}")
    print(f"y: {y.item():.4f}, then {(x**2 + 20).item():.4f}")


def thousand_steps() -> None:
    """The same step a thousand times, with x and y that belong together.

    >>> thousand_steps()
    step    0  x 1.0000e+01  y 120.0000
    step    1  x 9.8000e+00  y 116.0400
    step   10  x 8.1707e+00  y 86.7608
    step  100  x 1.3262e+00  y 21.7588
    step 1000  x 1.6830e-08  y 20.0000
    """
    x = torch.tensor(10.0, requires_grad=True)
    for step in range(1001):
        y = x**2 + 20
        if step in (0, 1, 10, 100, 1000):
            print(f"step {step:4}  x {x.item():.4e}  y {y.item():.4f}")
        x.grad = None
        y.backward()
        with torch.no_grad():
            x -= 0.01 * x.grad


def gradient_at_the_minimum() -> None:
    """What is searched is the place; the gradient there is zero.

    >>> gradient_at_the_minimum()
    x -3.0  y 29.0  gradient -6.0
    x  0.0  y 20.0  gradient  0.0
    x  3.0  y 29.0  gradient  6.0
    """
    for place in (-3.0, 0.0, 3.0):
        x = torch.tensor(place, requires_grad=True)
        y = x**2 + 20
        y.backward()
        print(f"x {place:4}  y {y.item()}  gradient {x.grad.item():4}")


def descend(
    function: Callable[[torch.Tensor], torch.Tensor],
    start: float,
    rate: float,
    steps: int,
) -> list[float]:
    """Minimise a function of one variable by gradient descent.

    Args:
        function: Takes and returns a tensor of shape ().
        start: Where to begin.
        rate: The learning rate.
        steps: How many steps to take.

    Returns:
        Every x from the start on, steps + 1 numbers.
    """
    x = torch.tensor(start, requires_grad=True)
    places = [x.item()]
    for _ in range(steps):
        x.grad = None
        function(x).backward()
        with torch.no_grad():
            x -= rate * x.grad
        places.append(x.item())
    return places


def same_factor_each_step() -> None:
    """On x**2 + 20 every step multiplies x by 1 - 2 * rate.

    >>> same_factor_each_step()
       1  9.8000e+00  9.8000e+00
      10  8.1707e+00  8.1707e+00
     100  1.3262e+00  1.3262e+00
    1000  1.6830e-08  1.6830e-08
    """
    places = descend(lambda x: x**2 + 20, 10.0, rate=0.01, steps=1000)
    for step in (1, 10, 100, 1000):
        formula = 10 * (1 - 2 * 0.01) ** step
        print(f"{step:4}  {places[step]:.4e}  {formula:.4e}")


def six_learning_rates() -> None:
    """Too small creeps, right arrives, too large runs away.

    >>> six_learning_rates()
    0.01   10.00    9.80    9.60    9.41    9.22  ...  6.68e+00
     0.1   10.00    8.00    6.40    5.12    4.10  ...  1.15e-01
     0.5   10.00    0.00    0.00    0.00    0.00  ...  0.00e+00
     0.9   10.00   -8.00    6.40   -5.12    4.10  ...  1.15e-01
     1.0   10.00  -10.00   10.00  -10.00   10.00  ...  1.00e+01
     1.1   10.00  -12.00   14.40  -17.28   20.74  ...  3.83e+02
    """
    for rate in (0.01, 0.1, 0.5, 0.9, 1.0, 1.1):
        places = descend(lambda x: x**2 + 20, 10.0, rate, steps=20)
        first = "  ".join(f"{x:6.2f}" for x in places[:5])
        print(f"{rate:4}  {first}  ...  {places[-1]:8.2e}")


def steeper_parabola() -> None:
    """On 2 * x**2 the slope changes twice as fast: half the bound.

    >>> steeper_parabola()
     0.1   10.00    6.00    3.60    2.16  ...   6.05e-02
    0.25   10.00    0.00    0.00    0.00  ...   0.00e+00
     0.4   10.00   -6.00    3.60   -2.16  ...   6.05e-02
     0.5   10.00  -10.00   10.00  -10.00  ...   1.00e+01
     0.6   10.00  -14.00   19.60  -27.44  ...   2.89e+02
    """
    for rate in (0.1, 0.25, 0.4, 0.5, 0.6):
        places = descend(lambda x: 2 * x**2, 10.0, rate, steps=10)
        first = "  ".join(f"{x:6.2f}" for x in places[:4])
        print(f"{rate:4}  {first}  ...  {places[-1]:9.2e}")


def curvature_that_changes() -> None:
    """Two functions that are no parabolas, each with two rates, from 2.

    >>> curvature_that_changes()
    x^4 / 4
    0.4     2.00    -1.20    -0.51    -0.46  ...  -0.167  -0.166
    0.6     2.00    -2.80    10.37  -658.96  ...     nan     nan
    sqrt(1 + x^2)
    1.5     2.00     0.66    -0.17     0.08  ...  -0.000   0.000
    2.5     2.00    -0.24     0.34    -0.46  ...   0.750  -0.750
    """
    functions = {
        "x^4 / 4": (lambda x: x**4 / 4, (0.4, 0.6)),
        "sqrt(1 + x^2)": (lambda x: (1 + x**2).sqrt(), (1.5, 2.5)),
    }
    for name, (function, rates) in functions.items():
        print(name)
        for rate in rates:
            places = descend(function, 2.0, rate, steps=41)
            first = "  ".join(f"{x:7.2f}" for x in places[:4])
            last = "  ".join(f"{x:6.3f}" for x in places[-2:])
            print(f"{rate}  {first}  ...  {last}")


def gradients_never_cleared() -> None:
    """Not cleared, the gradients add up, and x swings for ever.

    >>> gradients_never_cleared()
    [0.0, -10.0, -10.0, 0.0, 10.0, 10.0, 0.0, -10.0, -10.0, 0.0, 10.0, 10.0]
    """
    x = torch.tensor(10.0, requires_grad=True)
    places = []
    for _ in range(12):
        (x**2 + 20).backward()
        with torch.no_grad():
            x -= 0.5 * x.grad
        places.append(x.item())
    print(places)


def result_instead_of_leaf() -> None:
    """x = x - ... makes a new tensor, and that one gets no gradient.

    >>> result_instead_of_leaf()
    tensor(9.8000, grad_fn=<SubBackward0>) False
    tensor(39.6000)
    UserWarning None
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'
    """
    leaf = x = torch.tensor(10.0, requires_grad=True)
    (x**2 + 20).backward()
    x = x - 0.01 * x.grad
    print(x, x.is_leaf)

    (x**2 + 20).backward()
    print(leaf.grad)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        gradient = x.grad
    print(caught[0].category.__name__, gradient)
    x = x - 0.01 * gradient


def recorded_update() -> None:
    """In place, but recorded: refused at once.

    >>> recorded_update()
    Traceback (most recent call last):
        ...
    RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.
    """
    x = torch.tensor(10.0, requires_grad=True)
    (x**2 + 20).backward()
    x -= 0.01 * x.grad


def memory_of_the_update() -> None:
    """Three updates: which keep the leaf, and which the memory?

    >>> memory_of_the_update()
    x = x - ...   leaf False  x 9.80  memory 10.00
    x.data = ...  leaf True   x 9.80  memory 10.00
    x -= ...      leaf True   x 9.80  memory 9.80
    """
    for name in ("x = x - ...", "x.data = ...", "x -= ..."):
        x = torch.tensor(10.0, requires_grad=True)
        (x**2 + 20).backward()
        shared = x.detach()
        if name == "x = x - ...":
            x = x - 0.01 * x.grad
        elif name == "x.data = ...":
            x.data = x.data - 0.01 * x.grad
        else:
            with torch.no_grad():
                x -= 0.01 * x.grad
        print(f"{name:12}  leaf {x.is_leaf!s:5}  x {x.item():.2f}", end="  ")
        print(f"memory {shared.item():.2f}")


def who_changes_what() -> None:
    """backward makes the gradient, step the new weight, zero_grad tidies up.

    >>> who_changes_what()
    start      3.0 None
    backward   3.0 tensor(8.)
    step       2.2 tensor(8.)
    zero_grad  2.2 None
    """
    weight = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1)
    loss = (2 * weight - 4) ** 2
    print(f"start      {weight.item():.1f}", weight.grad)
    loss.backward()
    print(f"backward   {weight.item():.1f}", weight.grad)
    optimizer.step()
    print(f"step       {weight.item():.1f}", weight.grad)
    optimizer.zero_grad()
    print(f"zero_grad  {weight.item():.1f}", weight.grad)


def cleared_too_late() -> None:
    """Cleared between backward and the update.

    >>> cleared_too_late()
    10.0
    10.0
    10.0
    """
    x = torch.tensor(10.0, requires_grad=True)
    for _ in range(3):
        (x**2 + 20).backward()
        x.grad.zero_()
        with torch.no_grad():
            x -= 0.01 * x.grad
        print(x.item())


def start_on_the_hilltop() -> None:
    """A start where the slope is zero.

    >>> start_on_the_hilltop()
    0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00
    0.01 0.02 0.03 0.04 0.07 0.10 0.17 0.26 0.41 0.62 0.85 0.99
    """
    for start in (0.0, 0.01):
        places = descend(lambda x: x**4 - 2 * x**2, start, 0.15, steps=11)
        print(" ".join(f"{x:.2f}" for x in places))
