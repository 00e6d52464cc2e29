"""Softmax: from scores to probabilities, its Jacobian and its logarithm."""

import warnings

import torch
import torch.nn.functional as F

from example_docs.marks import on_torch


def three_scores() -> None:
    """Exponentials divided by their sum: positive, and together 1.

    >>> three_scores()
    tensor([7.3891, 2.7183, 1.1052])
    tensor([0.6590, 0.2424, 0.0986])
    tensor([0.6590, 0.2424, 0.0986])
    """
    scores = torch.tensor([2.0, 1.0, 0.1])
    exponentials = torch.exp(scores)
    print(exponentials)
    print(exponentials / exponentials.sum())
    print(torch.softmax(scores, dim=0))


def ratio_in_ratio_out() -> None:
    """A gap between two scores is a factor between two probabilities.

    >>> ratio_in_ratio_out()
    scores [2.0, 10.0]: gap 8.0, 2980.96 to 1
    scores [102.0, 110.0]: gap 8.0, 2980.96 to 1
    scores [0.1, 1.0]: gap 0.9, 2.46 to 1
    """
    for pair in ([2.0, 10.0], [102.0, 110.0], [0.1, 1.0]):
        scores = torch.tensor(pair)
        p = torch.softmax(scores, dim=0)
        gap = scores[1] - scores[0]
        print(f"scores {pair}: gap {gap:.1f}, {p[1] / p[0]:.2f} to 1")


def temperature() -> None:
    """Divided scores make a flatter distribution, multiplied ones a sharper.

    >>> temperature()
     0.4 tensor([0.9168, 0.0753, 0.0079])
     1.0 tensor([0.6590, 0.2424, 0.0986])
    10.0 tensor([0.3661, 0.3312, 0.3027])
    """
    scores = torch.tensor([2.0, 1.0, 0.1])
    for t in (0.4, 1.0, 10.0):
        print(f"{t:4}", torch.softmax(scores / t, dim=0))


def two_scores_are_a_sigmoid() -> None:
    """Two classes: softmax is the sigmoid of the difference.

    >>> two_scores_are_a_sigmoid()
    tensor(0.8176)
    tensor(0.8176)
    """
    scores = torch.tensor([2.5, 1.0])
    print(torch.softmax(scores, dim=0)[0])
    print(torch.sigmoid(scores[0] - scores[1]))


def subtract_the_largest() -> None:
    """With the largest score subtracted, no exponential exceeds 1.

    >>> subtract_the_largest()
    by hand:    tensor([nan, nan])
    subtracted: tensor([0.1192, 0.8808])
    softmax:    tensor([0.1192, 0.8808])
    """
    scores = torch.tensor([1000.0, 1002.0])
    too_large = torch.exp(scores)
    print("by hand:   ", too_large / too_large.sum())
    in_range = torch.exp(scores - scores.max())
    print("subtracted:", in_range / in_range.sum())
    print("softmax:   ", torch.softmax(scores, dim=0))


def rows_or_columns() -> None:
    """dim is the dimension whose numbers add up to 1.

    >>> rows_or_columns()
    tensor([[0.6590, 0.2424, 0.0986],
            [0.0451, 0.9051, 0.0498]])
    tensor([[0.8808, 0.1192, 0.5000],
            [0.1192, 0.8808, 0.5000]])
    """
    scores = torch.tensor([[2.0, 1.0, 0.1], [0.0, 3.0, 0.1]])
    print(torch.softmax(scores, dim=1))
    print(torch.softmax(scores, dim=0))


@on_torch(
    before="2.13",
    because="the message lists the forms of the call",
    raises="TypeError",
)
def dim_is_required() -> None:
    """torch.softmax does not guess the dimension.

    >>> dim_is_required()
    Traceback (most recent call last):
        ...
    TypeError: softmax() missing 1 required positional arguments: "dim"
    """
    scores = torch.zeros(3)
    print(torch.softmax(scores))


