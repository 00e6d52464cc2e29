"""The optimisers of torch.optim: by hand, in groups, and side by side."""

import torch

from example_docs.marks import on_cuda, takes_long


def rosenbrock(point: torch.Tensor) -> torch.Tensor:
    """Return the height of a narrow, bent valley with its minimum at (1, 1).

    Formula: H. H. Rosenbrock, The Computer Journal 3, 1960.

    Args:
        point: The coordinates, shape (2,).

    Returns:
        The height, a scalar.
    """
    x, y = point
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


@on_cuda(
    compare="structure",
    because="CUDA updates all parameters at once, and rounds differently",
)
@takes_long(seconds=60, reason="every optimiser takes its steps")
def every_one_down_the_valley() -> None:
    """The optimisers in a bent valley: 500 steps, each with one rate.

    >>> every_one_down_the_valley()
    start 12.5
    SGD      lr 0.001  height 4.5e+00
    ASGD     lr 0.001  height 4.5e+00
    Rprop    lr 0.01   height 5.7e-02
    Adagrad  lr 1.0    height 3.4e+00
    Adadelta lr 10.0   height 1.5e+00
    RMSprop  lr 0.01   height 1.1e+00
    Adam     lr 0.1    height 9.4e-03
    AdamW    lr 0.1    height 2.2e-02
    Adamax   lr 0.1    height 3.0e+00
    NAdam    lr 0.1    height 1.7e-01
    RAdam    lr 0.01   height 1.3e+00
    """
    rates = {
        "SGD": 1e-3,
        "ASGD": 1e-3,
        "Rprop": 0.01,
        "Adagrad": 1.0,
        "Adadelta": 10.0,
        "RMSprop": 0.01,
        "Adam": 0.1,
        "AdamW": 0.1,
        "Adamax": 0.1,
        "NAdam": 0.1,
        "RAdam": 0.01,
    }
    print("start", rosenbrock(torch.tensor([-1.5, 2.0])).item())
    for name, rate in rates.items():
        point = torch.tensor([-1.5, 2.0], requires_grad=True)
        optimizer = getattr(torch.optim, name)([point], lr=rate)
        for _ in range(500):
            optimizer.zero_grad()
            rosenbrock(point).backward()
            optimizer.step()
        height = rosenbrock(point).item()
        print(f"{name:8} lr {rate:<6} height {height:.1e}")


def root_of_the_mean_square() -> None:
    """RMSprop in four lines: divide by the typical size of the gradient.

    >>> root_of_the_mean_square()
    tensor([9., 0.]) tensor([9., 0.])
    tensor([8.3292, 0.0000]) tensor([8.3292, 0.0000])
    tensor([7.7998, 0.0000]) tensor([7.7998, 0.0000])
    """
    slopes = torch.tensor([1.0, 25.0])
    point = torch.tensor([10.0, 1.0], requires_grad=True)
    optimizer = torch.optim.RMSprop([point], lr=0.1)
    by_hand, square = point.detach().clone(), torch.zeros(2)
    for _ in range(3):
        optimizer.zero_grad()
        (slopes * point**2 / 2).sum().backward()
        optimizer.step()

        gradient = slopes * by_hand
        square = 0.99 * square + 0.01 * gradient**2
        by_hand -= 0.1 * gradient / (square.sqrt() + 1e-8)
        print(point.detach(), by_hand)


def sum_that_only_grows() -> None:
    """Adagrad adds up squares, so its steps shrink for good.

    >>> sum_that_only_grows()
    Adagrad  steps 1, 2, 4, 100: 1.000 0.707 0.500 0.100
    RMSprop  steps 1, 2, 4, 100: 10.000 7.089 5.038 1.256
    """
    for name in ("Adagrad", "RMSprop"):
        weight = torch.tensor(0.0, requires_grad=True)
        optimizer = getattr(torch.optim, name)([weight], lr=1.0)
        steps = []
        for _ in range(100):
            before = weight.item()
            optimizer.zero_grad()
            (-weight).backward()
            optimizer.step()
            steps.append(weight.item() - before)
        shown = " ".join(f"{steps[i]:.3f}" for i in (0, 1, 3, 99))
        print(f"{name:8} steps 1, 2, 4, 100: {shown}")


def look_ahead() -> None:
    """Nesterov momentum: PyTorch's form, by hand.

    >>> look_ahead()
    tensor([9.6200, 0.0500]) tensor([9.6200, 0.0500])
    tensor([ 9.0924, -0.4025]) tensor([ 9.0924, -0.4025])
    tensor([ 8.4453, -0.4049]) tensor([ 8.4453, -0.4049])
    """
    slopes = torch.tensor([1.0, 25.0])
    point = torch.tensor([10.0, 1.0], requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.02, momentum=0.9, nesterov=True)
    by_hand, velocity = point.detach().clone(), torch.zeros(2)
    for _ in range(3):
        optimizer.zero_grad()
        (slopes * point**2 / 2).sum().backward()
        optimizer.step()

        gradient = slopes * by_hand
        velocity = 0.9 * velocity + gradient
        by_hand -= 0.02 * (gradient + 0.9 * velocity)
        print(point.detach(), by_hand)


def decay_in_sgd() -> None:
    """In SGD, weight decay is the gradient of half the squared weights.

    >>> decay_in_sgd()
    weight_decay tensor([1.8000, 1.9000])
    penalty      tensor([1.8000, 1.9000])
    """
    loss_slope = torch.tensor([1.0, 0.0])
    start = torch.tensor([2.0, 2.0])
    decayed = start.clone().requires_grad_()
    optimizer = torch.optim.SGD([decayed], lr=0.1, weight_decay=0.5)
    (loss_slope * decayed).sum().backward()
    optimizer.step()

    penalised = start.clone().requires_grad_()
    loss = (loss_slope * penalised).sum() + 0.5 / 2 * (penalised**2).sum()
    loss.backward()
    print("weight_decay", decayed.detach())
    print("penalty     ", start - 0.1 * penalised.grad)


