"""Losses for classes that are rare, uncertain or missing."""

import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda


def always_no() -> None:
    """One faulty part in twenty; the model has one number, its bias.

    >>> always_no()
    probability of a fault 0.0500
    right answers 95%
    faults found  0%
    """
    faulty = torch.tensor([1.0] + 19 * [0.0])
    bias = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([bias], lr=1.0)
    for _ in range(500):
        optimizer.zero_grad()
        logits = bias.expand(20)
        F.binary_cross_entropy_with_logits(logits, faulty).backward()
        optimizer.step()
    p = torch.sigmoid(bias.detach())
    answer = (p > 0.5).float()
    print(f"probability of a fault {p:.4f}")
    print(f"right answers {(answer == faulty).float().mean():.0%}")
    print(f"faults found  {answer.item():.0%}")


def pos_weight_by_hand() -> None:
    """pos_weight multiplies the part of the loss that belongs to a yes.

    >>> pos_weight_by_hand()
    tensor([24.9520,  0.3133,  0.9741])
    tensor(8.7464)
    tensor(8.7464)
    """
    logits = torch.tensor([-1.0, -1.0, 0.5])
    y = torch.tensor([1.0, 0.0, 0.0])
    weight = torch.tensor(19.0)
    log_yes, log_no = F.logsigmoid(logits), F.logsigmoid(-logits)
    each = -(weight * y * log_yes + (1 - y) * log_no)
    print(each)
    print(each.mean())
    print(F.binary_cross_entropy_with_logits(logits, y, pos_weight=weight))


def what_the_weight_does_to_p() -> None:
    """The best single answer for one fault in twenty, by pos_weight.

    >>> what_the_weight_does_to_p()
    pos_weight  best p  by formula
           1.0  0.0502      0.0500
           5.0  0.2083      0.2083
          19.0  0.5000      0.5000
         100.0  0.8403      0.8403
    """
    faulty = torch.tensor([1.0] + 19 * [0.0])
    print("pos_weight  best p  by formula")
    for weight in (1.0, 5.0, 19.0, 100.0):
        bias = torch.tensor(0.0, requires_grad=True)
        optimizer = torch.optim.SGD([bias], lr=0.3)
        for _ in range(400):
            optimizer.zero_grad()
            F.binary_cross_entropy_with_logits(
                bias.expand(20), faulty, pos_weight=torch.tensor(weight)
            ).backward()
            optimizer.step()
        p = torch.sigmoid(bias).item()
        print(f"{weight:10} {p:7.4f} {weight / (weight + 19):11.4f}")


def back_to_the_true_share() -> None:
    """Take the logarithm of the weight off the logit again.

    >>> back_to_the_true_share()
    tensor([0.5000, 0.8808, 0.1192])
    tensor([0.0500, 0.2800, 0.0071])
    """
    weight = 19.0
    logits = torch.tensor([0.0, 2.0, -2.0])
    print(torch.sigmoid(logits))
    print(torch.sigmoid(logits - math.log(weight)))


def weight_or_pos_weight() -> None:
    """Two arguments, two meanings: weight is for places, not for a yes.

    >>> weight_or_pos_weight()
    weight     tensor([6.9315, 6.9315])
    pos_weight tensor([6.9315, 0.6931])
    """
    logits = torch.zeros(2)
    y = torch.tensor([1.0, 0.0])
    ten = torch.tensor(10.0)
    for name in ("weight", "pos_weight"):
        each = F.binary_cross_entropy_with_logits(
            logits, y, reduction="none", **{name: ten}
        )
        print(f"{name:10}", each)


def weighted_mean() -> None:
    """Class weights: the divisor is the sum of the weights of the targets.

    >>> weighted_mean()
    tensor([0.4170, 0.0997, 1.0986])
    tensor(0.9306)
    tensor(0.9306)
    """
    logits = torch.tensor([[2.0, 1.0, 0.1], [0.0, 3.0, 0.1], [1.0, 1.0, 1.0]])
    target = torch.tensor([0, 1, 2])
    weight = torch.tensor([1.0, 1.0, 8.0])
    each = F.cross_entropy(logits, target, reduction="none")
    print(each)
    print((weight[target] * each).sum() / weight[target].sum())
    print(F.cross_entropy(logits, target, weight=weight))


def weight_that_cancels() -> None:
    """In a batch of one sample the weight cancels out.

    >>> weight_that_cancels()
    plain  tensor(1.0986)
    mean   tensor(1.0986)
    sum    tensor(8.7889)
    """
    logits = torch.tensor([[1.0, 1.0, 1.0]])
    target = torch.tensor([2])
    weight = torch.tensor([1.0, 1.0, 8.0])
    print("plain ", F.cross_entropy(logits, target))
    for reduction in ("mean", "sum"):
        loss = F.cross_entropy(
            logits, target, weight=weight, reduction=reduction
        )
        print(f"{reduction:6}", loss)