def missing_dim_warns() -> None:
    """F.softmax without dim warns, and chooses a dimension by itself.

    >>> missing_dim_warns()
    (3,) 3 share the 1
    (2, 3) 3 share the 1
    (2, 3, 4) 2 share the 1
    UserWarning: Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.
    """
    for shape in ((3,), (2, 3), (2, 3, 4)):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            p = F.softmax(torch.zeros(shape))
        # Equal scores share the 1 evenly among as many as were added up.
        print(shape, f"{1 / p.max():.0f} share the 1")
    (warning,) = caught
    print(f"{warning.category.__name__}: {warning.message}")


def row_by_row() -> None:
    """Each probability has a gradient of its own: a row of the Jacobian.

    >>> row_by_row()
    tensor([0.6590, 0.2424, 0.0986], grad_fn=<SoftmaxBackward0>)
    (tensor([ 0.2247, -0.1598, -0.0650]),)
    (tensor([-0.1598,  0.1837, -0.0239]),)
    (tensor([-0.0650, -0.0239,  0.0889]),)
    """
    a = torch.tensor([2.0, 1.0, 0.1], requires_grad=True)
    p = F.softmax(a, dim=0)
    print(p)
    for i in range(3):
        print(torch.autograd.grad(p[i], [a], retain_graph=True))


def jacobian_by_formula() -> None:
    """diag(p) minus the outer product of p with itself is the whole Jacobian.

    >>> jacobian_by_formula()
    tensor([[ 0.2247, -0.1598, -0.0650],
            [-0.1598,  0.1837, -0.0239],
            [-0.0650, -0.0239,  0.0889]])
    True
    """
    a = torch.tensor([2.0, 1.0, 0.1])
    p = torch.softmax(a, dim=0)
    formula = torch.diag(p) - torch.outer(p, p)
    print(formula)
    jacobian = torch.func.jacrev(lambda a: torch.softmax(a, dim=0))(a)
    print(torch.allclose(jacobian, formula))


def certain_and_flat() -> None:
    """Where one probability is close to 1, all derivatives are close to 0.

    >>> certain_and_flat()
       0 0.3333 2.2e-01
       5 0.9867 1.3e-02
      10 0.9999 9.1e-05
      20 1.0000 2.1e-09
    """
    for gap in (0.0, 5.0, 10.0, 20.0):
        p = torch.softmax(torch.tensor([gap, 0.0, 0.0]), dim=0)
        jacobian = torch.diag(p) - torch.outer(p, p)
        print(f"{gap:4.0f} {p[0]:.4f} {jacobian.abs().max():.1e}")


def log_of_softmax() -> None:
    """The logarithm of a softmax can be lost; log_softmax keeps it.

    >>> log_of_softmax()
    tensor([0., 1.])
    tensor([-inf, 0.])
    tensor([-200.,    0.])
    tensor([-200.,    0.])
    """
    scores = torch.tensor([0.0, 200.0])
    p = torch.softmax(scores, dim=0)
    print(p)
    print(torch.log(p))
    print(torch.log_softmax(scores, dim=0))
    print(scores - torch.logsumexp(scores, dim=0))


def log_softmax_gradient() -> None:
    """The gradient of a log-probability: a one in its place, minus p.

    >>> log_softmax_gradient()
    tensor([ 0.3410, -0.2424, -0.0986])
    tensor([ 0.3410, -0.2424, -0.0986])
    """
    a = torch.tensor([2.0, 1.0, 0.1], requires_grad=True)
    log_p = torch.log_softmax(a, dim=0)
    (gradient,) = torch.autograd.grad(log_p[0], [a])
    print(gradient)

    p = torch.softmax(a.detach(), dim=0)
    print(torch.tensor([1.0, 0.0, 0.0]) - p)


def forbidden_class() -> None:
    """A score of minus infinity gets nothing; the others share the rest.

    >>> forbidden_class()
    tensor([0.5000, 0.5000, 0.0000])
    """
    scores = torch.tensor([1.0, 1.0, -torch.inf])
    print(torch.softmax(scores, dim=0))


def softmax_twice() -> None:
    """A second softmax sees numbers between 0 and 1, and flattens them.

    >>> softmax_twice()
    tensor([2.0612e-09, 2.0612e-09, 1.0000e+00])
    tensor([0.2119, 0.2119, 0.5761])
    """
    scores = torch.tensor([0.0, 0.0, 20.0])
    p = torch.softmax(scores, dim=0)
    print(p)
    print(torch.softmax(p, dim=0))