def decay_that_is_divided_away() -> None:
    """Two weights of 1, slopes 0.01 and 100: who makes them smaller?

    >>> decay_that_is_divided_away()
    Adam  decay takes 0.7529 and 0.0010
    AdamW decay takes 0.0936 and 0.0936
    """
    slopes = torch.tensor([0.01, 100.0])
    for name in ("Adam", "AdamW"):
        weights = []
        for decay in (0.0, 0.1):
            weight = torch.ones(2, requires_grad=True)
            optimizer = getattr(torch.optim, name)(
                [weight], lr=0.01, weight_decay=decay
            )
            for step in range(100):
                optimizer.zero_grad()
                # The slope changes its sign, so on average nothing pulls.
                ((-1) ** step * slopes * weight).sum().backward()
                optimizer.step()
            weights.append(weight.detach())
        lost = (weights[0] - weights[1]).tolist()
        print(f"{name:5} decay takes {lost[0]:.4f} and {lost[1]:.4f}")


def decoupled_by_hand() -> None:
    """AdamW shrinks the weights first, then takes a step of plain Adam.

    >>> decoupled_by_hand()
    tensor([ 2.7500, -1.8000]) tensor([ 2.7500, -1.8000])
    tensor([ 2.5128, -1.6104]) tensor([ 2.5128, -1.6104])
    tensor([ 2.2881, -1.4310]) tensor([ 2.2881, -1.4310])
    """
    weight = torch.tensor([3.0, -2.0], requires_grad=True)
    shrunk = weight.detach().clone().requires_grad_()
    adamw = torch.optim.AdamW([weight], lr=0.1, weight_decay=0.5)
    adam = torch.optim.Adam([shrunk], lr=0.1)
    for _ in range(3):
        adamw.zero_grad()
        adam.zero_grad()
        (weight**2).sum().backward()
        (shrunk**2).sum().backward()
        adamw.step()
        with torch.no_grad():
            shrunk *= 1 - 0.1 * 0.5
        adam.step()
        print(weight.detach(), shrunk.detach())


def groups_with_rates() -> None:
    """Two groups: a slow one without decay, and a fast one.

    >>> groups_with_rates()
    lr 0.001, weight_decay 0.01
    lr 0.1, weight_decay 0.0
    """
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.AdamW(
        [
            {"params": [model.weight], "lr": 0.001},
            {"params": [model.bias], "weight_decay": 0.0},
        ],
        lr=0.1,
        weight_decay=0.01,
    )
    for group in optimizer.param_groups:
        print(f"lr {group['lr']}, weight_decay {group['weight_decay']}")


def in_two_groups() -> None:
    """A tensor belongs to one group only.

    >>> in_two_groups()
    Traceback (most recent call last):
        ...
    ValueError: some parameters appear in more than one parameter group
    """
    model = torch.nn.Linear(2, 1)
    torch.optim.SGD(
        [{"params": model.parameters()}, {"params": [model.bias]}], lr=0.1
    )


def parameters_used_up() -> None:
    """A generator can be read once: the optimiser gets nothing.

    >>> parameters_used_up()
    numbers 3
    Traceback (most recent call last):
        ...
    ValueError: optimizer got an empty parameter list
    """
    parameters = torch.nn.Linear(2, 1).parameters()
    print("numbers", sum(p.numel() for p in parameters))
    torch.optim.SGD(parameters, lr=0.1)


def newton_in_disguise() -> None:
    """L-BFGS calls the loss itself, several times a step.

    >>> newton_in_disguise()
    step 1  calls 25  height 1.3071
    step 2  calls 50  height 0.0000
    step 3  calls 53  height 0.0000
    """
    point = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [point], lr=1.0, line_search_fn="strong_wolfe"
    )
    heights = []

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        height = rosenbrock(point)
        height.backward()
        heights.append(height.item())
        return height

    for step in range(1, 4):
        optimizer.step(closure)
        height = rosenbrock(point).item()
        print(f"step {step}  calls {len(heights):2}  height {height:.4f}")


def closure_forgotten() -> None:
    """Without the closure L-BFGS cannot work.

    >>> closure_forgotten()
    Traceback (most recent call last):
        ...
    TypeError: LBFGS.step() missing 1 required positional argument: 'closure'
    """
    point = torch.tensor([-1.5, 2.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([point])
    rosenbrock(point).backward()
    optimizer.step()


def one_large_slope() -> None:
    """The slopes are 3 and -0.2. Where does Rprop go, with the rate 0.5?

    >>> one_large_slope()
    tensor([0.5000, 1.5000])
    """
    point = torch.tensor([1.0, 1.0], requires_grad=True)
    optimizer = torch.optim.Rprop([point], lr=0.5)
    (3 * point[0] - 0.2 * point[1]).backward()
    optimizer.step()
    print(point.detach())


def decay_alone() -> None:
    """No slope at all, rate 0.1, weight decay 0.5: two steps.

    >>> decay_alone()
    7.60
    7.22
    """
    weight = torch.tensor([8.0], requires_grad=True)
    optimizer = torch.optim.AdamW([weight], lr=0.1, weight_decay=0.5)
    for _ in range(2):
        optimizer.zero_grad()
        (0 * weight).sum().backward()
        optimizer.step()
        print(f"{weight.item():.2f}")
