"""Linear regression with a dataset, a loader, nn.Linear and SGD."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_regression
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from example_docs.marks import on_cuda, on_torch


def look_at_the_arrays() -> None:
    """scikit-learn makes the data: NumPy arrays of float64.

    >>> look_at_the_arrays()
    (100, 1) float64
    (100,) float64
    ndarray () 42.3855
    first point -0.3596 -5.4559
    """
    features, targets, slope = make_regression(
        n_samples=100,
        n_features=1,
        noise=10,
        bias=14.5,
        coef=True,
        random_state=0,
    )
    print(features.shape, features.dtype)
    print(targets.shape, targets.dtype)
    print(type(slope).__name__, slope.shape, f"{slope:.4f}")
    print(f"first point {features[0].item():.4f} {targets[0]:.4f}")


def make_points() -> tuple[torch.Tensor, torch.Tensor, float]:
    """Make 100 points near a line of which the slope and the bias are known.

    Returns:
        The features x and the targets y, both float32 of shape (100, 1), and
        the true slope. The true bias is 14.5; the noise is normal with
        standard deviation 10.
    """
    features, targets, slope = make_regression(
        n_samples=100,
        n_features=1,
        noise=10,
        bias=14.5,
        coef=True,
        random_state=0,
    )
    x = torch.tensor(features, dtype=torch.float32)
    y = torch.tensor(targets, dtype=torch.float32).unsqueeze(1)
    return x, y, float(slope)


def look_at_the_tensors() -> None:
    """Both columns have one dtype and one shape.

    >>> look_at_the_tensors()
    torch.Size([100, 1]) torch.float32
    torch.Size([100, 1]) torch.float32
    slope 42.3855
    """
    x, y, slope = make_points()
    print(x.shape, x.dtype)
    print(y.shape, y.dtype)
    print(f"slope {slope:.4f}")


def pair_the_columns() -> None:
    """A dataset pairs each row of x with its row of y.

    >>> pair_the_columns()
    100
    torch.Size([1]) torch.Size([1])
    -0.3596 -5.4559
    """
    x, y, _ = make_points()
    dataset = TensorDataset(x, y)
    print(len(dataset))
    first_x, first_y = dataset[0]
    print(first_x.shape, first_y.shape)
    print(f"{first_x.item():.4f} {first_y.item():.4f}")


def make_loader(
    x: torch.Tensor, y: torch.Tensor, size: int = 16
) -> DataLoader[tuple[torch.Tensor, ...]]:
    """Make a loader of shuffled batches.

    Args:
        x: Features, shape (n, k).
        y: Targets, shape (n, 1).
        size: The rows of a batch; the last one may have fewer.

    Returns:
        The loader. Its generator lives where PyTorch makes new tensors, so
        that shuffling works on a GPU too.
    """
    generator = torch.Generator(device=torch.get_default_device())
    return DataLoader(
        TensorDataset(x, y),
        batch_size=size,
        shuffle=True,
        generator=generator.manual_seed(0),
    )


def count_the_batches() -> None:
    """100 rows in batches of 16: six full ones, and four rows remain.

    >>> count_the_batches()
    7
    [16, 16, 16, 16, 16, 16, 4]
    """
    x, y, _ = make_points()
    loader = make_loader(x, y)
    print(len(loader))
    print([len(batch_y) for _, batch_y in loader])


def shuffle_every_epoch() -> None:
    """Each pass over the loader has all rows, in a new order.

    >>> shuffle_every_epoch()
    False
    True
    """
    x, y, _ = make_points()
    loader = make_loader(x, y)
    first = torch.cat([batch_x for batch_x, _ in loader])
    second = torch.cat([batch_x for batch_x, _ in loader])
    print(torch.equal(first, second))
    print(torch.equal(first.sort(dim=0).values, second.sort(dim=0).values))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def look_into_the_layer() -> None:
    """A layer with one input and one output is a line: y = wx + b.

    >>> look_into_the_layer()
    Linear(in_features=1, out_features=1, bias=True)
    weight Parameter containing:
    tensor([[-0.0075]], requires_grad=True)
    bias Parameter containing:
    tensor([0.5364], requires_grad=True)
    """
    torch.manual_seed(0)
    model = nn.Linear(in_features=1, out_features=1)
    print(model)
    for name, parameter in model.named_parameters():
        print(name, parameter)


def layer_is_the_formula() -> None:
    """The layer computes x times w, plus b, for each row.

    >>> layer_is_the_formula()
    torch.Size([100, 1])
    True
    """
    x, _, _ = make_points()
    model = nn.Linear(1, 1)
    prediction = model(x)
    print(prediction.shape)
    w, b = model.weight.item(), model.bias.item()
    print(torch.allclose(prediction, w * x + b, atol=1e-6))


@on_torch(
    since="2.15",
    because="the message names the function",
    prints="torch.Size([3, 1])",
    raises="RuntimeError: addmm: mat1 and mat2 shapes cannot be "
    "multiplied (1x3 and 1x1)",
)
def forget_the_column() -> None:
    """A layer wants columns; a plain row of numbers does not fit.

    >>> forget_the_column()
    torch.Size([3, 1])
    Traceback (most recent call last):
        ...
    RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x3 and 1x1)
    """
    model = nn.Linear(1, 1)
    hours = torch.arange(3.0)
    print(model(hours.unsqueeze(1)).shape)
    print(model(hours))


def one_step() -> None:
    """One step: predict, measure, clear, differentiate, move.

    >>> one_step()
    weight gradient -88.53
    bias gradient -32.47
    w 0.8853 b 0.3247
    2222.9 2134.9
    """
    x, y, _ = make_points()
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    loss_function = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    loss = loss_function(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    for name, parameter in model.named_parameters():
        print(f"{name} gradient {parameter.grad.item():.2f}")
    optimizer.step()
    print(f"w {model.weight.item():.4f} b {model.bias.item():.4f}")
    print(f"{loss:.1f} {loss_function(model(x), y):.1f}")


def train(
    model: nn.Module, x: torch.Tensor, y: torch.Tensor, epochs: int = 100
) -> list[list[tuple[float, int]]]:
    """Fit a model by mini-batches.

    Args:
        model: What to fit; its parameters change.
        x: Features, shape (n, k).
        y: Targets, shape (n, 1).
        epochs: How often to go through all rows.

    Returns:
        For each epoch the loss and the size of each of its batches.
    """
    loader = make_loader(x, y)
    loss_function = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    history = []
    for _ in range(epochs):
        batches = []
        for batch_x, batch_y in loader:
            loss = loss_function(model(batch_x), batch_y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batches.append((loss.item(), len(batch_y)))
        history.append(batches)
    return history


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def fit_the_line() -> None:
    """100 epochs of 7 batches find a line.

    >>> fit_the_line()
    700 steps
    w 42.58
    b 13.80
    """
    x, y, _ = make_points()
    model = nn.Linear(1, 1)
    history = train(model, x, y)
    print(sum(len(batches) for batches in history), "steps")
    print(f"w {model.weight.item():.2f}")
    print(f"b {model.bias.item():.2f}")


def solve_exactly(
    x: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Find the least-squares line without any training.

    Args:
        x: One feature, shape (n, 1).
        y: Targets, shape (n, 1).

    Returns:
        Slope and bias, scalars of the dtype of x.
    """
    X = torch.cat([x, torch.ones_like(x)], dim=1)
    w, b = torch.linalg.lstsq(X, y).solution.squeeze(1)
    return w, b