def missing_labels() -> None:
    """Targets of -100 are left out, above and below the line.

    >>> missing_labels()
    each   tensor([0.4170, 0.0000, 1.0986])
    mean   tensor(0.7578)
    slopes tensor([0., 0., 0.])
    """
    logits = torch.tensor([[2.0, 1.0, 0.1], [0.0, 3.0, 0.1], [1.0, 1.0, 1.0]])
    target = torch.tensor([0, -100, 2])
    logits.requires_grad_()
    print("each  ", F.cross_entropy(logits, target, reduction="none").detach())
    loss = F.cross_entropy(logits, target)
    loss.backward()
    print("mean  ", loss.detach())
    print("slopes", logits.grad[1])


def nothing_but_missing_labels() -> None:
    """A batch without a single label: zero by zero.

    >>> nothing_but_missing_labels()
    tensor(nan) tensor([0., 0., 0.])
    tensor(0.)
    """
    logits = torch.zeros(2, 3, requires_grad=True)
    target = torch.tensor([-100, -100])
    loss = F.cross_entropy(logits, target)
    loss.backward()
    print(loss.detach(), logits.grad[0])
    loss = F.cross_entropy(logits, target, reduction="sum")
    print(loss.detach() / (target != -100).sum().clamp(min=1))


def smoothed_by_hand() -> None:
    """Label smoothing gives a share of the target to every class.

    >>> smoothed_by_hand()
    tensor([[0.9333, 0.0333, 0.0333]])
    tensor(0.5137)
    tensor(0.5137)
    """
    logits = torch.tensor([[2.0, 1.0, 0.1]])
    target = torch.tensor([0])
    y = F.one_hot(target, num_classes=3)
    smooth = 0.9 * y + 0.1 / 3
    print(smooth)
    print(F.cross_entropy(logits, smooth))
    print(F.cross_entropy(logits, target, label_smoothing=0.1))


def sure_enough() -> None:
    """With smoothing, there is a best lead, and more costs more.

    >>> sure_enough()
     lead   plain  smoothed
     1.00  0.5514  0.6181
     2.00  0.2395  0.3729
     3.33  0.0690  0.2911
     5.00  0.0134  0.3467
    10.00  0.0001  0.6668
    """
    target = torch.tensor([0])
    print(" lead   plain  smoothed")
    for lead in (1.0, 2.0, math.log(28), 5.0, 10.0):
        logits = torch.tensor([[lead, 0.0, 0.0]])
        plain = F.cross_entropy(logits, target)
        smooth = F.cross_entropy(logits, target, label_smoothing=0.1)
        print(f"{lead:5.2f}  {plain:.4f}  {smooth:.4f}")


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_smoothing() -> None:
    """The loss by the lead of the right class, plain and smoothed.

    >>> draw_smoothing()
    """
    lead = torch.linspace(-1, 10, 111)
    logits = torch.stack([lead, torch.zeros(111), torch.zeros(111)], dim=1)
    target = torch.zeros(111, dtype=torch.int64)
    fig, ax = plt.subplots()
    for amount, style in ((0.0, "-"), (0.1, "--"), (0.3, ":")):
        loss = F.cross_entropy(
            logits, target, reduction="none", label_smoothing=amount
        )
        ax.plot(lead, loss, style, label=rf"$\varepsilon = {amount}$")
    ax.set_xlabel("$a_0 - a_1$")
    ax.set_ylabel("$L$")
    ax.grid(visible=True)
    ax.legend()
    plt.show()


def several_labels_at_once() -> None:
    """A cat and a dog in one picture: one logit and one target a label.

    >>> several_labels_at_once()
    sigmoid tensor([[0.8808, 0.7311, 0.0474]])
    softmax tensor([[0.7275, 0.2676, 0.0049]])
    tensor(0.1629)
    """
    logits = torch.tensor([[2.0, 1.0, -3.0]])
    cat_and_dog = torch.tensor([[1.0, 1.0, 0.0]])
    print("sigmoid", torch.sigmoid(logits))
    print("softmax", torch.softmax(logits, dim=1))
    print(F.binary_cross_entropy_with_logits(logits, cat_and_dog))


def all_weights_doubled() -> None:
    """All class weights are doubled: what happens to the mean loss?

    >>> all_weights_doubled()
    tensor(0.5516)
    tensor(0.5516)
    """
    logits = torch.tensor([[2.0, 0.0], [0.0, 0.0]])
    target = torch.tensor([0, 1])
    for weight in (torch.tensor([1.0, 3.0]), torch.tensor([2.0, 6.0])):
        print(F.cross_entropy(logits, target, weight=weight))


def smoothed_to_the_end() -> None:
    """label_smoothing=1: what is the best answer for three classes?

    >>> smoothed_to_the_end()
    largest slope 0.0000
    """
    logits = torch.zeros(1, 3, requires_grad=True)
    F.cross_entropy(logits, torch.tensor([0]), label_smoothing=1.0).backward()
    print(f"largest slope {logits.grad.abs().max():.4f}")
