"""Checks before you believe a fit: split, rates, curves, baselines, shapes."""

import math
import warnings

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import TensorDataset, random_split

from example_docs.marks import on_cuda
from torch_by_example.regression.linear import make_points
from torch_by_example.regression.network import Net, noisy_line, training
from torch_by_example.regression.polynomial import (
    fit,
    legendre,
    noisy_parabola,
    powers,
)


def shuffle_and_split() -> None:
    """Shuffle the rows' numbers, then cut.

    >>> shuffle_and_split()
    torch.Size([40, 1]) torch.Size([40, 1])
    torch.Size([10, 1]) torch.Size([10, 1])
    False
    """
    x, y = noisy_parabola(50)
    order = torch.randperm(len(x))
    training_rows, validation_rows = order[:40], order[40:]
    print(x[training_rows].shape, y[training_rows].shape)
    print(x[validation_rows].shape, y[validation_rows].shape)
    print(torch.isin(validation_rows, training_rows).any().item())


def split_a_dataset() -> None:
    """random_split does the same to a dataset; give it shares or counts.

    >>> split_a_dataset()
    [40, 10]
    """
    dataset = TensorDataset(*noisy_parabola(50))
    generator = torch.Generator(device=torch.get_default_device())
    parts = random_split(dataset, [0.8, 0.2], generator=generator)
    print([len(part) for part in parts])


def forget_to_shuffle() -> None:
    """Cut sorted points, and you judge the fit where it saw none.

    >>> forget_to_shuffle()
    sorted 0.0029
    sorted 0.0964
    shuffled 0.0029
    shuffled 0.0039
    """
    x, y = noisy_parabola(50)
    order = torch.tensor(np.random.default_rng(0).permutation(len(x)))
    for name, rows in (
        ("sorted", torch.arange(len(x))),
        ("shuffled", order),
    ):
        seen, unseen = rows[:40], rows[40:]
        weights = fit(powers(x[seen], 5), y[seen])
        for part in (seen, unseen):
            loss = F.mse_loss(powers(x[part], 5) @ weights, y[part])
            print(f"{name} {loss:.4f}")


def choose_the_degree() -> None:
    """The training loss likes the most weights, the validation loss does not.

    >>> choose_the_degree()
    training 9
    validation 2
    2 0.0022 0.0043
    3 0.0022 0.0046
    9 0.0003 0.0317
    """
    x, y = noisy_parabola(24)
    x_train, y_train, x_valid, y_valid = x[1::2], y[1::2], x[::2], y[::2]
    seen, unseen = [], []
    for degree in range(10):
        weights = fit(powers(x_train, degree), y_train)
        prediction = powers(x_train, degree) @ weights
        seen.append(F.mse_loss(prediction, y_train).item())
        prediction = powers(x_valid, degree) @ weights
        unseen.append(F.mse_loss(prediction, y_valid).item())
    print("training", seen.index(min(seen)))
    print("validation", unseen.index(min(unseen)))
    for degree in (2, 3, 9):
        print(f"{degree} {seen[degree]:.4f} {unseen[degree]:.4f}")


def losses_of_a_line(lr: float, steps: int = 50) -> list[float]:
    """Train a line from zero, on all points at once.

    Args:
        lr: The learning rate.
        steps: How many updates.

    Returns:
        The loss before each update and after the last one.
    """
    x, y, _ = make_points()
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    return [loss for _, loss in training(model, x, y, steps, lr)]


def five_rates() -> None:
    """The same line, the same steps, five learning rates.

    >>> five_rates()
    0.001 2.22e+03 2.21e+03 1.82e+03
    0.010 2.22e+03 2.13e+03 3.65e+02
    0.100 2.22e+03 1.43e+03 1.14e+02
    0.500 2.22e+03 1.24e+02 1.14e+02
    1.000 2.22e+03 2.72e+03 9.43e+08
    """
    for lr in (0.001, 0.01, 0.1, 0.5, 1.0):
        losses = losses_of_a_line(lr)
        start, first, last = losses[0], losses[1], losses[-1]
        print(f"{lr:5.3f} {start:.2e} {first:.2e} {last:.2e}")


def draw_rates() -> None:
    """Too small, right, too large: three curves.

    >>> draw_rates()
    """
    _, ax = plt.subplots()
    for lr in (0.01, 0.1, 1.0):
        ax.plot(losses_of_a_line(lr, steps=30), label=rf"$\eta = {lr}$")
    ax.set_yscale("log")
    ax.set_xlabel("$t$")
    ax.set_ylabel("$L$")
    ax.legend()
    plt.show()


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def rate_for_a_network() -> None:
    """A rate can be so high that the loss is no number any more.

    >>> rate_for_a_network()
    0.05 0.0247 True
    2 nan False
    """
    for lr in (0.05, 2):
        torch.manual_seed(0)
        x, y = noisy_line()
        net = Net(1, 10, 1)
        *_, (_, loss) = training(net, x, y, steps=100, lr=lr)
        print(f"{lr} {loss:.4f}", math.isfinite(loss))


