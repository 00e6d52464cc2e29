"""Likelihoods: a model that says how sure it is."""

import math
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda, takes_long


def price_of_a_forecast() -> None:
    """It was 24 degrees. Three forecasts and what they cost.

    >>> price_of_a_forecast()
    21.0 ± 3.0  costs 2.5176
    21.0 ± 0.5  costs 18.2258
    24.0 ± 3.0  costs 2.0176
    """
    measured = torch.tensor(24.0)
    for mean, spread in ((21.0, 3.0), (21.0, 0.5), (24.0, 3.0)):
        forecast = torch.distributions.Normal(mean, spread)
        price = -forecast.log_prob(measured)
        print(f"{mean} ± {spread}  costs {price:.4f}")


def gaussian_by_hand() -> None:
    """gaussian_nll_loss takes the variance, and leaves out a constant.

    >>> gaussian_by_hand()
    tensor([ 1.5986, 17.3069,  1.0986])
    tensor([ 1.5986, 17.3069,  1.0986])
    tensor([ 2.5176, 18.2258,  2.0176])
    """
    mean = torch.tensor([21.0, 21.0, 24.0])
    variance = torch.tensor([9.0, 0.25, 9.0])
    y = torch.full((3,), 24.0)
    print((torch.log(variance) + (y - mean) ** 2 / variance) / 2)
    print(F.gaussian_nll_loss(mean, y, variance, reduction="none"))
    full = F.gaussian_nll_loss(mean, y, variance, full=True, reduction="none")
    print(full)


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_the_price_of_certainty() -> None:
    """The loss by the spread that a model claims, for three errors.

    >>> draw_the_price_of_certainty()
    """
    spread = torch.linspace(0.3, 6, 200)
    fig, ax = plt.subplots()
    for error, style in ((1.0, "-"), (2.0, "--"), (4.0, ":")):
        loss = F.gaussian_nll_loss(
            torch.full((200,), error),
            torch.zeros(200),
            spread**2,
            reduction="none",
        )
        ax.plot(spread, loss, style, label=f"$|e| = {error:.0f}$")
    ax.set_xlabel(r"$\sigma$")
    ax.set_ylabel("$L$")
    ax.set_ylim(0, 6)
    ax.grid(visible=True)
    ax.legend()
    plt.show()


def same_variance_for_all() -> None:
    """With variance 1 it is half the mean squared error.

    >>> same_variance_for_all()
    tensor(0.1875)
    tensor(0.1875)
    """
    prediction = torch.tensor([2.5, 0.0, 2.0, 8.0])
    target = torch.tensor([3.0, -0.5, 2.0, 7.0])
    print(F.gaussian_nll_loss(prediction, target, torch.ones(4)))
    print(F.mse_loss(prediction, target) / 2)


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
@takes_long(seconds=60, reason="a model is trained")
def learn_mean_and_spread() -> None:
    """Fit a line, and the spread around it, which grows with x.

    >>> learn_mean_and_spread()
    x = 0.0  1.0 ± 0.4  true 1.0 ± 0.4
    x = 1.0  4.0 ± 1.0  true 4.0 ± 1.0
    x = 2.0  6.9 ± 2.6  true 7.0 ± 2.7
    """
    torch.manual_seed(0)
    x = torch.rand(2000, 1) * 2
    y = 1 + 3 * x + torch.exp(x - 1) * torch.randn(2000, 1)
    model = torch.nn.Linear(1, 2)  # the mean, and the logarithm of σ
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(3000):
        mean, log_spread = model(x).split(1, dim=1)
        loss = F.gaussian_nll_loss(mean, y, torch.exp(2 * log_spread))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    for place in (0.0, 1.0, 2.0):
        mean, log_spread = model(torch.tensor([place])).tolist()
        print(f"x = {place}  {mean:.1f} ± {math.exp(log_spread):.1f}", end="")
        print(f"  true {1 + 3 * place} ± {math.exp(place - 1):.1f}")


def logarithm_for_variance() -> None:
    """The logarithm of the variance goes in where the variance should.

    >>> logarithm_for_variance()
    tensor(0.7062)
    Traceback (most recent call last):
        ...
    ValueError: var has negative entry/entries
    """
    mean, y = torch.zeros(2), torch.ones(2)
    log_variance = torch.tensor([0.5, -1.0])
    print(F.gaussian_nll_loss(mean, y, log_variance.exp()))
    print(F.gaussian_nll_loss(mean, y, log_variance))


