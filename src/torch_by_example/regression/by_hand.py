"""A line by hand: w and b, and the trap of one weight per sample."""

import matplotlib.pyplot as plt
import torch


def five_points() -> tuple[torch.Tensor, torch.Tensor]:
    """Make the data: five points near a line.

    Returns:
        The features x and the targets y, float32, both of shape (5,).
    """
    x = torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0])
    y = torch.tensor([1.5, 2.5, 5.5, 6.5, 9.5])
    return x, y


def loss_of_two_lines() -> None:
    """The loss says which of two lines is nearer to the points.

    >>> loss_of_two_lines()
    tensor([ 0.5000,  0.5000, -1.5000, -1.5000, -3.5000]) loss 3.4500
    tensor([-0.5000,  0.5000, -0.5000,  0.5000, -0.5000]) loss 0.2500
    """
    x, y = five_points()
    for w, b in ((1.0, 2.0), (2.0, 1.0)):
        errors = w * x + b - y
        print(errors, f"loss {errors.pow(2).mean().item():.4f}")


def slopes_of_the_loss() -> None:
    """The gradient for w and for b, by formula and by autograd.

    >>> slopes_of_the_loss()
    autograd  w -8.4000  b -2.2000
    formula   w -8.4000  b -2.2000
    """
    x, y = five_points()
    w = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(2.0, requires_grad=True)
    errors = w * x + b - y
    errors.pow(2).mean().backward()
    errors = errors.detach()
    by_formula = 2 * (errors * x).mean().item(), 2 * errors.mean().item()
    print(f"autograd  w {w.grad.item():.4f}  b {b.grad.item():.4f}")
    print("formula   w {:.4f}  b {:.4f}".format(*by_formula))


def fit_the_line() -> None:
    """The whole loop: predict, measure, differentiate, correct, clear.

    >>> fit_the_line()
    step   0  w 0.0000  b 0.0000  loss 34.2500
    step   1  w 1.4200  b 0.5100  loss 3.9753
    step  10  w 2.0919  b 0.8379  loss 0.2630
    step 100  w 2.0060  b 1.0829  loss 0.2401
    step 300  w 2.0000  b 1.1000  loss 0.2400
    """
    x, y = five_points()
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for step in range(301):
        loss = (w * x + b - y).pow(2).mean()
        if step in (0, 1, 10, 100, 300):
            numbers = w.item(), b.item(), loss.item()
            print(
                "step {:3}  w {:.4f}  b {:.4f}  loss {:.4f}".format(
                    step, *numbers
                )
            )
        loss.backward()
        with torch.no_grad():
            w -= 0.05 * w.grad
            b -= 0.05 * b.grad
        w.grad = None
        b.grad = None