def two_curves(steps: int) -> tuple[list[float], list[float]]:
    """Train a polynomial of degree 9 on ten points, and watch two losses.

    Args:
        steps: How many updates.

    Returns:
        The training loss and the validation loss, steps + 1 values each.
    """
    chance = np.random.default_rng(1)
    x = torch.linspace(-1, 1, 10).unsqueeze(1)
    y = torch.sin(3 * x)
    y += torch.tensor(0.3 * chance.standard_normal((10, 1)))
    new_x = torch.linspace(-1, 1, 100).unsqueeze(1)
    new_y = torch.sin(3 * new_x)
    new_y += torch.tensor(0.3 * chance.standard_normal((100, 1)))

    model = nn.Linear(10, 1, bias=False)
    nn.init.zeros_(model.weight)
    seen, unseen = [], []
    for _, loss in training(model, legendre(x, 9), y, steps, lr=0.2):
        seen.append(loss)
        with torch.no_grad():
            prediction = model(legendre(new_x, 9))
        unseen.append(F.mse_loss(prediction, new_y).item())
    return seen, unseen


def read_two_curves() -> None:
    """One loss keeps falling; the other turns and rises.

    >>> read_two_curves()
      0 0.534 0.597
     10 0.111 0.158
     30 0.021 0.087
    100 0.006 0.104
    300 0.001 0.146
    """
    seen, unseen = two_curves(300)
    for step in (0, 10, 30, 100, 300):
        print(f"{step:3d} {seen[step]:.3f} {unseen[step]:.3f}")


def draw_two_curves() -> None:
    """Training loss and validation loss over the steps.

    >>> draw_two_curves()
    """
    seen, unseen = two_curves(300)
    _, ax = plt.subplots()
    ax.plot(seen)
    ax.plot(unseen)
    ax.set_xlabel("$t$")
    ax.set_ylabel("$L$")
    ax.set_ylim(bottom=0)
    plt.show()


def stop_at_the_best() -> None:
    """The best step is the one with the lowest validation loss.

    >>> stop_at_the_best()
    step  32  validation loss 0.087
    step 300  validation loss 0.146
    """
    _, unseen = two_curves(300)
    best = unseen.index(min(unseen))
    print(f"step {best:3}  validation loss {unseen[best]:.3f}")
    print(f"step 300  validation loss {unseen[300]:.3f}")