def exact_answer() -> None:
    """The line with the smallest loss that any line can have here.

    >>> exact_answer()
    w 42.619 b 13.686
    loss 114.17
    """
    x, y, _ = make_points()
    w, b = solve_exactly(x, y)
    print(f"w {w:.3f} b {b:.3f}")
    print(f"loss {nn.MSELoss()(w * x + b, y):.2f}")


def no_slope_at_the_bottom() -> None:
    """At the exact answer both gradients are zero.

    >>> no_slope_at_the_bottom()
    0.000000 0.000000
    """
    x, y, _ = make_points()
    x, y = x.double(), y.double()
    w, b = (number.clone() for number in solve_exactly(x, y))
    w.requires_grad_()
    b.requires_grad_()
    nn.MSELoss()(w * x + b, y).backward()
    print(f"{abs(w.grad.item()):.6f} {abs(b.grad.item()):.6f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def near_the_exact_answer() -> None:
    """Training ends near the exact line; its loss is a little higher.

    >>> near_the_exact_answer()
    trained  w 42.58  b 13.80  loss 114.186
    exact    w 42.62  b 13.69  loss 114.171
    """
    torch.manual_seed(0)
    x, y, _ = make_points()
    model = nn.Linear(1, 1)
    train(model, x, y)
    w, b = solve_exactly(x, y)
    for name, slope, bias in (
        ("trained", model.weight.item(), model.bias.item()),
        ("exact", w.item(), b.item()),
    ):
        loss = nn.MSELoss()(slope * x + bias, y)
        print(f"{name:7}  w {slope:.2f}  b {bias:.2f}  loss {loss:.3f}")


def true_line_fits_worse() -> None:
    """On these points the true line has a higher loss than the fitted one.

    >>> true_line_fits_worse()
    mean of the noise -0.80
    true 114.87
    fitted 114.17
    """
    x, y, slope = make_points()
    w, b = solve_exactly(x, y)
    noise = y - (slope * x + 14.5)
    print(f"mean of the noise {noise.mean():.2f}")
    for name, line in (
        ("true", slope * x + 14.5),
        ("fitted", w * x + b),
    ):
        print(f"{name} {nn.MSELoss()(line, y):.2f}")


def epoch_losses(history: list[list[tuple[float, int]]]) -> list[float]:
    """Average the loss over the rows of each epoch.

    Args:
        history: For each epoch the loss and the size of each batch.

    Returns:
        One loss an epoch; each row counts the same.
    """
    return [
        sum(loss * size for loss, size in batches)
        / sum(size for _, size in batches)
        for batches in history
    ]


def running_means(history: list[list[tuple[float, int]]]) -> list[float]:
    """Average the loss over all batches since the very first.

    Args:
        history: For each epoch the loss and the size of each batch.

    Returns:
        One mean an epoch, of this epoch and all before it.
    """
    means = []
    total, count = 0.0, 0  # never set back
    for batches in history:
        total += sum(loss for loss, _ in batches)
        count += len(batches)
        means.append(total / count)
    return means


def small_batch_counts_too_much() -> None:
    """The mean of the batches' means is not the mean of the rows.

    >>> small_batch_counts_too_much()
    35.0
    20.0
    """
    batches = [(10.0, 16), (60.0, 4)]
    print(sum(loss for loss, _ in batches) / len(batches))
    print(*epoch_losses([batches]))


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def running_mean_lags() -> None:
    """A mean that is never set back trails behind the loss.

    >>> running_mean_lags()
      1  1995.61  2009.42
      2  1512.65  1791.79
     10   246.59   801.41
     50   114.34   258.61
    100   114.38   186.18
    True
    """
    torch.manual_seed(0)
    x, y, _ = make_points()
    history = train(nn.Linear(1, 1), x, y)
    right, wrong = epoch_losses(history), running_means(history)
    for epoch in (1, 2, 10, 50, 100):
        print(f"{epoch:3d} {right[epoch - 1]:8.2f} {wrong[epoch - 1]:8.2f}")
    print(min(wrong) > min(right))


def draw_losses() -> None:
    """The loss of each epoch, and the running mean.

    >>> draw_losses()
    """
    torch.manual_seed(0)
    x, y, _ = make_points()
    history = train(nn.Linear(1, 1), x, y)
    epochs = range(1, len(history) + 1)
    _, ax = plt.subplots()
    ax.plot(epochs, epoch_losses(history))
    ax.plot(epochs, running_means(history))
    ax.set_xlabel("$t$")
    ax.set_ylabel("$L$")
    ax.set_ylim(bottom=0)
    plt.show()


def draw_fit() -> None:
    """The points, the fitted line and the true one.

    >>> draw_fit()
    """
    torch.manual_seed(0)
    x, y, slope = make_points()
    model = nn.Linear(1, 1)
    train(model, x, y)
    ends = torch.linspace(x.min().item(), x.max().item(), 2).unsqueeze(1)
    fitted = model(ends).detach()
    _, ax = plt.subplots()
    ax.scatter(x.cpu(), y.cpu(), s=12, color="C2")
    ax.plot(ends.cpu(), fitted.cpu())
    ax.plot(ends.cpu(), (slope * ends + 14.5).cpu())
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def two_ways_to_a_line() -> None:
    """One call for all points gives what a loop gives point by point.

    >>> two_ways_to_a_line()
    torch.Size([5])
    True
    """
    model = nn.Linear(1, 1)
    grid = torch.arange(5.0)
    at_once = model(grid.unsqueeze(1)).squeeze(1)
    one_by_one = [model(value.view(1, 1)).item() for value in grid]
    print(at_once.shape)
    print(torch.allclose(at_once, torch.tensor(one_by_one), atol=1e-6))


def batches_of_thirty() -> None:
    """drop_last leaves out the batch that is not full.

    >>> batches_of_thirty()
    4 100
    3 90
    """
    x, y, _ = make_points()
    for drop_last in (False, True):
        loader = DataLoader(
            TensorDataset(x, y), batch_size=30, drop_last=drop_last
        )
        print(len(loader), sum(len(batch_y) for _, batch_y in loader))


def three_features_two_outputs() -> None:
    """The weight has a row for each output.

    >>> three_features_two_outputs()
    torch.Size([2, 3]) torch.Size([2])
    torch.Size([5, 2])
    """
    model = nn.Linear(3, 2)
    print(model.weight.shape, model.bias.shape)
    print(model(torch.zeros(5, 3)).shape)


def line_without_slope() -> None:
    """Predicting the mean leaves the variance as loss.

    >>> line_without_slope()
    True
    """
    _, y, _ = make_points()
    mean = torch.full_like(y, y.mean().item())
    loss = nn.MSELoss()(mean, y)
    print(torch.allclose(loss, y.var(correction=0)))


def lift_the_points() -> None:
    """100 more on each target: the bias follows, the slope stays.

    >>> lift_the_points()
    0.00 100.00
    """
    x, y, _ = make_points()
    w, b = solve_exactly(x, y)
    lifted_w, lifted_b = solve_exactly(x, y + 100)
    print(f"{lifted_w - w:.2f} {lifted_b - b:.2f}")
