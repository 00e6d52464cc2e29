"""One weight learns y = 2x from three points, by hand and by autograd."""

import torch
from matplotlib import pyplot as plt

samples = [(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]


def forward(w: torch.Tensor, x: float | torch.Tensor) -> torch.Tensor:
    """The model: one weight times the input.

    Args:
        w: The weight, shape ().
        x: A number, or inputs of shape (n,).

    Returns:
        The prediction, in the shape of x.
    """
    return w * x


def squared_error(
    w: torch.Tensor, x: float | torch.Tensor, y: float | torch.Tensor
) -> torch.Tensor:
    """How wrong the prediction is: the square of the difference.

    Args:
        w: The weight, shape ().
        x: A number, or inputs of shape (n,).
        y: The target, in the shape of x.

    Returns:
        The error of each sample, in the shape of x.
    """
    return (forward(w, x) - y) ** 2


def before_training() -> None:
    """A weight of 3 instead of 2: every prediction is too high.

    >>> before_training()
    x 1.0  y 2.0  prediction 3.0  error 1.0
    x 2.0  y 4.0  prediction 6.0  error 4.0
    x 3.0  y 6.0  prediction 9.0  error 9.0
    for x = 4: 12.0
    """
    w = torch.tensor(3.0)
    for x, y in samples:
        prediction = forward(w, x).item()
        error = squared_error(w, x, y).item()
        print(f"x {x}  y {y}  prediction {prediction}  error {error}")
    print("for x = 4:", forward(w, 4.0).item())


def computed_at_once() -> None:
    """The error is a number right away; the graph is noted beside it.

    >>> computed_at_once()
    1.0
    PowBackward0
    """
    w = torch.tensor(3.0, requires_grad=True)
    error = squared_error(w, 1.0, 2.0)
    print(error.item())
    print(error.grad_fn.name())


def gradient_by_hand() -> None:
    """2x(wx - y) is what autograd computes, for each sample.

    >>> gradient_by_hand()
    x 1.0  by hand  2.0  autograd  2.0
    x 2.0  by hand  8.0  autograd  8.0
    x 3.0  by hand 18.0  autograd 18.0
    """
    for x, y in samples:
        w = torch.tensor(3.0, requires_grad=True)
        squared_error(w, x, y).backward()
        by_hand = 2 * x * (3.0 * x - y)
        print(f"x {x}  by hand {by_hand:4}  autograd {w.grad.item():4}")


def backward_moves_nothing() -> None:
    """backward writes a gradient; the weight changes in the update.

    >>> backward_moves_nothing()
    after backward: w 3.0000, gradient 2.0000
    after update:   w 2.9800, gradient 2.0000
    """
    w = torch.tensor(3.0, requires_grad=True)
    squared_error(w, 1.0, 2.0).backward()
    print(f"after backward: w {w.item():.4f}, gradient {w.grad.item():.4f}")
    with torch.no_grad():
        w -= 0.01 * w.grad
    print(f"after update:   w {w.item():.4f}, gradient {w.grad.item():.4f}")


def first_epoch() -> None:
    """Once through the data: three gradients, three small steps.

    >>> first_epoch()
    x 1.0  gradient  2.0000  w 2.9800
    x 2.0  gradient  7.8400  w 2.9016
    x 3.0  gradient 16.2288  w 2.7393
    """
    w = torch.tensor(3.0, requires_grad=True)
    for x, y in samples:
        w.grad = None
        squared_error(w, x, y).backward()
        with torch.no_grad():
            w -= 0.01 * w.grad
        print(f"x {x}  gradient {w.grad.item():7.4f}  w {w.item():.4f}")


def train_one_epoch(w: torch.Tensor, rate: float = 0.01) -> list[float]:
    """Update the weight in place, once for each of the three samples.

    Args:
        w: The weight, a leaf of shape () that requires grad.
        rate: The learning rate.

    Returns:
        The error of each sample, taken before its own update.
    """
    errors = []
    for x, y in samples:
        w.grad = None
        error = squared_error(w, x, y)
        error.backward()
        with torch.no_grad():
            w -= rate * w.grad
        errors.append(error.item())
    return errors


def loss_of_all(w: torch.Tensor) -> float:
    """The mean error of one weight over all samples.

    Args:
        w: The weight, shape ().

    Returns:
        The loss as a number.
    """
    x, y = torch.tensor(samples, dtype=w.dtype).T
    return squared_error(w, x, y).mean().item()


def hundred_epochs() -> None:
    """Loss and weight after each epoch, and the prediction at the end.

    >>> hundred_epochs()
      0  loss 4.6667  w 3.0000
      1  loss 2.5507  w 2.7393
      2  loss 1.3942  w 2.5466
      5  loss 0.2277  w 2.2209
     10  loss 0.0111  w 2.0488
     20  loss 0.0000  w 2.0024
    100  loss 0.0000  w 2.0000
    for x = 4: 8.0000
    """
    w = torch.tensor(3.0, requires_grad=True)
    for epoch in range(101):
        if epoch in (0, 1, 2, 5, 10, 20, 100):
            print(f"{epoch:3}  loss {loss_of_all(w):.4f}  w {w.item():.4f}")
        train_one_epoch(w)
    print(f"for x = 4: {forward(w, 4.0).item():.4f}")


def three_kinds_of_books() -> None:
    """Last sample, mean on the way, loss at the end: three numbers.

    >>> three_kinds_of_books()
    before:  loss of all 4.6667
    epoch 1: last sample 7.3159, mean 4.0525, loss of all 2.5507
    epoch 2: last sample 3.9988, mean 2.2150, loss of all 1.3942
    epoch 3: last sample 2.1857, mean 1.2107, loss of all 0.7620
    """
    w = torch.tensor(3.0, requires_grad=True)
    print(f"before:  loss of all {loss_of_all(w):.4f}")
    for epoch in (1, 2, 3):
        errors = train_one_epoch(w)
        mean = sum(errors) / len(errors)
        print(
            f"epoch {epoch}: last sample {errors[-1]:.4f}, "
            f"mean {mean:.4f}, loss of all {loss_of_all(w):.4f}"
        )


def factor_of_an_epoch() -> None:
    """Each epoch multiplies the distance from 2 by one and the same number.

    >>> factor_of_an_epoch()
    by hand 0.739312
    0.7393 / 1.0000 = 0.7393
    0.5466 / 0.7393 = 0.7393
    0.4041 / 0.5466 = 0.7393
    """
    print(f"by hand {(1 - 0.02) * (1 - 0.08) * (1 - 0.18):.6f}")
    w = torch.tensor(3.0, requires_grad=True)
    for _ in range(3):
        before = w.item() - 2
        train_one_epoch(w)
        after = w.item() - 2
        print(f"{after:.4f} / {before:.4f} = {after / before:.4f}")


def draw_losses() -> None:
    """The loss after each epoch, in both precisions.

    >>> draw_losses()
    """
    fig, ax = plt.subplots()
    for dtype in (torch.float64, torch.float32):
        w = torch.tensor(3.0, dtype=dtype, requires_grad=True)
        losses = [loss_of_all(w)]
        for _ in range(100):
            train_one_epoch(w)
            losses.append(loss_of_all(w))
        ax.semilogy(losses, label=str(dtype).removeprefix("torch."))
    ax.set_xlabel("$k$")
    ax.set_ylabel("$C_k$")
    ax.legend()
    plt.show()


def where_float32_stops() -> None:
    """In float32 the weight stops short of 2; in float64 it goes on.

    >>> where_float32_stops()
     10  w - 2 = 4.88e-02
     48  w - 2 = 7.15e-07
     49  w - 2 = 7.15e-07
     50  w - 2 = 7.15e-07
    100  w - 2 = 7.15e-07
     10  w - 2 = 4.88e-02
     48  w - 2 = 5.06e-07
     49  w - 2 = 3.74e-07
     50  w - 2 = 2.76e-07
    100  w - 2 = 7.64e-14
    """
    for dtype in (torch.float32, torch.float64):
        w = torch.tensor(3.0, dtype=dtype, requires_grad=True)
        for epoch in range(1, 101):
            train_one_epoch(w)
            if epoch in (10, 48, 49, 50, 100):
                print(f"{epoch:3}  w - 2 = {w.item() - 2:.2e}")


def never_cleared() -> None:
    """Without clearing, the gradients of all samples so far add up.

    >>> never_cleared()
      1  w 2.6245
      2  w 1.7487
      3  w 1.0742
      5  w 1.8963
     10  w 1.0150
    100  w 2.0892
    """
    w = torch.tensor(3.0, requires_grad=True)
    for epoch in range(1, 101):
        for x, y in samples:
            squared_error(w, x, y).backward()
            with torch.no_grad():
                w -= 0.01 * w.grad
        if epoch in (1, 2, 3, 5, 10, 100):
            print(f"{epoch:3}  w {w.item():.4f}")


def all_samples_at_once() -> None:
    """The gradient of the mean is the mean of the gradients.

    >>> all_samples_at_once()
    9.3333 9.3333
    """
    x, y = torch.tensor(samples).T
    w = torch.tensor(3.0, requires_grad=True)
    squared_error(w, x, y).mean().backward()
    print(f"{w.grad.item():.4f} {(2.0 + 8.0 + 18.0) / 3:.4f}")


def one_step_an_epoch() -> None:
    """One step for all samples: smoother, and slower at the same rate.

    >>> one_step_an_epoch()
      0  loss 4.6667  w 3.0000
      1  loss 3.8362  w 2.9067
      2  loss 3.1535  w 2.8220
      5  loss 1.7518  w 2.6127
     10  loss 0.6576  w 2.3754
     20  loss 0.0927  w 2.1409
    100  loss 0.0000  w 2.0001
    """
    x, y = torch.tensor(samples).T
    w = torch.tensor(3.0, requires_grad=True)
    for epoch in range(101):
        loss = squared_error(w, x, y).mean()
        if epoch in (0, 1, 2, 5, 10, 20, 100):
            print(f"{epoch:3}  loss {loss.item():.4f}  w {w.item():.4f}")
        w.grad = None
        loss.backward()
        with torch.no_grad():
            w -= 0.01 * w.grad


def gradient_below_two() -> None:
    """A weight of 1 is too small; which sign has its gradient?

    >>> gradient_below_two()
    -18.0
    """
    w = torch.tensor(1.0, requires_grad=True)
    squared_error(w, 3.0, 6.0).backward()
    print(w.grad.item())


def target_off_the_line() -> None:
    """The third target is 9: no weight fits all three points.

    >>> target_off_the_line()
    w 3.0000  loss 1.6667
    w 2.6667  loss 1.0741
    w 2.6444  loss 1.0714
    w 2.6430  loss 1.0714
    w 2.6429  loss 1.0714
    """
    x, y = torch.tensor([*samples[:2], (3.0, 9.0)]).T
    w = torch.tensor(3.0, requires_grad=True)
    for _ in range(5):
        loss = squared_error(w, x, y).mean()
        print(f"w {w.item():.4f}  loss {loss.item():.4f}")
        w.grad = None
        loss.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