def best_line(
    x: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Solve for the line with the least mean squared error.

    Args:
        x: The features, shape (n,), not all the same.
        y: The targets, shape (n,).

    Returns:
        The slope w and the intercept b, both of shape ().
    """
    dx, dy = x - x.mean(), y - y.mean()
    w = (dx * dy).sum() / (dx * dx).sum()
    return w, y.mean() - w * x.mean()


def exact_answer() -> None:
    """For a line nobody has to descend: there is a formula.

    >>> exact_answer()
    w 2.0000  b 1.1000
    tensor([2.0000, 1.1000])
    loss 0.2400
    """
    x, y = five_points()
    w, b = best_line(x, y)
    print(f"w {w.item():.4f}  b {b.item():.4f}")
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    answer = torch.linalg.lstsq(columns, y.unsqueeze(1)).solution
    print(answer.squeeze(1))
    print(f"loss {(w * x + b - y).pow(2).mean().item():.4f}")


def nearby_lines_are_worse() -> None:
    """Whichever way you turn or shift the best line, the loss grows.

    >>> nearby_lines_are_worse()
    w +0.0  b +0.0  loss 0.2400
    w +0.1  b +0.0  loss 0.3000
    w +0.0  b -0.1  loss 0.2500
    w +0.1  b +0.1  loss 0.3500
    w -0.1  b +0.1  loss 0.2700
    """
    x, y = five_points()
    w, b = best_line(x, y)
    for dw, db in (
        (0.0, 0.0),
        (0.1, 0.0),
        (0.0, -0.1),
        (0.1, 0.1),
        (-0.1, 0.1),
    ):
        loss = ((w + dw) * x + b + db - y).pow(2).mean()
        print(f"w {dw:+.1f}  b {db:+.1f}  loss {loss.item():.4f}")


def draw_line() -> None:
    """The points, the line, and the errors that the loss squares.

    >>> draw_line()
    """
    x, y = five_points()
    w, b = best_line(x, y)
    line = (w * x + b).cpu()

    fig, ax = plt.subplots()
    ax.vlines(x.cpu(), line, y.cpu(), colors="gray")
    ax.plot(x.cpu(), line, x.cpu(), y.cpu(), "o")
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def one_pair_many_lines() -> None:
    """Through one point run infinitely many lines.

    >>> one_pair_many_lines()
    w 1.60  b +0.80  at 2: 4.00  at 3: 5.60
    w 1.80  b +0.40  at 2: 4.00  at 3: 5.80
    w 2.60  b -1.20  at 2: 4.00  at 3: 6.60
    """
    for start in (0.0, 1.0, 5.0):
        w = torch.tensor(start, requires_grad=True)
        b = torch.tensor(0.0, requires_grad=True)
        for _ in range(20):
            loss = (w * 2 + b - 4) ** 2
            loss.backward()
            with torch.no_grad():
                w -= 0.05 * w.grad
                b -= 0.05 * b.grad
            w.grad = None
            b.grad = None
        print(f"w {w.item():.2f}  b {b.item():+.2f}", end="  ")
        print(
            f"at 2: {(w * 2 + b).item():.2f}  at 3: {(w * 3 + b).item():.2f}"
        )


def hundred_epochs() -> None:
    """Two samples, and a weight for each of them.

    >>> hundred_epochs()
    Epoch 1, Loss: 6642.50
    Epoch 2, Loss: 6334.35
    Epoch 100, Loss: 183.08
    w=[51.8260,-9.4314] b=45.1103
    y_pred=96.9363 torch.Size([2]) torch.Size([])
    """
    x = torch.tensor([1.0, 2.0])
    y = torch.tensor([115.0, 21.0])
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for epoch in range(1, 101):
        loss = (w * x + b - y).pow(2).mean()
        loss.backward()
        if epoch in (1, 2, 100):
            print(f"Epoch {epoch}, Loss: {loss.item():.2f}")
        with torch.no_grad():
            w -= 0.01 * w.grad
            b -= 0.01 * b.grad
        w.grad.zero_()
        b.grad.zero_()
    print(f"w=[{w[0].item():.4f},{w[1].item():.4f}] b={b.item():.4f}")
    print(f"y_pred={(w * x + b)[0].item():.4f}", w.grad.shape, b.grad.shape)


def train(
    x: torch.Tensor,
    y: torch.Tensor,
    start: tuple[torch.Tensor, torch.Tensor],
    steps: int,
    rate: float = 0.01,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Fit w * x + b to y by gradient descent.

    Args:
        x: The features, shape (n,).
        y: The targets, shape (n,).
        start: The first weight, shape () if shared, (n,) if one for each
            sample; the first bias, shape ().
        steps: How many steps to take.
        rate: The learning rate.

    Returns:
        The weight, the bias, and the loss before each step.
    """
    w, b = (part.clone().requires_grad_() for part in start)
    losses = []
    for _ in range(steps):
        loss = (w * x + b - y).pow(2).mean()
        losses.append(loss.item())
        slopes = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w -= rate * slopes[0]
            b -= rate * slopes[1]
    return w.detach(), b.detach(), losses


def check_both_predictions() -> None:
    """How near are the predictions, both of them?

    >>> check_both_predictions()
    w=[51.8260,-9.4314] b=45.1103
      96.9363 for 115.0, off by 15.71%
      26.2476 for 21.0, off by 24.99%
    w=[62.4444,-15.7777] b=52.5554
      114.9998 for 115.0, off by 0.00%
      21.0000 for 21.0, off by 0.00%
    """
    x = torch.tensor([1.0, 2.0])
    y = torch.tensor([115.0, 21.0])
    start = torch.tensor([1.0, 2.0]), torch.tensor(0.0)
    for steps in (100, 1000):
        w, b, _ = train(x, y, start, steps)
        print(f"w=[{w[0]:.4f},{w[1]:.4f}] b={b:.4f}")
        for prediction, target in torch.stack([w * x + b, y], dim=1):
            off = (prediction - target).abs() / target
            print(f"  {prediction:.4f} for {target}, off by {off:.2%}")


def any_target_will_do() -> None:
    """The loss shrinks by the same law, whatever the targets are.

    >>> any_target_will_do()
    6.83e+03 -> 7.57e-12  factor 0.98303
    3.25e+01 -> 4.33e-14  factor 0.98303
    1.00e+18 -> 1.09e+03  factor 0.98303
    """
    x = torch.tensor([1.0, 2.0])
    start = torch.zeros(2).double(), torch.tensor(0.0).double()
    for targets in ([115, 21], [-7, 4], [10**9, -(10**9)]):
        _, _, losses = train(x, torch.tensor(targets), start, 1000)
        first, *_, before, last = losses
        factor = (last / before) ** 0.5
        print(f"{first:.2e} -> {last:.2e}  factor {factor:.5f}")


def one_equation_too_few() -> None:
    """Three unknowns, two equations: one direction changes nothing.

    >>> one_equation_too_few()
    tensor([[1., 0., 1.],
            [0., 2., 1.]], dtype=torch.float64)
    rank 2 of 3
    effect: tensor([0., 0.], dtype=torch.float64)
    same predictions: tensor([1., 4.], dtype=torch.float64) tensor([1., 4.], dtype=torch.float64)
    slowest factor 0.98303
    """
    x = torch.tensor([1.0, 2.0])

    def predict(parameters: torch.Tensor) -> torch.Tensor:
        return parameters[:2] * x + parameters[2]  # w1, w2 and b

    parameters = torch.tensor([1.0, 2.0, 0.0], dtype=torch.float64)
    J = torch.autograd.functional.jacobian(predict, parameters)
    print(J)
    print("rank", torch.linalg.matrix_rank(J).item(), "of 3")
    free = torch.tensor([1.0, 0.5, -1.0], dtype=torch.float64)
    print("effect:", J @ free)
    print(
        "same predictions:",
        predict(parameters),
        predict(parameters + 7 * free),
    )
    slowest = torch.linalg.eigvalsh(J @ J.T).min().item()
    print(f"slowest factor {1 - 0.01 * slowest:.5f}")


def zero_loss_other_weights() -> None:
    """Three starts, three answers, and every loss is nearly zero.

    >>> zero_loss_other_weights()
    w=[62.44,-15.78] b=52.56  loss 0.000000
    w=[61.56,-16.22] b=53.44  loss 0.000000
    w=[42.00,-26.00] b=73.00  loss 0.000000
    """
    x = torch.tensor([1.0, 2.0])
    y = torch.tensor([115.0, 21.0])
    for w0, b0 in (([1.0, 2.0], 0.0), ([0.0, 0.0], 0.0), ([-50.0, 30.0], 9.0)):
        start = torch.tensor(w0), torch.tensor(b0)
        w, b, losses = train(x, y, start, 1000)
        print(f"w=[{w[0]:.2f},{w[1]:.2f}] b={b:.2f}  loss {losses[-1]:.6f}")


def third_sample() -> None:
    """A third sample finds no weight.

    >>> third_sample()
    Traceback (most recent call last):
        ...
    RuntimeError: The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0
    """
    w = torch.zeros(2)  # one weight a sample, trained or not
    x = torch.arange(1, 4)
    print(w * x)


def one_weight_for_all() -> None:
    """A shared weight: one answer, from every start, and a prediction.

    >>> one_weight_for_all()
    formula  w -94.00  b 209.00
    from   0.0  w -94.00  b 209.00  loss 0.0000  at 3: -73.00
    from -50.0  w -94.00  b 209.00  loss 0.0000  at 3: -73.00
    """
    x = torch.tensor([1.0, 2.0])
    y = torch.tensor([115.0, 21.0])
    w, b = best_line(x, y)
    print(f"formula  w {w:.2f}  b {b:.2f}")
    for w0 in (0.0, -50.0):
        start = torch.tensor(w0), torch.tensor(0.0)
        w, b, losses = train(x, y, start, 500, rate=0.2)
        print(f"from {w0:5}  w {w:.2f}  b {b:.2f}", end="  ")
        print(f"loss {losses[-1]:.4f}  at 3: {w * 3 + b:.2f}")


def third_point_tells() -> None:
    """With three points a line can no longer pass through all.

    >>> third_point_tells()
    one weight: w -27.50  b 120.33  loss 982.72
    three weights: loss 0.00
    """
    x = torch.tensor([1.0, 2.0, 3.0])
    y = torch.tensor([115.0, 21.0, 60.0])
    w, b = best_line(x, y)
    print(f"one weight: w {w:.2f}  b {b:.2f}", end="  ")
    print(f"loss {(w * x + b - y).pow(2).mean():.2f}")
    start = torch.zeros(3), torch.tensor(0.0)
    _, _, losses = train(x, y, start, 1000)
    print(f"three weights: loss {losses[-1]:.2f}")


def average_as_slope() -> None:
    """Two points and the formula: what are w and b?

    >>> average_as_slope()
    5.0 0.0
    """
    w, b = best_line(torch.tensor([2.0, 4.0]), torch.tensor([10.0, 20.0]))
    print(w.item(), b.item())


def all_at_one_place() -> None:
    """Three points above the same x. What is the slope?

    >>> all_at_one_place()
    nan nan
    """
    w, b = best_line(torch.ones(3), torch.arange(3.0))
    print(w.item(), b.item())


def forgotten_bias() -> None:
    """A weight without a bias, and three points at the height 3.

    >>> forgotten_bias()
    w 5.00  loss 25.67
    w 1.67  loss 10.85
    w 0.56  loss 9.21
    w 0.19  loss 9.02
    w 0.06  loss 9.00
    w 0.02  loss 9.00
    """
    x = torch.tensor([-1.0, 0.0, 1.0])
    w = torch.tensor(5.0, requires_grad=True)
    for _ in range(6):
        loss = (w * x - 3).pow(2).mean()
        print(f"w {w.item():.2f}  loss {loss.item():.2f}")
        loss.backward()
        with torch.no_grad():
            w -= 0.5 * w.grad
        w.grad = None


def private_weight_of_a_zero() -> None:
    """One weight per sample again, but one x is zero. Where does it end?

    >>> private_weight_of_a_zero()
    w=[1.00,7.00] b=3.00  loss 0.0000
    """
    x = torch.tensor([0.0, 1.0])
    y = torch.tensor([3.0, 10.0])
    start = torch.ones(2), torch.tensor(0.0)
    w, b, losses = train(x, y, start, 400, rate=0.1)
    print(f"w=[{w[0]:.2f},{w[1]:.2f}] b={b:.2f}  loss {losses[-1]:.4f}")
