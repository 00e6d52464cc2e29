"""Robust losses: absolute errors, Huber, and quantiles."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda, takes_long


def one_outlier() -> None:
    """One large error weighs more than all others together.

    >>> one_outlier()
    mse_loss   tensor([  1.,   1.,   1.,   1., 100.]) 96%
    l1_loss    tensor([ 1.,  1.,  1.,  1., 10.]) 71%
    huber_loss tensor([0.5000, 0.5000, 0.5000, 0.5000, 9.5000]) 83%
    """
    prediction = torch.zeros(5)
    target = torch.tensor([1.0, -1.0, 1.0, -1.0, 10.0])
    for loss in (F.mse_loss, F.l1_loss, F.huber_loss):
        each = loss(prediction, target, reduction="none")
        print(f"{loss.__name__:10}", each, f"{each[4] / each.sum():.0%}")


def pull_of_the_outlier() -> None:
    """The gradient by each prediction: a square pulls without limit.

    >>> pull_of_the_outlier()
    mse_loss   tensor([ -2.,   2.,  -2.,   2., -20.])
    l1_loss    tensor([-1.,  1., -1.,  1., -1.])
    huber_loss tensor([-1.,  1., -1.,  1., -1.])
    """
    target = torch.tensor([1.0, -1.0, 1.0, -1.0, 10.0])
    for loss in (F.mse_loss, F.l1_loss, F.huber_loss):
        prediction = torch.zeros(5, requires_grad=True)
        loss(prediction, target, reduction="sum").backward()
        print(f"{loss.__name__:10}", prediction.grad)


@takes_long(seconds=60, reason="a line is fitted with each loss")
def line_past_an_outlier() -> None:
    """Five points on y = 2 x + 1, and one wrong measurement.

    >>> line_past_an_outlier()
    mse_loss   slope 6.3, start -4.7
    l1_loss    slope 2.0, start 1.0
    huber_loss slope 2.3, start 0.6
    """
    x = torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    y = torch.tensor([1.0, 3.0, 5.0, 7.0, 9.0, 41.0])
    for loss in (F.mse_loss, F.l1_loss, F.huber_loss):
        line = torch.zeros(2, requires_grad=True)
        optimizer = torch.optim.SGD([line], lr=0.01)
        for _ in range(2000):
            optimizer.zero_grad()
            loss(line[0] * x + line[1], y).backward()
            optimizer.step()
        slope, start = line.tolist()
        print(f"{loss.__name__:10} slope {slope:.1f}, start {start:.1f}")


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_three_losses() -> None:
    """Half the square, Huber, and the absolute error.

    >>> draw_three_losses()
    """
    error = torch.linspace(-4, 4, 161)
    zero = torch.zeros(161)
    fig, ax = plt.subplots()
    ax.plot(error, error**2 / 2, ":", label="$e^2 / 2$")
    huber = F.huber_loss(error, zero, reduction="none")
    ax.plot(error, huber, "-", label=r"Huber, $\delta = 1$")
    ax.plot(error, error.abs(), "--", label="$|e|$")
    ax.set_xlabel("$e$")
    ax.set_ylabel("$L$")
    ax.set_ylim(0, 5)
    ax.grid(visible=True)
    ax.legend()
    plt.show()


def best_constant() -> None:
    """Which constant has the smallest loss: the mean or the median?

    >>> best_constant()
    mean   20.0  mse 1226.0  mae 28.0
    median  3.0  mse 1515.0  mae 18.2
    """
    target = torch.tensor([1.0, 2.0, 3.0, 4.0, 90.0])
    for name, constant in (
        ("mean", target.mean()),
        ("median", target.median()),
    ):
        guess = constant.expand(5)
        mse = F.mse_loss(guess, target)
        mae = F.l1_loss(guess, target)
        print(f"{name:6} {constant:4.1f}  mse {mse:6.1f}  mae {mae:4.1f}")


def never_at_rest() -> None:
    """The absolute error pulls equally hard, however small the error.

    >>> never_at_rest()
    l1_loss    0.30 0.60 0.90 1.20 0.90 ... 0.90 1.20
    huber_loss 0.30 0.51 0.66 0.76 0.83 ... 1.00 1.00
    """
    for loss in (F.l1_loss, F.huber_loss):
        guess = torch.tensor([0.0], requires_grad=True)
        places = []
        for _ in range(60):
            (slope,) = torch.autograd.grad(
                loss(guess, torch.tensor([1.0])), guess
            )
            with torch.no_grad():
                guess -= 0.3 * slope
            places.append(f"{guess.item():.2f}")
        print(f"{loss.__name__:10}", *places[:5], "...", *places[-2:])


def two_names_for_one_curve() -> None:
    """Huber and smooth L1 differ by the factor delta.

    >>> two_names_for_one_curve()
    1.0 [0.125, 1.5, 9.5] [0.125, 1.5, 9.5]
    4.0 [0.125, 2.0, 32.0] [0.03125, 0.5, 8.0]
    """
    error = torch.tensor([0.5, 2.0, 10.0])
    zero = torch.zeros(3)
    for delta in (1.0, 4.0):
        huber = F.huber_loss(error, zero, reduction="none", delta=delta)
        smooth = F.smooth_l1_loss(error, zero, reduction="none", beta=delta)
        print(delta, huber.tolist(), smooth.tolist())


@takes_long(seconds=60, reason="a line is fitted with each delta")
def delta_in_the_unit_of_the_target() -> None:
    """The same data in metres and in centimetres, with delta 1.

    >>> delta_in_the_unit_of_the_target()
    1.97 m with delta = 1 m
    1.75 m with delta = 1 cm
    """
    target = torch.tensor([1.62, 1.70, 1.75, 1.81, 17.0])
    for unit, factor in (("m", 1), ("cm", 100)):
        guess = target.mean().mul(factor).requires_grad_()
        optimizer = torch.optim.SGD([guess], lr=factor * 0.01)
        for _ in range(5000):
            optimizer.zero_grad()
            F.huber_loss(guess.expand(5), factor * target).backward()
            optimizer.step()
        print(f"{guess.item() / factor:.2f} m with delta = 1 {unit}")


def delta_of_zero() -> None:
    """Huber wants a border above zero.

    >>> delta_of_zero()
    tensor(1.)
    Traceback (most recent call last):
        ...
    RuntimeError: huber_loss does not support non-positive values for delta.
    """
    print(F.smooth_l1_loss(torch.ones(2), torch.zeros(2), beta=0.0))
    print(F.huber_loss(torch.ones(2), torch.zeros(2), delta=0.0))


def quantile_loss(
    prediction: torch.Tensor, target: torch.Tensor, quantile: float
) -> torch.Tensor:
    """Weigh errors below the target by q, and those above by 1 - q.

    Args:
        prediction: What the model says.
        target: What is right, in the same shape.
        quantile: The share q of targets that shall lie below, from 0 to 1.

    Returns:
        The mean over all numbers, a scalar.
    """
    error = target - prediction
    return torch.maximum(quantile * error, (quantile - 1) * error).mean()


def late_is_worse_than_early() -> None:
    """Ten delivery times in minutes: which one can be promised?

    >>> late_is_worse_than_early()
    promise  q = 0.5  q = 0.9
       28.0     4.60     7.40
       30.5     4.40     6.20
       38.0     5.60     4.40
       45.0     7.70     3.70
       60.0    13.70     3.70
       72.0    18.50     3.70
    """
    times = torch.tensor([22, 25, 26, 28, 30, 31, 33, 38, 45, 72.0])
    print("promise  q = 0.5  q = 0.9")
    for minutes in (28.0, 30.5, 38.0, 45.0, 60.0, 72.0):
        promise = torch.full((10,), minutes)
        half = quantile_loss(promise, times, 0.5)
        most = quantile_loss(promise, times, 0.9)
        print(f"{minutes:7}  {half:7.2f}  {most:7.2f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
@takes_long(seconds=60, reason="three lines are fitted")
def band_of_eighty_percent() -> None:
    """Two lines with eight tenths of the data between them.

    >>> band_of_eighty_percent()
    q = 0.1  y = 1.6 + 2.1 x  below the line: 0.10
    q = 0.9  y = 2.5 + 3.9 x  below the line: 0.91
    """
    torch.manual_seed(0)
    x = torch.rand(400)
    y = 2 + 3 * x + (0.2 + x) * torch.randn(400)
    for quantile in (0.1, 0.9):
        line = torch.zeros(2, requires_grad=True)
        optimizer = torch.optim.Adam([line], lr=0.01)
        for _ in range(2000):
            optimizer.zero_grad()
            quantile_loss(line[0] * x + line[1], y, quantile).backward()
            optimizer.step()
        slope, start = line.tolist()
        below = (y < slope * x + start).float().mean()
        print(f"q = {quantile}  y = {start:.1f} + {slope:.1f} x", end="  ")
        print(f"below the line: {below:.2f}")


def far_and_near() -> None:
    """Errors of 0.1, 1 and 100 under Huber, delta 1.

    >>> far_and_near()
    tensor([0.1000, 1.0000, 1.0000])
    """
    error = torch.tensor([0.1, 1.0, 100.0], requires_grad=True)
    F.huber_loss(error, torch.zeros(3), reduction="sum").backward()
    print(error.grad)


def wrong_by_more() -> None:
    """The outlier moves from 90 to 900: what happens to both constants?

    >>> wrong_by_more()
    20.0 3.0
    182.0 3.0
    """
    for outlier in (90.0, 900.0):
        target = torch.tensor([1.0, 2.0, 3.0, 4.0, outlier])
        print(target.mean().item(), target.median().item())


def ten_too_late_ten_too_early() -> None:
    """Ten minutes too few, ten minutes too many, with q = 0.9.

    >>> ten_too_late_ten_too_early()
    9.0
    1.0
    """
    time = torch.tensor([40.0])
    for promise in (30.0, 50.0):
        loss = quantile_loss(torch.tensor([promise]), time, 0.9)
        print(f"{loss:.1f}")
