"""A network of ten hidden units, and what it makes of a noisy line."""

import itertools
from collections.abc import Iterator

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from example_docs.marks import on_cuda


def noisy_line() -> tuple[torch.Tensor, torch.Tensor]:
    """Make 200 points near the line y = 2x + 5.

    Returns:
        x, evenly spaced from -1 to 1, and y, both of shape (200, 1). The
        noise is uniform in [0, 0.5).
    """
    x = torch.linspace(-1, 1, 200).unsqueeze(1)
    y = 2 * x + 5 + 0.5 * torch.rand(x.shape)
    return x, y


def look_at_the_points() -> None:
    """Two columns of 200 rows.

    >>> look_at_the_points()
    torch.Size([200, 1]) torch.Size([200, 1])
    noise from 0.0 to 0.5
    """
    x, y = noisy_line()
    print(x.shape, y.shape)
    noise = y - (2 * x + 5)
    print(f"noise from {noise.min():.1f} to {noise.max():.1f}")


def noise_has_a_mean() -> None:
    """Uniform noise in [0, a) has mean a / 2 and variance a squared over 12.

    >>> noise_has_a_mean()
    mean 0.25 0.25
    variance 0.0208 0.0208
    mean 0.10 0.10
    variance 0.0033 0.0033
    """
    torch.manual_seed(0)
    for a in (0.5, 0.2):
        noise = a * torch.rand(1_000_000)
        print(f"mean {noise.mean():.2f} {a / 2:.2f}")
        print(f"variance {noise.var():.4f} {a**2 / 12:.4f}")


