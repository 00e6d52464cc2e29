"""Cross-entropy: from softmax to a loss, its gradient and its binary form."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

from example_docs.marks import on_cuda


def one_sample_by_hand() -> None:
    """Minus the logarithm of the probability of the right class.

    >>> one_sample_by_hand()
    tensor([0.6590, 0.2424, 0.0986])
    tensor(0.4170)
    tensor(0.4170)
    """
    logits = torch.tensor([2.0, 1.0, 0.1])
    target = torch.tensor(0)
    p = torch.softmax(logits, dim=0)
    print(p)
    print(-torch.log(p[target]))
    print(F.cross_entropy(logits, target))


@on_cuda(runs="cpu", because="Matplotlib reads the CPU's memory only")
def draw_the_price() -> None:
    """Minus the logarithm, and the square, of what is missing to 1.

    >>> draw_the_price()
    """
    p = torch.linspace(0.005, 1, 200)
    fig, ax = plt.subplots()
    ax.plot(p, -torch.log(p), label=r"$-\log\,p$")
    ax.plot(p, (1 - p) ** 2, label="$(1 - p)^2$")
    ax.set_xlabel("$p$")
    ax.set_ylabel("$L$")
    ax.grid(visible=True)
    ax.legend()
    plt.show()


def knows_nothing_yet() -> None:
    """Ten classes and no idea: the logarithm of ten.

    >>> knows_nothing_yet()
    tensor(2.3026)
    tensor(2.3026)
    """
    logits = torch.zeros(1, 10)
    print(F.cross_entropy(logits, torch.tensor([7])))
    print(torch.log(torch.tensor(10.0)))


def batch_of_three() -> None:
    """Logits in rows, targets as class numbers; the mean over the rows.

    >>> batch_of_three()
    tensor([0.4170, 0.0997, 1.0986])
    tensor(0.5384)
    tensor(0.5384)
    """
    logits = torch.tensor([[2.0, 1.0, 0.1], [0.0, 3.0, 0.1], [1.0, 1.0, 1.0]])
    target = torch.tensor([0, 1, 2])
    print(F.cross_entropy(logits, target, reduction="none"))
    print(F.cross_entropy(logits, target))
    print(torch.nn.CrossEntropyLoss()(logits, target))


def logarithm_too_late() -> None:
    """By hand a certain mistake costs infinity, in one go it costs 200.

    >>> logarithm_too_late()
    inf (tensor([nan, nan]),)
    200.0 (tensor([-1.,  1.]),)
    """
    logits = torch.tensor([0.0, 200.0], requires_grad=True)
    by_hand = -torch.log(torch.softmax(logits, dim=0)[0])
    print(by_hand.item(), torch.autograd.grad(by_hand, [logits]))
    at_once = F.cross_entropy(logits, torch.tensor(0))
    print(at_once.item(), torch.autograd.grad(at_once, [logits]))


def softmax_too_many() -> None:
    """Probabilities instead of logits: a perfect answer looks mediocre.

    >>> softmax_too_many()
      2.0 0.2395 0.6995
     10.0 0.0001 0.5515
    100.0 0.0000 0.5514
    """
    target = torch.tensor([0])
    for lead in (2.0, 10.0, 100.0):
        logits = torch.tensor([[lead, 0.0, 0.0]])
        right = F.cross_entropy(logits, target)
        wrong = F.cross_entropy(torch.softmax(logits, dim=1), target)
        print(f"{lead:5} {right:.4f} {wrong:.4f}")


def gradient_is_p_minus_y() -> None:
    """The gradient by the logits: the probabilities, minus 1 at the target.

    >>> gradient_is_p_minus_y()
    tensor([-0.3410,  0.2424,  0.0986])
    tensor([1, 0, 0])
    tensor([-0.3410,  0.2424,  0.0986])
    """
    logits = torch.tensor([2.0, 1.0, 0.1], requires_grad=True)
    target = torch.tensor(0)
    F.cross_entropy(logits, target).backward()
    print(logits.grad)

    p = torch.softmax(logits.detach(), dim=0)
    y = F.one_hot(target, num_classes=3)
    print(y)
    print(p - y)


def certain_and_wrong() -> None:
    """The surer the mistake, the less a square after softmax corrects it.

    >>> certain_and_wrong()
     0.0 -0.5000 -0.5000
     2.0 -0.3699 -0.8808
     5.0 -0.0264 -0.9933
    10.0 -0.0002 -1.0000
    """
    target = torch.tensor(0)
    y = F.one_hot(target, num_classes=2)
    for lead in (0.0, 2.0, 5.0, 10.0):
        logits = torch.tensor([0.0, lead], requires_grad=True)
        square = ((torch.softmax(logits, dim=0) - y) ** 2).sum()
        (of_square,) = torch.autograd.grad(square, [logits])
        entropy = F.cross_entropy(logits, target)
        (of_entropy,) = torch.autograd.grad(entropy, [logits])
        print(f"{lead:4} {of_square[0]:.4f} {of_entropy[0]:.4f}")


def targets_as_probabilities() -> None:
    """A target may also be a distribution: floats, one for each class.

    >>> targets_as_probabilities()
    tensor(0.4170)
    tensor(0.4170)
    tensor(0.7070)
    tensor(0.7070)
    """
    logits = torch.tensor([[2.0, 1.0, 0.1]])
    print(F.cross_entropy(logits, torch.tensor([0])))
    print(F.cross_entropy(logits, torch.tensor([[1.0, 0.0, 0.0]])))
    print(F.cross_entropy(logits, torch.tensor([[0.8, 0.1, 0.1]])))

    log_p = torch.log_softmax(logits, dim=1)
    print(-(torch.tensor([[0.8, 0.1, 0.1]]) * log_p).sum())


@on_cuda(
    runs="cpu",
    because="on CUDA a class out of range makes the whole device unusable",
)
def counted_from_one() -> None:
    """Three classes are 0, 1 and 2; there is no class 3.

    >>> counted_from_one()
    Traceback (most recent call last):
        ...
    IndexError: Target 3 is out of bounds.
    """
    logits = torch.zeros(1, 3)
    print(F.cross_entropy(logits, torch.tensor([3])))


def binary_by_hand() -> None:
    """Two classes: one logit, one probability, one logarithm that counts.

    >>> binary_by_hand()
    tensor([0.2014, 0.4741, 0.7981])
    tensor(0.4912)
    tensor(0.4912)
    tensor(0.4912)
    """
    logits = torch.tensor([1.5, -0.5, 0.2])
    y = torch.tensor([1.0, 0.0, 0.0])
    p = torch.sigmoid(logits)
    losses = -(y * torch.log(p) + (1 - y) * torch.log(1 - p))
    print(losses)
    print(losses.mean())
    print(F.binary_cross_entropy(p, y))
    print(F.binary_cross_entropy_with_logits(logits, y))


def cut_off_at_a_hundred() -> None:
    """From probabilities, the loss stops at 100 and the gradient is gone.

    >>> cut_off_at_a_hundred()
     10.0  10.00 1.0000  10.00 1.0000
     20.0 100.00 0.0000  20.00 1.0000
    200.0 100.00 0.0000 200.00 1.0000
    """
    y = torch.tensor([0.0])
    for value in (10.0, 20.0, 200.0):
        a = torch.tensor([value], requires_grad=True)
        late = F.binary_cross_entropy(torch.sigmoid(a), y)
        (of_late,) = torch.autograd.grad(late, [a])
        once = F.binary_cross_entropy_with_logits(a, y)
        (of_once,) = torch.autograd.grad(once, [a])
        print(f"{value:5}", end=" ")
        print(f"{late:6.2f} {of_late.item():.4f}", end=" ")
        print(f"{once:6.2f} {of_once.item():.4f}")


def formula_that_cannot_overflow() -> None:
    """The loss from the logit, with an exponential that is at most 1.

    >>> formula_that_cannot_overflow()
    tensor([200.0000,   1.3133,   0.6931,   1.3133, 200.0000])
    tensor([200.0000,   1.3133,   0.6931,   1.3133, 200.0000])
    """
    a = torch.tensor([-200.0, -1.0, 0.0, 1.0, 200.0])
    y = torch.tensor([1.0, 1.0, 1.0, 0.0, 0.0])
    loss = a.clamp(min=0) - a * y + torch.log1p(torch.exp(-a.abs()))
    print(loss)
    print(F.binary_cross_entropy_with_logits(a, y, reduction="none"))


def equal_logits() -> None:
    """Four equal logits, the third class is right.

    >>> equal_logits()
    tensor([ 0.2500,  0.2500, -0.7500,  0.2500])
    """
    logits = torch.full((4,), 5.0, requires_grad=True)
    F.cross_entropy(logits, torch.tensor(2)).backward()
    print(logits.grad)


def best_possible_loss() -> None:
    """The target is uncertain, and the prediction says exactly that.

    >>> best_possible_loss()
    0.6931 0.0000
    """
    y = torch.tensor([0.5, 0.5])
    logits = torch.zeros(2, requires_grad=True)
    loss = F.cross_entropy(logits, y)
    loss.backward()
    print(f"{loss:.4f} {logits.grad.abs().max():.4f}")
