"""Schedules: learning rates that change during training."""

import matplotlib.pyplot as plt
import torch
from torch.optim import lr_scheduler

from example_docs.marks import on_cuda


def rates_of(
    make: type[lr_scheduler.LRScheduler], steps: int, **options: object
) -> list[float]:
    """List the rate of each step, beginning with a rate of 1.

    Args:
        make: A scheduler of torch.optim.lr_scheduler.
        steps: How many steps to take.
        options: What the scheduler is made with.

    Returns:
        The rates, one for each step.
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = make(optimizer, **options)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


@on_cuda(
    compare="structure",
    because="each device has its own random number generator",
)
def constant_or_falling() -> None:
    """Noisy gradients: a rate that stays, and one that falls to 0.

    >>> constant_or_falling()
    constant largest of the last 50: 0.83
    falling  largest of the last 50: 0.06
    """
    for falling in (False, True):
        torch.manual_seed(0)
        weight = torch.tensor(5.0, requires_grad=True)
        optimizer = torch.optim.SGD([weight], lr=0.2)
        schedule = lr_scheduler.CosineAnnealingLR(optimizer, T_max=400)
        places = []
        for _ in range(400):
            optimizer.zero_grad()
            noise = torch.randn(())
            (weight**2 / 2 + noise * weight).backward()
            optimizer.step()
            if falling:
                schedule.step()
            places.append(weight.item())
        last = torch.tensor(places[-50:])
        name = "falling " if falling else "constant"
        print(f"{name} largest of the last 50: {last.abs().max():.2f}")


def where_step_belongs() -> None:
    """Twice per epoch, once per epoch: what is left of the rate after three?

    >>> where_step_belongs()
    per batch: 9.3e-11
    per epoch: 1.3e-02
    """
    for place in ("batch", "epoch"):
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
        schedule = lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
        for _ in range(3):
            for _ in range(10):
                optimizer.step()
                if place == "batch":
                    schedule.step()
            if place == "epoch":
                schedule.step()
        print(f"per {place}: {schedule.get_last_lr()[0]:.1e}")


def steps_and_decay() -> None:
    """The schedules that multiply, each for eight steps.

    >>> steps_and_decay()
    StepLR        1.000 1.000 1.000 0.100 0.100 0.100 0.010 0.010
    MultiStepLR   1.000 1.000 0.100 0.100 0.100 0.100 0.010 0.010
    ExponentialLR 1.000 0.500 0.250 0.125 0.062 0.031 0.016 0.008
    PolynomialLR  1.000 0.750 0.500 0.250 0.000 0.000 0.000 0.000
    """
    for make, options in (
        (lr_scheduler.StepLR, {"step_size": 3, "gamma": 0.1}),
        (lr_scheduler.MultiStepLR, {"milestones": [2, 6], "gamma": 0.1}),
        (lr_scheduler.ExponentialLR, {"gamma": 0.5}),
        (lr_scheduler.PolynomialLR, {"total_iters": 4, "power": 1.0}),
    ):
        rates = rates_of(make, 8, **options)
        print(f"{make.__name__:13}", *(f"{rate:5.3f}" for rate in rates))


def functions_of_the_step() -> None:
    """Say the factor yourself: from the start, or from step to step.

    >>> functions_of_the_step()
    LambdaLR         1.000 0.707 0.577 0.500 0.447
    MultiplicativeLR 1.000 0.500 0.250 0.125 0.062
    """
    root = rates_of(
        lr_scheduler.LambdaLR, 5, lr_lambda=lambda step: (step + 1) ** -0.5
    )
    product = rates_of(
        lr_scheduler.MultiplicativeLR, 5, lr_lambda=lambda _: 0.5
    )
    print("LambdaLR        ", *(f"{rate:.3f}" for rate in root))
    print("MultiplicativeLR", *(f"{rate:.3f}" for rate in product))


def half_a_cosine() -> None:
    """CosineAnnealingLR, and its closed form beside it.

    >>> half_a_cosine()
    scheduler 1.000 0.966 0.868 0.722 0.550 0.378 0.232 0.134 0.100
    formula   1.000 0.966 0.868 0.722 0.550 0.378 0.232 0.134 0.100
    """
    rates = rates_of(lr_scheduler.CosineAnnealingLR, 9, T_max=8, eta_min=0.1)
    step = torch.arange(9)
    formula = 0.1 + 0.9 * (1 + torch.cos(torch.pi * step / 8)) / 2
    print("scheduler", *(f"{rate:.3f}" for rate in rates))
    print("formula  ", *(f"{rate:.3f}" for rate in formula.tolist()))


def beyond_the_end() -> None:
    """T_max steps are over and the training goes on.

    >>> beyond_the_end()
    cosine   1.00 0.85 0.50 0.15 0.00 0.15 0.50 0.85 1.00
    Traceback (most recent call last):
        ...
    ValueError: Tried to step 5 times. The specified number of total steps is 4
    """
    rates = rates_of(lr_scheduler.CosineAnnealingLR, 9, T_max=4)
    print("cosine  ", *(f"{rate:.2f}" for rate in rates))
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=4)
    for _ in range(5):
        optimizer.step()
        schedule.step()


def warm_up_then_cosine() -> None:
    """Four steps up, then a cosine down: two schedules in a row.

    >>> warm_up_then_cosine()
    0.20 0.40 0.60 0.80 1.00 0.96 0.85 0.69 0.50 0.31 0.15 0.04 0.00
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    warm = lr_scheduler.LinearLR(optimizer, start_factor=0.2, total_iters=4)
    cool = lr_scheduler.CosineAnnealingLR(optimizer, T_max=8)
    schedule = lr_scheduler.SequentialLR(optimizer, [warm, cool], [4])
    rates = []
    for _ in range(13):
        rates.append(f"{optimizer.param_groups[0]['lr']:.2f}")
        optimizer.step()
        schedule.step()
    print(*rates)