def r_squared(prediction: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Measure how much better than the mean a prediction is.

    Args:
        prediction: The predicted targets, shape (n, 1).
        y: The targets, shape (n, 1).

    Returns:
        A scalar, 1 for a perfect prediction, 0 for one as good as the mean.
    """
    return 1 - ((y - prediction) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def better_than_the_mean() -> None:
    """A loss of 114 is a good one, seen beside that of the mean.

    >>> better_than_the_mean()
    line 114.2
    mean 1959.3
    R² 0.942
    """
    x, y, _ = make_points()
    X = powers(x, 1)
    prediction = X @ fit(X, y)
    mean = torch.full_like(y, y.mean().item())
    print(f"line {F.mse_loss(prediction, y):.1f}")
    print(f"mean {F.mse_loss(mean, y):.1f}")
    print(f"R² {r_squared(prediction, y):.3f}")


def look_at_the_residuals() -> None:
    """What a fit leaves over shows what it cannot do.

    >>> look_at_the_residuals()
    1 +0.151 -0.299 +0.149
    2 +0.001 +0.001 -0.001
    """
    x, y = noisy_parabola(90)
    for degree in (1, 2):
        residuals = y - powers(x, degree) @ fit(powers(x, degree), y)
        thirds = residuals.view(3, 30).mean(dim=1)
        print(degree, *(f"{third:+.3f}" for third in thirds.tolist()))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def memorise_three_points() -> None:
    """Most starts learn three points by heart; seed 82 does not.

    >>> memorise_three_points()
    seed 81  loss 0.0000
    seed 82  loss 0.2222
    seed 83  loss 0.0000
    """
    x = torch.tensor([[-1.0], [0.0], [1.0]])
    y = torch.tensor([[1.0], [0.0], [1.0]])
    for seed in (81, 82, 83):
        torch.manual_seed(seed)
        net = Net(1, 10, 1)
        *_, (_, loss) = training(net, x, y, steps=500, lr=0.2)
        print(f"seed {seed}  loss {loss:.4f}")


def find_what_does_not_learn() -> None:
    """A parameter without a gradient is a part that never learns.

    >>> find_what_does_not_learn()
    hidden.weight False
    hidden.bias False
    predict.weight True
    predict.bias True
    """

    class Cut(Net):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            # detach() cuts the graph: nothing before it learns.
            hidden = torch.relu(self.hidden(x)).detach()
            return self.predict(hidden)

    x, y = noisy_line()
    net = Cut(1, 10, 1)
    F.mse_loss(net(x), y).backward()
    for name, parameter in net.named_parameters():
        print(name, parameter.grad is not None)


def column_against_row() -> None:
    """A column and a row of targets: a warning, then 10000 differences.

    >>> column_against_row()
    UserWarning: Using a target size (torch.Size([100])) that is different to the input size (torch.Size([100, 1])). This will likely lead to incorrect results due to broadcasting. Please ensure they have the same size.
    torch.Size([100, 1]) torch.Size([100, 100])
    """
    x, y, _ = make_points()
    prediction = nn.Linear(1, 1)(x)
    row = y.squeeze(1)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        F.mse_loss(prediction, row)
    for warning in caught:
        print(f"{warning.category.__name__}: {warning.message}")
    print((prediction - y).shape, (prediction - row).shape)


def train_with_targets(y: torch.Tensor) -> tuple[nn.Linear, float]:
    """Train a line on the points, with targets of any shape.

    Args:
        y: The targets, shape (100, 1) or, wrongly, (100,).

    Returns:
        The line, and the loss as the training saw it at the end.
    """
    x, _, _ = make_points()
    model = nn.Linear(1, 1)
    *_, (_, loss) = training(model, x, y, steps=200)
    return model, loss


def shape_bug_still_trains() -> None:
    """With a row of targets training runs and converges, to a flat line.

    >>> shape_bug_still_trains()
    w 42.62 b 13.69 loss 114.2
    w 0.00 b 16.23 loss 1959.3
    mean of y 16.23
    """
    _, y, _ = make_points()
    with warnings.catch_warnings(action="ignore"):  # as people do
        for targets in (y, y.squeeze(1)):
            model, loss = train_with_targets(targets)
            w, b = model.weight.item(), model.bias.item()
            print(f"w {w:.2f} b {b:.2f} loss {loss:.1f}")
    print(f"mean of y {y.mean():.2f}")


def what_the_bug_minimises() -> None:
    """The loss of all pairs: the distance to the mean, plus the variance.

    >>> what_the_bug_minimises()
    2113.8 2113.8
    """
    x, y, _ = make_points()
    prediction = 3 * x + 4
    all_pairs = ((prediction - y.squeeze(1)) ** 2).mean()
    to_the_mean = ((prediction - y.mean()) ** 2).mean()
    print(f"{all_pairs:.1f} {to_the_mean + y.var(correction=0):.1f}")


def bug_hides_at_the_start() -> None:
    """For a constant prediction the wrong loss is the right one.

    >>> bug_hides_at_the_start()
    1998.2 1998.2
    """
    _, y, _ = make_points()
    constant = torch.full_like(y, 10.0)
    right = ((constant - y) ** 2).mean()
    wrong = ((constant - y.flatten()) ** 2).mean()
    print(f"{right:.1f} {wrong:.1f}")


def strict_mse(prediction: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Compute the mean squared error, of equal shapes only.

    Args:
        prediction: The predicted targets, any shape.
        y: The targets, of the same shape.

    Returns:
        The loss, a scalar.

    Raises:
        ValueError: The shapes differ.
    """
    if prediction.shape != y.shape:
        message = f"predicted {prediction.shape}, but wanted {y.shape}"
        raise ValueError(message)
    return F.mse_loss(prediction, y)


def refuse_other_shapes() -> None:
    """A check of one line stops the bug at its first step.

    >>> refuse_other_shapes()
    torch.Size([])
    Traceback (most recent call last):
        ...
    ValueError: predicted torch.Size([100, 1]), but wanted torch.Size([100])
    """
    x, y, _ = make_points()
    prediction = nn.Linear(1, 1)(x)
    print(strict_mse(prediction, y).shape)
    strict_mse(prediction, y.squeeze(1))


def perfect_but_punished() -> None:
    """A perfect prediction, and a loss that is not zero.

    >>> perfect_but_punished()
    tensor(1.3333)
    """
    prediction = torch.tensor([[1.0], [2.0], [3.0]])
    y = torch.tensor([1.0, 2.0, 3.0])
    print(((prediction - y) ** 2).mean())


def split_ten_rows() -> None:
    """Shares that do not divide the rows: the first part gets what is left.

    >>> split_ten_rows()
    [8, 2]
    """
    dataset = TensorDataset(torch.zeros(10))
    generator = torch.Generator(device=torch.get_default_device())
    parts = random_split(dataset, [0.75, 0.25], generator=generator)
    print([len(part) for part in parts])


def below_the_mean() -> None:
    """R² of the targets, of their mean, and of their mirror image.

    >>> below_the_mean()
    1.0000
    0.0000
    -3.0000
    """
    y = torch.tensor([[1.0], [2.0], [3.0]])
    mean = torch.full_like(y, 2.0)
    for prediction in (y, mean, y.flip(0)):
        print(f"{r_squared(prediction, y):.4f}")


def compare_with_nan() -> None:
    """nan is neither above nor below: ask whether the loss is not below.

    >>> compare_with_nan()
    False False True
    """
    loss = math.nan
    print(loss > 1, loss < 1, not loss < 1)