class Net(nn.Module):
    """A network with one hidden layer of ReLU units.

    Args:
        features: The numbers that go in, for each row.
        hidden: The units of the hidden layer.
        outputs: The numbers that come out, for each row.
    """

    def __init__(self, features: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(features, hidden)
        self.predict = nn.Linear(hidden, outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Compute the outputs, shape (n, outputs), from (n, features)."""
        return self.predict(torch.relu(self.hidden(x)))


def print_the_net() -> None:
    """A module prints its parts, by the names that you gave them.

    >>> print_the_net()
    Net(
      (hidden): Linear(in_features=1, out_features=10, bias=True)
      (predict): Linear(in_features=10, out_features=1, bias=True)
    )
    """
    net = Net(1, 10, 1)
    print(net)


def count_the_parameters() -> None:
    """Ten units need 31 numbers.

    >>> count_the_parameters()
    hidden.weight (10, 1)
    hidden.bias (10,)
    predict.weight (1, 10)
    predict.bias (1,)
    31
    """
    net = Net(1, 10, 1)
    for name, parameter in net.named_parameters():
        print(name, tuple(parameter.shape))
    print(sum(parameter.numel() for parameter in net.parameters()))


def forget_super() -> None:
    """A module must be set up before it can hold others.

    >>> forget_super()
    Traceback (most recent call last):
        ...
    AttributeError: cannot assign module before Module.__init__() call
    """

    class Hasty(nn.Module):
        def __init__(self) -> None:
            self.activation = nn.ReLU()

    Hasty()


def hide_layers_in_a_list() -> None:
    """A plain list hides its layers; a ModuleList does not.

    >>> hide_layers_in_a_list()
    list ['first.weight', 'first.bias']
    ModuleList ['first.weight', 'first.bias', 'rest.0.weight', 'rest.0.bias']
    """

    class Stack(nn.Module):
        def __init__(self, rest: list[nn.Linear] | nn.ModuleList) -> None:
            super().__init__()
            self.first = nn.Linear(1, 10)
            self.rest = rest

    layers = [nn.Linear(10, 1)]
    for rest in (layers, nn.ModuleList(layers)):
        names = [name for name, _ in Stack(rest).named_parameters()]
        print(type(rest).__name__, names)


def call_the_module() -> None:
    """Calling the module runs its hooks; calling forward leaves them out.

    >>> call_the_module()
    hook
    net(x) torch.Size([4, 1])
    net.forward(x) torch.Size([4, 1])
    """
    net = Net(1, 10, 1)
    net.register_forward_hook(lambda *_: print("hook"))
    x = torch.zeros(4, 1)
    print("net(x)", net(x).shape)
    print("net.forward(x)", net.forward(x).shape)


def same_net_in_a_row() -> None:
    """Sequential builds the same function, without names.

    >>> same_net_in_a_row()
    Sequential(
      (0): Linear(in_features=1, out_features=10, bias=True)
      (1): ReLU()
      (2): Linear(in_features=10, out_features=1, bias=True)
    )
    True
    """
    net = Net(1, 10, 1)
    row = nn.Sequential(nn.Linear(1, 10), nn.ReLU(), nn.Linear(10, 1))
    print(row)
    row[0].load_state_dict(net.hidden.state_dict())
    row[2].load_state_dict(net.predict.state_dict())
    x, _ = noisy_line()
    print(torch.allclose(net(x), row(x)))


def training(
    net: nn.Module,
    x: torch.Tensor,
    y: torch.Tensor,
    steps: int,
    lr: float = 0.05,
) -> Iterator[tuple[int, float]]:
    """Train on all points at once, and let the caller watch.

    Args:
        net: What to fit; its parameters change between two yields.
        x: Inputs, shape (n, k).
        y: Targets, shape (n, 1).
        steps: How many updates.
        lr: The learning rate.

    Yields:
        The number of updates made so far and the loss that the network has
        at this moment, steps + 1 times.
    """
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for step in range(steps):
        loss = F.mse_loss(net(x), y)
        yield step, loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    yield steps, F.mse_loss(net(x), y).item()


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def watch_the_loss() -> None:
    """The loss every 20 steps, the end included.

    >>> watch_the_loss()
      0 28.9769
     20 0.0359
     40 0.0304
     60 0.0275
     80 0.0259
    100 0.0247
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    net = Net(1, 10, 1)
    for step, loss in training(net, x, y, steps=100):
        if step % 20 == 0:
            print(f"{step:3d} {loss:.4f}")


def draw_the_training() -> None:
    """The fit before training and after 5, 20 and 100 steps.

    >>> draw_the_training()
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    net = Net(1, 10, 1)
    _, axes = plt.subplots(2, 2, sharex=True, sharey=True)
    free = iter(axes.flat)
    for step, _ in training(net, x, y, steps=100):
        if step in (0, 5, 20, 100):
            ax = next(free)
            ax.scatter(x[::4].cpu(), y[::4].cpu(), s=6, color="C2")
            ax.plot(x.cpu(), net(x).detach().cpu())
            ax.set_title(f"$t = {step}$")
    plt.show()


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def compare_with_a_line() -> None:
    """The real line has 2 parameters; 31 buy almost nothing.

    >>> compare_with_a_line()
    Linear 0.0208
    Net 0.0206
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    for model in (nn.Linear(1, 1), Net(1, 10, 1)):
        *_, (_, loss) = training(model, x, y, steps=500, lr=0.1)
        print(type(model).__name__, f"{loss:.4f}")


def line_through_the_noise() -> None:
    """The line to find is y = 2x + 5.25, not y = 2x + 5.

    >>> line_through_the_noise()
    2.0 5.2
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    line = nn.Linear(1, 1)
    for _ in training(line, x, y, steps=30, lr=0.5):
        pass
    print(f"{line.weight.item():.1f} {line.bias.item():.1f}")


def kinks_by_hand() -> None:
    """Each unit bends the curve once, where its input is zero.

    >>> kinks_by_hand()
    tensor([-1.0000,  0.5000])
    tensor([ 4.0000,  4.0000,  7.0000,  8.5000,  9.0000, 10.0000])
    tensor([0., 3., 3., 1., 1.])
    """
    net = Net(1, 2, 1)
    x = torch.tensor([[-2.0], [-1.0], [0.0], [0.5], [1.0], [2.0]])
    with torch.no_grad():
        net.hidden.weight.copy_(torch.tensor([[1.0], [2.0]]))
        net.hidden.bias.copy_(torch.tensor([1.0, -1.0]))
        net.predict.weight.copy_(torch.tensor([[3.0, -1.0]]))
        net.predict.bias.fill_(4.0)
        print(-net.hidden.bias / net.hidden.weight.squeeze(1))
        y = net(x)
        print(y.squeeze(1))
        print(((y[1:] - y[:-1]) / (x[1:] - x[:-1])).squeeze(1))


def pieces_of_the_fit() -> None:
    """Between two kinks any such network is straight.

    >>> pieces_of_the_fit()
    99 pieces 0.000000000
    """
    net = Net(1, 100, 1).double()
    kinks = (-net.hidden.bias / net.hidden.weight.squeeze(1)).sort().values
    worst = 0.0
    for left, right in itertools.pairwise(kinks):
        ends = torch.stack([left, (left + right) / 2, right]).unsqueeze(1)
        start, middle, end = net(ends)
        worst = max(worst, (middle - (start + end) / 2).abs().item())
    print(len(kinks) - 1, "pieces", f"{worst:.9f}")


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def outside_the_data() -> None:
    """Good where the points are, wrong where there are none.

    >>> outside_the_data()
        x    net   line
    -10.0   1.47 -14.75
     -0.5   4.20   4.25
      0.5   6.22   6.25
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    net = Net(1, 10, 1)
    for _ in training(net, x, y, steps=300):
        pass
    print("    x    net   line")
    for value in (-10.0, -0.5, 0.5):
        predicted = net(torch.tensor([[value]])).item()
        line = 2 * value + 5.25
        print(f"{value:5.1f} {predicted:6.2f} {line:6.2f}")


def far_away_it_is_a_line() -> None:
    """Beyond its outermost kinks the network is a straight line.

    >>> far_away_it_is_a_line()
    True
    """
    net = Net(1, 10, 1).double()
    far = 1e6 * torch.arange(1, 4).double()
    first, second, third = net(far.unsqueeze(1))
    print(torch.allclose(second - first, third - second))


def draw_outside() -> None:
    """The fit on ten times the range of the points.

    >>> draw_outside()
    """
    torch.manual_seed(0)
    x, y = noisy_line()
    net = Net(1, 10, 1)
    for _ in training(net, x, y, steps=300):
        pass
    wide = torch.linspace(-10, 10, 401).unsqueeze(1)
    _, ax = plt.subplots()
    ax.scatter(x[::8].cpu(), y[::8].cpu(), s=12, color="C2")
    ax.plot(wide.cpu(), net(wide).detach().cpu())
    ax.plot(wide.cpu(), (2 * wide + 5.25).cpu())
    ax.set_xlabel("$x$")
    ax.set_ylabel("$y$")
    plt.show()


def hundred_units() -> None:
    """Each unit of a 1-h-1 network brings three parameters.

    >>> hundred_units()
    301
    """
    net = Net(1, 100, 1)
    print(sum(parameter.numel() for parameter in net.parameters()))


def three_in_two_out() -> None:
    """The rows pass through; the columns change.

    >>> three_in_two_out()
    torch.Size([5, 10])
    torch.Size([5, 2])
    """
    net = Net(3, 10, 2)
    print(net.hidden(torch.zeros(5, 3)).shape)
    print(net(torch.zeros(5, 3)).shape)


def start_from_zeros() -> None:
    """From weights of zero only the last bias ever learns.

    >>> start_from_zeros()
    hidden.weight 0
    hidden.bias 0
    predict.weight 0
    predict.bias 1
    """
    x, y = noisy_line()
    net = Net(1, 10, 1)
    for parameter in net.parameters():
        nn.init.zeros_(parameter)
    F.mse_loss(net(x), y).backward()
    for name, parameter in net.named_parameters():
        print(name, parameter.grad.count_nonzero().item())


def far_to_the_left() -> None:
    """Where every unit is off, only the last bias is left.

    >>> far_to_the_left()
    [[4.0], [10.0]]
    """
    net = Net(1, 2, 1)
    with torch.no_grad():
        net.hidden.weight.fill_(1.0)
        net.hidden.bias.fill_(0.0)
        net.predict.weight.fill_(3.0)
        net.predict.bias.fill_(4.0)
        print(net(torch.tensor([[-1000.0], [1.0]])).tolist())