def several_at_once() -> None:
    """ChainedScheduler: each multiplies what the other left.

    >>> several_at_once()
    0.1000 0.0500 0.2500 0.1250 0.0625
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ChainedScheduler(
        [
            lr_scheduler.ConstantLR(optimizer, factor=0.1, total_iters=2),
            lr_scheduler.ExponentialLR(optimizer, gamma=0.5),
        ]
    )
    for _ in range(5):
        print(f"{optimizer.param_groups[0]['lr']:.4f}", end=" ")
        optimizer.step()
        schedule.step()
    print()


def when_nothing_improves() -> None:
    """A loss that stops falling, and a rate that waits two epochs.

    >>> when_nothing_improves()
    epoch 0  loss 1.0  rate 1.0
    epoch 1  loss 0.5  rate 1.0
    epoch 2  loss 0.5  rate 1.0
    epoch 3  loss 0.5  rate 1.0
    epoch 4  loss 0.5  rate 0.1
    epoch 5  loss 0.4  rate 0.1
    epoch 6  loss 0.4  rate 0.1
    """
    losses = (1.0, 0.5, 0.5, 0.5, 0.5, 0.4, 0.4)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ReduceLROnPlateau(optimizer, patience=2)
    for epoch, loss in enumerate(losses):
        schedule.step(loss)
        print(f"epoch {epoch}  loss {loss}  rate {schedule.get_last_lr()[0]}")


def plateau_without_a_loss() -> None:
    """ReduceLROnPlateau has to be told the loss.

    >>> plateau_without_a_loss()
    Traceback (most recent call last):
        ...
    TypeError: ReduceLROnPlateau.step() missing 1 required positional argument: 'metrics'
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ReduceLROnPlateau(optimizer)
    schedule.step()


def draw_cycles() -> None:
    """Restarts, a cycle, and one cycle only.

    >>> draw_cycles()
    """
    restarts = rates_of(
        lr_scheduler.CosineAnnealingWarmRestarts, 70, T_0=10, T_mult=2
    )
    cycle = rates_of(
        lr_scheduler.CyclicLR, 70, base_lr=0.1, max_lr=1.0, step_size_up=10
    )
    once = rates_of(lr_scheduler.OneCycleLR, 70, max_lr=1.0, total_steps=71)
    fig, ax = plt.subplots()
    ax.plot(restarts, label="CosineAnnealingWarmRestarts")
    ax.plot(cycle, "--", label="CyclicLR")
    ax.plot(once, ":", label="OneCycleLR")
    ax.set_xlabel("$t$")
    ax.set_ylabel(r"$\eta$")
    ax.set_ylim(0, 1.4)
    ax.legend()
    plt.show()


def half_every_two() -> None:
    """StepLR with step_size=2: five rates.

    >>> half_every_two()
    [1.0, 1.0, 0.5, 0.5, 0.25]
    """
    print(rates_of(lr_scheduler.StepLR, 5, step_size=2, gamma=0.5))


def patience_of_none() -> None:
    """patience=0: after how many losses without progress does it fall?

    >>> patience_of_none()
    1.00
    0.10
    0.01
    """
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    schedule = lr_scheduler.ReduceLROnPlateau(optimizer, patience=0)
    for loss in (3.0, 3.0, 3.0):
        schedule.step(loss)
        print(f"{schedule.get_last_lr()[0]:.2f}")