def spread_for_variance() -> None:
    """The best σ, if somebody passes σ in place of σ².

    >>> spread_for_variance()
    passed as σ²: spread 3.00
    passed as σ : spread 9.00
    """
    errors = torch.tensor([3.0, -3.0, 3.0, -3.0])
    for name, power in (("σ²", 2), ("σ ", 1)):
        log_spread = torch.tensor(0.0, requires_grad=True)
        optimizer = torch.optim.SGD([log_spread], lr=0.1)
        for _ in range(500):
            variance = torch.exp(power * log_spread).expand(4)
            optimizer.zero_grad()
            F.gaussian_nll_loss(torch.zeros(4), errors, variance).backward()
            optimizer.step()
        print(f"passed as {name}: spread {log_spread.exp().item():.2f}")


def calls_in_an_hour() -> None:
    """Counts: the model says the logarithm of the rate.

    >>> calls_in_an_hour()
    tensor([ 2.0000,  0.6137,  1.3069, -1.4657])
    tensor([ 2.0000,  0.6137,  1.3069, -1.4657])
    tensor([0.0000, 0.6931, 0.0000, 4.7875])
    """
    calls = torch.tensor([0.0, 2.0, 1.0, 5.0])
    log_rate = torch.tensor(2.0).log().expand(4)
    by_hand = torch.exp(log_rate) - calls * log_rate
    print(by_hand)
    print(F.poisson_nll_loss(log_rate, calls, reduction="none"))
    exact = -torch.distributions.Poisson(2.0).log_prob(calls)
    print(exact - by_hand)


def rate_for_its_logarithm() -> None:
    """A rate where its logarithm should be: no error, another minimum.

    >>> rate_for_its_logarithm()
    rate  log_input=True  log_input=False
    0.69          0.6137           1.4321
     1.0          0.7183           1.0000
     2.0          3.3891           0.6137
     4.0         46.5981           1.2274
    """
    calls = torch.tensor([0.0, 2.0, 1.0, 5.0])
    print("rate  log_input=True  log_input=False")
    for rate in (0.69, 1.0, 2.0, 4.0):
        output = torch.full((4,), rate)
        wrong = F.poisson_nll_loss(output, calls)
        right = F.poisson_nll_loss(output, calls, log_input=False)
        print(f"{rate:4}  {wrong:14.4f}  {right:15.4f}")


def divergence_by_hand() -> None:
    """kl_div wants the logarithm of the model first, then the target.

    >>> divergence_by_hand()
    each sample tensor([0.0253, 0.3348])
    their mean  tensor(0.1800)
    kl_div      tensor(0.1800)
    """
    p = torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])
    q = torch.tensor([[0.4, 0.4, 0.2], [0.3, 0.4, 0.3]])
    print("each sample", (p * (p / q).log()).sum(dim=1))
    print("their mean ", (p * (p / q).log()).sum(dim=1).mean())
    print("kl_div     ", F.kl_div(q.log(), p, reduction="batchmean"))


def mean_that_is_none() -> None:
    """The default reduction divides by the number of classes as well.

    >>> mean_that_is_none()
    mean      tensor(0.0600)
    batchmean tensor(0.1800)
    reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.
    """
    p = torch.tensor([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]])
    q = torch.tensor([[0.4, 0.4, 0.2], [0.3, 0.4, 0.3]])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        print("mean     ", F.kl_div(q.log(), p))
    print("batchmean", F.kl_div(q.log(), p, reduction="batchmean"))
    print(caught[0].message)


def without_the_logarithm() -> None:
    """Probabilities where their logarithm should be.

    >>> without_the_logarithm()
    probabilities -1.4097  logarithms 0.0000
    probabilities -1.5247  logarithms 1.2830
    """
    p = torch.tensor([[0.5, 0.3, 0.2]])
    for q in (p, torch.tensor([[0.98, 0.01, 0.01]])):
        wrong = F.kl_div(q, p, reduction="batchmean")
        right = F.kl_div(q.log(), p, reduction="batchmean")
        print(f"probabilities {wrong:.4f}  logarithms {right:.4f}")


def error_of_two() -> None:
    """The error is 2. Which of these variances costs least?

    >>> error_of_two()
    1.0  2.0000
    2.0  1.3466
    4.0  1.1931
    8.0  1.2897
    """
    for variance in (1.0, 2.0, 4.0, 8.0):
        loss = F.gaussian_nll_loss(
            torch.tensor([2.0]), torch.tensor([0.0]), torch.tensor([variance])
        )
        print(f"{variance}  {loss:.4f}")


def either_way_round() -> None:
    """Two distributions, compared both ways round.

    >>> either_way_round()
    0.5108
    0.3681
    """
    p = torch.tensor([[0.5, 0.5]])
    q = torch.tensor([[0.9, 0.1]])
    print(f"{F.kl_div(q.log(), p, reduction='batchmean'):.4f}")
    print(f"{F.kl_div(p.log(), q, reduction='batchmean'):.4f}")
