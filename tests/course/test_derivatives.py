"""Each derivative on a page against autograd, difference quotients, and SymPy.

``DERIVATIVES`` has an entry for each formula that states one: the formula to the
letter, and claims, each a function and its derivative as the formula has it. A rule in
general form is held to an instance. Adding a formula to a page: add it here.
"""

from __future__ import annotations

import functools
import importlib
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import torch
from tests.formulas import Formula, formulas
from tests.project import ROOT, pages
from torch import Tensor
from torch.autograd.functional import jacobian

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Claim:
    """A function and its derivative, as a page states it.

    Attributes:
        function: From a ``float64`` tensor of any shape to one of any shape.
        derivative: All partial derivatives: the shape of the output, then of the input.
        points: Where they are compared.
        exact: The function again, for SymPy: takes the module and a symbol, or a
            ``Matrix`` of symbols (a vector is a column). ``None``: no closed form.
    """

    function: Callable[[Tensor], Tensor]
    derivative: Callable[[Tensor], Tensor]
    points: tuple[Any, ...]
    exact: Callable[[Any, Any], Any] | None = None


def by_autograd(claim: Claim, point: Tensor) -> Tensor:
    result = jacobian(claim.function, point)
    assert isinstance(result, Tensor)
    return result


def by_differences(claim: Claim, point: Tensor, step: float = 1e-5) -> Tensor:
    """Central difference quotients, one input after the other."""
    columns = []
    for index in range(point.numel()):
        shift = torch.zeros_like(point)
        shift.view(-1)[index] = step
        ahead, behind = claim.function(point + shift), claim.function(point - shift)
        columns.append((ahead - behind) / (2 * step))
    stacked = torch.stack(columns, dim=-1)
    return stacked.reshape((*columns[0].shape, *point.shape))


def by_sympy(claim: Claim, point: Tensor) -> Tensor:
    """SymPy's derivatives, and its values held against those of the function."""
    sympy = importlib.import_module("sympy")  # slow, and without types

    assert claim.exact is not None
    symbols = sympy.symbols(f"x:{point.numel()}", real=True)
    at = {
        symbol: sympy.Rational(str(value))
        for symbol, value in zip(symbols, point.flatten().tolist(), strict=True)
    }
    if point.dim() == 0:
        argument: Any = symbols[0]
    else:
        columns = point.shape[1] if point.dim() == 2 else 1
        argument = sympy.Matrix(point.shape[0], columns, symbols)
    outputs = flat(claim.exact(sympy, argument))
    value = claim.function(point)
    torch.testing.assert_close(
        torch.tensor([float(output.subs(at)) for output in outputs]).double(),
        value.flatten(),
        rtol=TOLERANCE,
        atol=TOLERANCE,
    )
    exact = [
        float(sympy.diff(output, symbol).subs(at))
        for output in outputs
        for symbol in symbols
    ]
    return torch.tensor(exact).double().reshape((*value.shape, *point.shape))


def flat(output: Any) -> list[Any]:  # noqa: ANN401 - SymPy has no types
    return list(output) if hasattr(output, "__iter__") else [output]


WAYS: dict[str, Callable[[Claim, Tensor], Tensor]] = {
    "autograd": by_autograd,
    "differences": by_differences,
    "sympy": by_sympy,
}


def check(claim: Claim, way: str) -> None:
    """Hold a claim against one of the three ways, at each of its points."""
    for point in claim.points:
        x = torch.tensor(point, dtype=torch.float64)
        claimed = claim.derivative(x)
        assert claimed.dtype == torch.float64
        torch.testing.assert_close(
            WAYS[way](claim, x), claimed, rtol=TOLERANCE, atol=TOLERANCE
        )


# The functions that several formulas are about ---------------------------------------


def half_square(o: Tensor, t: Tensor) -> Tensor:
    """E = ½ Σ (o - t)²."""
    return 0.5 * ((o - t) ** 2).sum()


def doubles(*values: Any) -> Tensor:  # noqa: ANN401 - nested lists of numbers
    return torch.tensor(values, dtype=torch.float64)


def logistic(s: Any, x: Any) -> Any:  # noqa: ANN401 - SymPy has no types
    return 1 / (1 + s.exp(-x))


def matrix(s: Any, values: Tensor) -> Any:  # noqa: ANN401
    """A constant for SymPy, whose decimals are exact."""
    rows = values.tolist() if values.dim() == 2 else [[v] for v in values.tolist()]
    return s.Matrix([[s.Rational(str(value)) for value in row] for row in rows])


def layer(s: Any, weight: Any, x: Any) -> Any:  # noqa: ANN401
    return (weight * x).applyfunc(functools.partial(logistic, s))


def squares(values: Any) -> Any:  # noqa: ANN401
    return sum(value**2 for value in values)


def eye_like(p: Tensor) -> Tensor:
    return torch.eye(len(p), dtype=p.dtype)


SCALARS = (-1.3, 0.4, 2.0)
POSITIVE = (0.3, 1.0, 2.5)
SCORES = ((1.0, 2.0, 3.0), (-0.5, 0.25, 0.0))

# One layer: three outputs, four inputs.
X = doubles(1.0, 0.5, -1.0, 2.0)
W = doubles([0.5, -0.25, 0.1, 0.2], [-0.3, 0.6, 0.4, -0.1], [0.2, 0.2, -0.5, 0.3])
T = doubles(1.0, 0.0, 0.5)
# Two samples, in the rows of a batch.
BATCH = torch.stack([X, X.flip(0) / 2])
TARGETS = torch.stack([T, 1 - T])
# Two layers and a third: 4 → 3 → 2 → 2.
W2 = doubles([0.7, -0.4, 0.3], [0.2, 0.9, -0.6])
W3 = doubles([0.5, -1.0], [0.8, 0.3])
T2 = doubles(1.0, 0.25)
TARGETS2 = torch.stack([T2, 1 - T2])
ONE_WEIGHT_X, ONE_WEIGHT_Y = doubles(1.0, 2.0, 3.0), doubles(2.0, 4.0, 6.0)
V = doubles(0.5, -1.0, 2.0)


def delta_of(o: Tensor, t: Tensor) -> Tensor:
    """δ = (o - t) ⊙ o ⊙ (1 - o)."""
    return (o - t) * o * (1 - o)


def jacobian_of_powers(x: Tensor) -> Tensor:
    """J of (x₀x₁, x₀², x₁³)."""
    zero = torch.zeros_like(x[0])
    rows = [(x[1], x[0]), (2 * x[0], zero), (zero, 3 * x[1] ** 2)]
    return torch.stack([torch.stack(row) for row in rows])


def powers(x: Tensor) -> Tensor:
    return torch.stack([x[0] * x[1], x[0] ** 2, x[1] ** 3])


POWERS = Claim(
    powers,
    jacobian_of_powers,
    ((2.0, 3.0), (-1.0, 0.5)),
    lambda _, x: [x[0] * x[1], x[0] ** 2, x[1] ** 3],
)


def exact_softmax(s: Any, a: Any) -> Any:  # noqa: ANN401
    total = sum(s.exp(score) for score in a)
    return [s.exp(score) / total for score in a]


def softmax_by_cases(a: Tensor) -> Tensor:
    p = torch.softmax(a, 0)
    size = range(len(p))
    return torch.stack(
        [
            torch.stack([p[i] * (1 - p[i]) if i == j else -p[i] * p[j] for j in size])
            for i in size
        ]
    )


def softmax_by_delta(a: Tensor) -> Tensor:
    p = torch.softmax(a, 0)
    return p[:, None] * (eye_like(p) - p[None, :])


def softmax_as_matrix(a: Tensor) -> Tensor:
    p = torch.softmax(a, 0)
    return torch.diag(p) - torch.outer(p, p)


def softmax(a: Tensor) -> Tensor:
    return torch.softmax(a, 0)


def vector_times_softmax(a: Tensor) -> Tensor:
    p = torch.softmax(a, 0)
    return p * (V - V @ p)


def ten_times_tanh(x: Tensor) -> Tensor:
    for _ in range(10):
        x = torch.tanh(x)
    return x


def ten_slopes(x: Tensor) -> Tensor:
    """f'(h₀) f'(h₁) ⋯ f'(h₉)."""
    product = torch.ones_like(x)
    for _ in range(10):
        product = product * (1 - torch.tanh(x) ** 2)
        x = torch.tanh(x)
    return product


def exact_ten_times_tanh(s: Any, x: Any) -> Any:  # noqa: ANN401
    for _ in range(10):
        x = s.tanh(x)
    return x


def bowl(p: Tensor) -> Tensor:
    return p[0] ** 2 + 3 * p[1] ** 2


def bowl_gradient(p: Tensor) -> Tensor:
    return torch.stack([2 * p[0], 6 * p[1]])


BOWL = Claim(
    bowl,
    bowl_gradient,
    ((1.0, 2.0), (-0.5, 0.3)),
    lambda _, p: p[0] ** 2 + 3 * p[1] ** 2,
)


def hessian_of_example(x: Tensor) -> Tensor:
    rows = [(2 * x[1], 2 * x[0]), (2 * x[0], 6 * x[1])]
    return torch.stack([torch.stack(row) for row in rows])


def square(x: Tensor) -> Tensor:
    return x**2


def constant(value: float) -> Callable[[Tensor], Tensor]:
    return lambda x: torch.full_like(x, value)


def affine(weights: Tensor) -> Tensor:
    """A layer Z = XW + b of one output unit, with b in the last place."""
    return BATCH @ weights[:4] + weights[4]


def mean_square(weights: Tensor) -> Tensor:
    return ((affine(weights) - TARGETS[:, 0]) ** 2).mean()


def neuron(z: Tensor) -> Tensor:
    """C(z) for a neuron that feeds two: C = (w₃a)² + exp(w₄a), with a = σ(z)."""
    a = torch.sigmoid(z)
    return (0.5 * a) ** 2 + torch.exp(-1.5 * a)


def neuron_slope(z: Tensor) -> Tensor:
    a = torch.sigmoid(z)
    to_first, to_second = 2 * (0.5 * a), torch.exp(-1.5 * a)
    return a * (1 - a) * (0.5 * to_first + -1.5 * to_second)


def perceptron_error(w: Tensor) -> Tensor:
    """E of one output; the last weight is the bias, whose input is 1."""
    inputs = torch.cat([X, X.new_ones(1)])
    return half_square(torch.sigmoid(w @ inputs), T[0])


def perceptron_delta(w: Tensor) -> Tensor:
    inputs = torch.cat([X, X.new_ones(1)])
    return delta_of(torch.sigmoid(w @ inputs), T[0])


def exact_perceptron(s: Any, w: Any, factor: Any = None) -> Any:  # noqa: ANN401
    z = sum(w[i] * s.Rational(str(x)) for i, x in enumerate([*X.tolist(), 1.0]))
    half = s.Rational(1, 2) if factor is None else factor
    return half * (logistic(s, z) - s.Rational(str(T[0].item()))) ** 2


WEIGHTS = ((0.5, 0.25, 0.5, -0.1, 0.3),)
PERCEPTRON = Claim(
    perceptron_error,
    lambda w: perceptron_delta(w) * torch.cat([X, X.new_ones(1)]),
    WEIGHTS,
    exact_perceptron,
)
PERCEPTRON_BIAS = Claim(
    lambda b: perceptron_error(torch.cat([W[0], b[None]])),
    lambda b: perceptron_delta(torch.cat([W[0], b[None]])),
    SCALARS,
    lambda s, b: exact_perceptron(s, [*(s.Rational(str(w)) for w in W[0].tolist()), b]),
)
ERROR_OF_SUM = Claim(
    lambda z: half_square(torch.sigmoid(z), T[0]),
    lambda z: delta_of(torch.sigmoid(z), T[0]),
    SCALARS,
    lambda s, z: (logistic(s, z) - 1) ** 2 / 2,
)
SIGMOID = Claim(
    torch.sigmoid,
    lambda z: torch.sigmoid(z) * (1 - torch.sigmoid(z)),
    SCALARS,
    logistic,
)
ERROR_OF_SUMS = Claim(
    lambda z: half_square(torch.sigmoid(z), T),
    lambda z: delta_of(torch.sigmoid(z), T),
    ((0.3, -0.8, 1.2),),
    lambda s, z: squares(z.applyfunc(lambda v: logistic(s, v)) - matrix(s, T)) / 2,
)
ONE_LAYER = Claim(
    lambda w: half_square(torch.sigmoid(w @ X), T),
    lambda w: torch.outer(delta_of(torch.sigmoid(w @ X), T), X),
    (W.tolist(),),
    lambda s, w: squares(layer(s, w, matrix(s, X)) - matrix(s, T)) / 2,
)
ONE_LAYER_INPUT = Claim(
    lambda x: half_square(torch.sigmoid(W @ x), T),
    lambda x: W.T @ delta_of(torch.sigmoid(W @ x), T),
    (X.tolist(),),
    lambda s, x: squares(layer(s, matrix(s, W), x) - matrix(s, T)) / 2,
)
BATCH_LAYER = Claim(
    lambda w: half_square(torch.sigmoid(BATCH @ w.T), TARGETS),
    lambda w: delta_of(torch.sigmoid(BATCH @ w.T), TARGETS).T @ BATCH,
    (W.tolist(),),
    lambda s, w: squares(layer(s, w, matrix(s, BATCH.T)) - matrix(s, TARGETS.T)) / 2,
)


def upper(h: Tensor) -> Tensor:
    """The second layer of two, and its error."""
    return half_square(torch.sigmoid(W2 @ h), T2)


def two_layers(w1: Tensor) -> Tensor:
    return upper(torch.sigmoid(w1 @ X))


def two_layer_deltas(h: Tensor) -> tuple[Tensor, Tensor]:
    second = delta_of(torch.sigmoid(W2 @ h), T2)
    return (W2.T @ second) * h * (1 - h), second


def exact_two_layers(s: Any, w1: Any) -> Any:  # noqa: ANN401
    hidden = layer(s, w1, matrix(s, X))
    return squares(layer(s, matrix(s, W2), hidden) - matrix(s, T2)) / 2


def exact_upper(s: Any, h: Any) -> Any:  # noqa: ANN401
    return squares(layer(s, matrix(s, W2), h) - matrix(s, T2)) / 2


H = torch.sigmoid(W @ X)
HIDDEN_SUMS = (0.4, -0.7, 1.1)
HIDDEN_ERROR = Claim(
    lambda z: upper(torch.sigmoid(z)),
    lambda z: two_layer_deltas(torch.sigmoid(z))[0],
    (HIDDEN_SUMS,),
    lambda s, z: exact_upper(s, z.applyfunc(lambda v: logistic(s, v))),
)
OUTPUT_ERROR = Claim(
    lambda z: half_square(torch.sigmoid(z), T2),
    lambda z: delta_of(torch.sigmoid(z), T2),
    ((0.3, -0.8),),
    lambda s, z: squares(z.applyfunc(lambda v: logistic(s, v)) - matrix(s, T2)) / 2,
)
SECOND_WEIGHTS = Claim(
    lambda w: half_square(torch.sigmoid(w @ X[:3]), T2),
    lambda w: torch.outer(delta_of(torch.sigmoid(w @ X[:3]), T2), X[:3]),
    (W2.tolist(),),
    lambda s, w: squares(layer(s, w, matrix(s, X[:3])) - matrix(s, T2)) / 2,
)
FIRST_WEIGHTS = Claim(
    two_layers,
    lambda w: torch.outer(two_layer_deltas(torch.sigmoid(w @ X))[0], X),
    (W.tolist(),),
    exact_two_layers,
)


def by_three_layers(z: Tensor) -> Tensor:
    """E of the sums of the first of three layers."""
    o2 = torch.sigmoid(W2 @ torch.sigmoid(z))
    return half_square(torch.sigmoid(W3 @ o2), T2)


def delta_through_three_layers(z: Tensor) -> Tensor:
    o1 = torch.sigmoid(z)
    o2 = torch.sigmoid(W2 @ o1)
    delta = delta_of(torch.sigmoid(W3 @ o2), T2)
    for weight, o in ((W3, o2), (W2, o1)):
        delta = (weight.T @ delta) * o * (1 - o)
    return delta


def exact_three_layers(s: Any, z: Any) -> Any:  # noqa: ANN401
    o1 = z.applyfunc(lambda v: logistic(s, v))
    o2 = layer(s, matrix(s, W2), o1)
    return squares(layer(s, matrix(s, W3), o2) - matrix(s, T2)) / 2


def batch_in_two_layers(w1: Tensor) -> Tensor:
    hidden = torch.sigmoid(BATCH @ w1.T)
    return half_square(torch.sigmoid(hidden @ W2.T), TARGETS2)


def batch_gradient(w1: Tensor) -> Tensor:
    hidden = torch.sigmoid(BATCH @ w1.T)
    d2 = delta_of(torch.sigmoid(hidden @ W2.T), TARGETS2)
    d1 = (d2 @ W2) * hidden * (1 - hidden)
    return d1.T @ BATCH


def exact_batch(s: Any, w1: Any) -> Any:  # noqa: ANN401
    hidden = layer(s, w1, matrix(s, BATCH.T))
    return squares(layer(s, matrix(s, W2), hidden) - matrix(s, TARGETS2.T)) / 2


def of_line(w: Tensor) -> Tensor:
    """C(w): the mean squared error of y = wx for three points."""
    return ((w * ONE_WEIGHT_X - ONE_WEIGHT_Y) ** 2).mean()


MEAN_OF_LINE = Claim(
    of_line,
    lambda w: (2 * ONE_WEIGHT_X * (w * ONE_WEIGHT_X - ONE_WEIGHT_Y)).sum() / 3,
    SCALARS,
    lambda s, w: sum((w * x - 2 * x) ** 2 for x in (1, 2, 3)) / s.Integer(3),
)
ONE_SAMPLE = Claim(
    lambda w: (w * 3.0 - 6.0) ** 2,
    lambda w: 2 * (w * 3.0 - 6.0) * 3.0,
    SCALARS,
    lambda _, w: (3 * w - 6) ** 2,
)
ROOT_CLAIM = Claim(
    torch.sqrt, lambda x: 1 / (2 * torch.sqrt(x)), POSITIVE, lambda s, x: s.sqrt(x)
)
LOGARITHM = Claim(torch.log, lambda x: 1 / x, POSITIVE, lambda s, x: s.log(x))
RELU = Claim(
    torch.relu,
    lambda x: (x > 0).double(),
    SCALARS,
    lambda s, x: s.Piecewise((0, x < 0), (x, True)),
)

TANH = Claim(
    torch.tanh, lambda x: 1 - torch.tanh(x) ** 2, SCALARS, lambda s, x: s.tanh(x)
)
SOFTPLUS = Claim(
    lambda x: torch.log(1 + torch.exp(x)),
    torch.sigmoid,
    SCALARS,
    lambda s, x: s.log(1 + s.exp(x)),
)
SILU = Claim(
    lambda x: x * torch.sigmoid(x),
    lambda x: torch.sigmoid(x) * (1 + x * (1 - torch.sigmoid(x))),
    SCALARS,
    lambda s, x: x * logistic(s, x),
)


def recurrent(h: Tensor) -> Tensor:
    """h₅ of hₜ = tanh(w hₜ₋₁), with w = 1.5."""
    for _ in range(5):
        h = torch.tanh(1.5 * h)
    return h


def recurrent_slope(h: Tensor) -> Tensor:
    """∏ w (1 - hₜ²)."""
    product = torch.ones_like(h)
    for _ in range(5):
        h = torch.tanh(1.5 * h)
        product = product * 1.5 * (1 - h**2)
    return product


def exact_recurrent(s: Any, h: Any) -> Any:  # noqa: ANN401
    for _ in range(5):
        h = s.tanh(s.Rational(3, 2) * h)
    return h


def line_error(theta: Tensor) -> Tensor:
    """L of ŷ = wx + b at three points."""
    return ((theta[0] * LINE_X + theta[1] - LINE_Y) ** 2).mean()


def line_gradient(theta: Tensor) -> Tensor:
    rest = theta[0] * LINE_X + theta[1] - LINE_Y
    return torch.stack([2 / 3 * (rest * LINE_X).sum(), 2 / 3 * rest.sum()])


def exact_line_error(s: Any, theta: Any) -> Any:  # noqa: ANN401
    pairs = zip(exact_numbers(s, LINE_X), exact_numbers(s, LINE_Y), strict=True)
    return squares([theta[0] * x + theta[1] - y for x, y in pairs]) / s.Integer(3)


def exact_numbers(s: Any, values: Tensor) -> list[Any]:  # noqa: ANN401
    return [s.Rational(str(value)) for value in values.tolist()]


LINE_X, LINE_Y = doubles(1.0, -0.5, 2.0), doubles(0.5, 1.0, -2.0)
LINE = Claim(line_error, line_gradient, ((0.7, -0.2),), exact_line_error)
DESIGN = doubles([1.0, 0.5, 0.25], [1.0, 2.0, 4.0], [1.0, -1.0, 1.0], [1.0, 0.0, 0.0])
HEIGHTS = doubles(1.0, -0.5, 2.0, 0.25)
QUADRATIC = doubles([13.0, 12.0], [12.0, 13.0])


def himmelblau(p: Tensor) -> Tensor:
    x, y = p[0], p[1]
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def himmelblau_gradient(p: Tensor) -> Tensor:
    x, y = p[0], p[1]
    return torch.stack(
        [
            4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
            2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
        ]
    )


def exact_himmelblau(_: Any, p: Any) -> Any:  # noqa: ANN401
    return (p[0] ** 2 + p[1] - 11) ** 2 + (p[0] + p[1] ** 2 - 7) ** 2


HIMMELBLAU = Claim(
    himmelblau, himmelblau_gradient, ((1.0, 2.0), (-3.5, 0.4)), exact_himmelblau
)


def normal_density(x: Tensor) -> Tensor:
    density: Tensor = torch.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)
    return density


ONE_HOT = doubles(0.0, 1.0, 0.0)
CROSS_ENTROPY = Claim(
    lambda a: -(ONE_HOT * torch.log_softmax(a, 0)).sum(),
    lambda a: torch.softmax(a, 0) - ONE_HOT,
    SCORES,
    lambda s, a: -s.log(exact_softmax(s, a)[1]),
)

DERIVATIVES: dict[str, list[Claim]] = {
    # activations/compare
    r"\sigma(x) = \frac{1}{1 + e^{-x}} -> \sigma(x) \, (1 - \sigma(x))": [SIGMOID],
    r"\tanh(x) -> 1 - \tanh^2(x)": [TANH],
    r"\max(0, x) -> 1 for x > 0, else 0": [RELU],
    r"\max(0.1 \, x, x) -> 1 for x > 0, else 0.1": [
        Claim(
            lambda x: torch.maximum(0.1 * x, x),
            lambda x: torch.where(x > 0, 1.0, 0.1).double(),
            SCALARS,
            lambda s, x: s.Piecewise((x, x > 0), (x / 10, True)),
        )
    ],
    r"\log (1 + e^x) -> \sigma(x)": [SOFTPLUS],
    r"x \, \sigma(x) -> \sigma(x) \, (1 + x \, (1 - \sigma(x)))": [SILU],
    r"h_k = f(h_{k-1}), \qquad \frac{\partial h_{10}}{\partial h_0} = "
    r"f'(h_0) \, f'(h_1) \cdots f'(h_9)": [
        Claim(ten_times_tanh, ten_slopes, SCALARS, exact_ten_times_tanh)
    ],
    # activations/relu
    r"\operatorname{ReLU}'(x) = \begin{cases} 0 & x < 0 \\ 1 & x > 0 \end{cases}": [
        RELU
    ],
    r"\max(0, x) + \min(0, e^x - 1) -> \min(1, e^x)": [
        Claim(
            lambda x: torch.clamp(x, min=0) + torch.clamp(torch.exp(x) - 1, max=0),
            lambda x: torch.clamp(torch.exp(x), max=1),
            SCALARS,
            lambda s, x: s.Piecewise((x, x > 0), (s.exp(x) - 1, True)),
        )
    ],
    r"\ln(1 + e^x) -> \sigma(x)": [SOFTPLUS],
    r"x\,\sigma(x) -> \sigma(x)\,(1 + x\,(1 - \sigma(x)))": [SILU],
    r"x\,\Phi(x) -> \Phi(x) + x\,\varphi(x)": [
        Claim(
            torch.nn.functional.gelu,
            lambda x: torch.special.ndtr(x) + x * normal_density(x),
            SCALARS,
            lambda s, x: x * (1 + s.erf(x / s.sqrt(2))) / 2,
        )
    ],
    # activations/sigmoid
    r"\sigma'(x) = \frac{e^{-x}}{(1 + e^{-x})^2} = "
    r"\sigma(x)\,\bigl(1 - \sigma(x)\bigr)": [
        SIGMOID,
        Claim(
            torch.sigmoid,
            lambda x: torch.exp(-x) / (1 + torch.exp(-x)) ** 2,
            SCALARS,
            logistic,
        ),
    ],
    # activations/tanh
    r"\tanh'(x) = 1 - \tanh^2(x)": [TANH],
    r"\tanh'(x) = 4\,\sigma'(2x)": [
        Claim(
            torch.tanh,
            lambda x: 4 * torch.sigmoid(2 * x) * (1 - torch.sigmoid(2 * x)),
            SCALARS,
            lambda s, x: s.tanh(x),
        )
    ],
    r"\frac{\partial h_n}{\partial h_0} = \prod_{t=1}^{n} w\,\bigl(1 - h_t^2\bigr)": [
        Claim(recurrent, recurrent_slope, SCALARS, exact_recurrent)
    ],
    # activations/softmax
    r"\frac{\partial p_i}{\partial a_j} = \begin{cases} p_i \, (1 - p_i) & i = j \\ "
    r"-p_i \, p_j & i \ne j \end{cases}": [
        Claim(softmax, softmax_by_cases, SCORES, exact_softmax)
    ],
    r"\frac{\partial p_i}{\partial a_j} = p_i \, (\delta_{ij} - p_j), \qquad "
    r"J = \operatorname{diag}(p) - p\,p^\top": [
        Claim(softmax, softmax_by_delta, SCORES, exact_softmax),
        Claim(softmax, softmax_as_matrix, SCORES, exact_softmax),
    ],
    r"J^\top v = p \odot (v - v^\top p)": [
        Claim(
            lambda a: V @ torch.softmax(a, 0),
            vector_times_softmax,
            SCORES,
            lambda s, a: sum(
                s.Rational(str(v)) * p
                for v, p in zip(V.tolist(), exact_softmax(s, a), strict=True)
            ),
        )
    ],
    r"\frac{\partial \log\, p_i}{\partial a_j} = \delta_{ij} - p_j": [
        Claim(
            lambda a: torch.log_softmax(a, 0),
            lambda a: eye_like(a) - torch.softmax(a, 0)[None, :],
            SCORES,
            lambda s, a: [s.log(p) for p in exact_softmax(s, a)],
        )
    ],
    # autograd/chain-rule
    r"\frac{dz}{dx} = \frac{dz}{dy} \cdot \frac{dy}{dx}": [
        Claim(
            lambda x: (3 * x + 1) ** 2,
            lambda x: 2 * (3 * x + 1) * 3,
            SCALARS,
            lambda _, x: (3 * x + 1) ** 2,
        )
    ],
    r"\frac{d}{dx} \sin(x^2) = \cos(x^2) \cdot 2x": [
        Claim(
            lambda x: torch.sin(x**2),
            lambda x: torch.cos(x**2) * 2 * x,
            SCALARS,
            lambda s, x: s.sin(x**2),
        )
    ],
    r"\frac{\partial y_2}{\partial w_1} = \frac{\partial y_2}{\partial y_1} \cdot "
    r"\frac{\partial y_1}{\partial w_1} = w_2 \cdot x": [
        Claim(
            lambda w1: 2.0 * (w1 * 3.0 + 1.0) + 0.5,
            constant(2.0 * 3.0),
            SCALARS,
            lambda s, w1: 2 * (w1 * 3 + 1) + s.Rational(1, 2),
        )
    ],
    r"\frac{\partial z}{\partial s} = \frac{\partial z}{\partial x} \cdot "
    r"\frac{\partial x}{\partial s} + \frac{\partial z}{\partial y} \cdot "
    r"\frac{\partial y}{\partial s}": [
        Claim(
            lambda s: s**2 * torch.sin(s),
            lambda s: torch.sin(s) * 2 * s + s**2 * torch.cos(s),
            (0.7, -1.3),
            lambda m, s: s**2 * m.sin(s),
        )
    ],
    r"\frac{\partial C}{\partial z} = \sigma'(z) \left( w_3 "
    r"\frac{\partial C}{\partial z'} + w_4 \frac{\partial C}{\partial z''} \right)": [
        Claim(
            neuron,
            neuron_slope,
            SCALARS,
            lambda s, z: (
                (logistic(s, z) / 2) ** 2 + s.exp(-s.Rational(3, 2) * logistic(s, z))
            ),
        )
    ],
    r"\frac{\partial C}{\partial w_1} = x_1 \frac{\partial C}{\partial z}": [
        Claim(
            lambda w: neuron(w @ X[:2]),
            lambda w: X[:2] * neuron_slope(w @ X[:2]),
            ((0.3, -0.6),),
            None,
        )
    ],
    r"\partial C / \partial W_{jk} = \sum_i X_{ij}\, \partial C / \partial Z_{ik}": [
        Claim(
            mean_square,
            lambda w: torch.stack(
                [
                    sum(
                        row[j] * slope
                        for row, slope in zip(
                            torch.cat([BATCH, BATCH.new_ones(2, 1)], 1),
                            2 * (affine(w) - TARGETS[:, 0]) / 2,
                            strict=True,
                        )
                    )
                    for j in range(5)
                ]
            ),
            WEIGHTS,
        )
    ],
    r"\frac{\partial C}{\partial W} = X^\top \frac{\partial C}{\partial Z}": [
        Claim(
            mean_square,
            lambda w: (
                torch.cat([BATCH, BATCH.new_ones(2, 1)], 1).T
                @ (2 * (affine(w) - TARGETS[:, 0]) / 2)
            ),
            WEIGHTS,
            lambda s, w: (
                squares(
                    matrix(s, BATCH) * w[:4, :]
                    + s.ones(2, 1) * w[4]
                    - matrix(s, TARGETS[:, 0])
                )
                / 2
            ),
        )
    ],
    # autograd/grad
    r"f = x^3, \qquad f' = 3x^2, \qquad f'' = 6x, \qquad f''' = 6": [
        Claim(lambda x: x**3, lambda x: 3 * x**2, SCALARS, lambda _, x: x**3),
        Claim(lambda x: 3 * x**2, lambda x: 6 * x, SCALARS, lambda _, x: 3 * x**2),
        Claim(lambda x: 6 * x, constant(6.0), SCALARS, lambda _, x: 6 * x),
    ],
    r"f = x_0^2 x_1 + x_1^3, \qquad H = \begin{pmatrix} 2x_1 & 2x_0 \\ 2x_0 & 6x_1 "
    r"\end{pmatrix}": [
        Claim(
            lambda x: torch.stack([2 * x[0] * x[1], x[0] ** 2 + 3 * x[1] ** 2]),
            hessian_of_example,
            ((2.0, 3.0), (-1.0, 0.5)),
            lambda s, x: [
                s.diff(x[0] ** 2 * x[1] + x[1] ** 3, each) for each in (x[0], x[1])
            ],
        )
    ],
    r"y + (y')^2 = x^3 + 9x^4": [
        Claim(lambda x: x**3, lambda x: 3 * x**2, SCALARS, lambda _, x: x**3),
        Claim(
            lambda x: x**3 + 9 * x**4,
            lambda x: 3 * x**2 + 36 * x**3,
            SCALARS,
            lambda _, x: x**3 + (3 * x**2) ** 2,
        ),
    ],
    # autograd/gradients
    r"f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}": [
        Claim(
            lambda x: 2 * x**2,
            lambda x: (2 * (x + 1e-7) ** 2 - 2 * x**2) / 1e-7,
            SCALARS,
            lambda _, x: 2 * x**2,
        )
    ],
    r"\frac{d}{dx}\,2x^2 = 4x": [
        Claim(lambda x: 2 * x**2, lambda x: 4 * x, SCALARS, lambda _, x: 2 * x**2)
    ],
    "a -> 0": [
        Claim(lambda x: 0 * x + 5, constant(0.0), SCALARS, lambda s, _: s.Integer(5))
    ],
    "a x -> a": [Claim(lambda x: 5 * x, constant(5.0), SCALARS, lambda _, x: 5 * x)],
    r"x^n -> n\,x^{n-1}": [
        Claim(lambda x: x**4, lambda x: 4 * x**3, SCALARS, lambda _, x: x**4)
    ],
    "1/x -> -1/x^2": [
        Claim(lambda x: 1 / x, lambda x: -1 / x**2, SCALARS, lambda _, x: 1 / x)
    ],
    r"\sqrt{x} -> 1/(2\sqrt{x})": [ROOT_CLAIM],
    r"a^x -> a^x \ln a": [
        Claim(
            lambda x: 3.0**x,
            lambda x: 3.0**x * torch.log(doubles(3.0)[0]),
            SCALARS,
            lambda _, x: 3**x,
        )
    ],
    "e^x -> e^x": [Claim(torch.exp, torch.exp, SCALARS, lambda s, x: s.exp(x))],
    r"\log_a x -> 1/(x \ln a)": [
        Claim(
            lambda x: torch.log(x) / torch.log(doubles(3.0)[0]),
            lambda x: 1 / (x * torch.log(doubles(3.0)[0])),
            POSITIVE,
            lambda s, x: s.log(x, 3),
        )
    ],
    r"\ln x -> 1/x": [LOGARITHM],
    r"\sin x -> \cos x": [Claim(torch.sin, torch.cos, SCALARS, lambda s, x: s.sin(x))],
    r"\cos x -> -\sin x": [
        Claim(torch.cos, lambda x: -torch.sin(x), SCALARS, lambda s, x: s.cos(x))
    ],
    r"\tan x -> 1/\cos^2 x": [
        Claim(
            torch.tan, lambda x: 1 / torch.cos(x) ** 2, SCALARS, lambda s, x: s.tan(x)
        )
    ],
    r"\frac{\partial f}{\partial x} = 2x + 3y, \qquad "
    r"\frac{\partial f}{\partial y} = 3x": [
        Claim(
            lambda p: p[0] ** 2 + 3 * p[0] * p[1],
            lambda p: torch.stack([2 * p[0] + 3 * p[1], 3 * p[0]]),
            ((2.0, 1.0), (-0.5, 0.3)),
            lambda _, p: p[0] ** 2 + 3 * p[0] * p[1],
        )
    ],
    r"\nabla f = \left( \frac{\partial f}{\partial x_1}, \dots, "
    r"\frac{\partial f}{\partial x_n} \right)": [BOWL],
    r"D_u f = \nabla f \cdot u": [
        Claim(
            lambda t: bowl(doubles(1.0, 2.0) + t * doubles(0.6, 0.8)),
            lambda t: (
                bowl_gradient(doubles(1.0, 2.0) + t * doubles(0.6, 0.8))
                @ doubles(0.6, 0.8)
            ),
            (0.0,),
            lambda s, t: (
                (1 + s.Rational(3, 5) * t) ** 2 + 3 * (2 + s.Rational(4, 5) * t) ** 2
            ),
        )
    ],
    # autograd/vectors
    r"J_{ij} = \frac{\partial y_i}{\partial x_j}": [POWERS],
    r"y = \begin{pmatrix} x_0 x_1 \\ x_0^2 \\ x_1^3 \end{pmatrix}, \qquad "
    r"J = \begin{pmatrix} x_1 & x_0 \\ 2x_0 & 0 \\ 0 & 3x_1^2 \end{pmatrix}": [POWERS],
    r"\frac{\partial}{\partial x} \sum_i v_i\, y_i = v^\top J": [
        Claim(
            lambda x: (V * powers(x)).sum(),
            lambda x: V @ jacobian_of_powers(x),
            ((2.0, 3.0), (-1.0, 0.5)),
            lambda s, x: s.Rational(1, 2) * x[0] * x[1] - x[0] ** 2 + 2 * x[1] ** 3,
        )
    ],
    # backprop/one-weight
    r"\frac{\partial e}{\partial w} = \frac{\partial e}{\partial \hat y} \cdot "
    r"\frac{\partial \hat y}{\partial w} = 2(wx - y) \cdot x": [ONE_SAMPLE],
    r"\frac{dC}{dw} = \frac{1}{3} \sum_{i=1}^{3} 2 x_i (w x_i - y_i)": [MEAN_OF_LINE],
    # backprop/perceptron
    r"\frac{\partial E}{\partial w_j} = \frac{dE}{do} \cdot \frac{do}{dz} \cdot "
    r"\frac{\partial z}{\partial w_j}": [PERCEPTRON],
    r"\frac{dE}{do} = o - t": [
        Claim(
            lambda o: half_square(o, T[0]),
            lambda o: o - T[0],
            SCALARS,
            lambda _, o: (o - 1) ** 2 / 2,
        )
    ],
    r"\frac{do}{dz} = o (1 - o)": [SIGMOID],
    r"\frac{\partial z}{\partial w_j} = x_j": [
        Claim(
            lambda w: w @ X,
            lambda _: X,
            (W[0].tolist(),),
            lambda s, w: (w.T * matrix(s, X))[0],
        )
    ],
    r"\delta = \frac{dE}{dz} = (o - t) \, o \, (1 - o)": [ERROR_OF_SUM],
    r"\delta = (o - t) \, o \, (1 - o)": [ERROR_OF_SUM],
    r"\frac{\partial E}{\partial w_j} = \delta \, x_j": [PERCEPTRON],
    r"\frac{\partial E}{\partial b} = \delta": [PERCEPTRON_BIAS],
    r"\frac{\partial}{\partial w_j} (o - t)^2 = 2 (o - t) \, o \, (1 - o) \, x_j": [
        Claim(
            lambda w: 2 * perceptron_error(w),
            lambda w: 2 * perceptron_delta(w) * torch.cat([X, X.new_ones(1)]),
            WEIGHTS,
            lambda s, w: exact_perceptron(s, w, 1),
        )
    ],
    # backprop/layer
    r"\delta_k = \frac{\partial E}{\partial z_k} = (o_k - t_k) \, o_k \, (1 - o_k)": [
        ERROR_OF_SUMS
    ],
    r"\delta_k = (o_k - t_k) \, o_k \, (1 - o_k)": [ERROR_OF_SUMS],
    r"\frac{\partial E}{\partial W_{kj}} = \delta_k x_j": [ONE_LAYER],
    r"\nabla_W E = \delta x^\top": [ONE_LAYER],
    r"\nabla_W E = \sum_n \delta_n x_n^\top = \Delta^\top X": [BATCH_LAYER],
    r"\frac{\partial}{\partial W_{kj}} \, \frac{1}{3} \sum_k (o_k - t_k)^2 = "
    r"\frac{2}{3} \delta_k x_j": [
        Claim(
            lambda w: ((torch.sigmoid(w @ X) - T) ** 2).mean(),
            lambda w: 2 / 3 * torch.outer(delta_of(torch.sigmoid(w @ X), T), X),
            (W.tolist(),),
            lambda s, w: squares(layer(s, w, matrix(s, X)) - matrix(s, T)) / 3,
        )
    ],
    r"\frac{\partial E}{\partial x_j} = \sum_k W_{kj} \delta_k, \quad "
    r"\nabla_x E = W^\top \delta": [ONE_LAYER_INPUT],
    # backprop/mlp
    r"\delta_2 = (o - t) \odot o \odot (1 - o), \quad "
    r"\nabla_{W_2} E = \delta_2 h^\top": [OUTPUT_ERROR, SECOND_WEIGHTS],
    r"\delta_2 = (o - t) \odot o \odot (1 - o)": [OUTPUT_ERROR],
    r"\frac{\partial E}{\partial h_j} = \sum_k W_{kj} \delta_k": [
        Claim(
            upper,
            lambda h: W2.T @ two_layer_deltas(h)[1],
            (HIDDEN_SUMS,),
            exact_upper,
        )
    ],
    r"\delta_j = h_j (1 - h_j) \sum_k W_{kj} \delta_k": [HIDDEN_ERROR],
    r"\delta_1 = (W_2^\top \delta_2) \odot h \odot (1 - h)": [HIDDEN_ERROR],
    r"\nabla_{W_1} E = \delta_1 x^\top": [FIRST_WEIGHTS],
    r"\nabla_{b_1} E = \delta_1, \quad \nabla_{b_2} E = \delta_2": [
        # A bias is added to the sum, so its derivative is that of the sum.
        Claim(
            lambda b: upper(torch.sigmoid(W @ X + b)),
            lambda b: two_layer_deltas(torch.sigmoid(W @ X + b))[0],
            (HIDDEN_SUMS,),
            lambda s, b: exact_upper(
                s,
                (matrix(s, W) * matrix(s, X) + b).applyfunc(lambda v: logistic(s, v)),
            ),
        ),
        Claim(
            lambda b: half_square(torch.sigmoid(W2 @ X[:3] + b), T2),
            lambda b: delta_of(torch.sigmoid(W2 @ X[:3] + b), T2),
            ((0.3, -0.8),),
            lambda s, b: (
                squares(
                    (matrix(s, W2) * matrix(s, X[:3]) + b).applyfunc(
                        lambda v: logistic(s, v)
                    )
                    - matrix(s, T2)
                )
                / 2
            ),
        ),
    ],
    r"\delta_l = (W_{l+1}^\top \delta_{l+1}) \odot o_l \odot (1 - o_l)": [
        Claim(
            by_three_layers,
            delta_through_three_layers,
            (HIDDEN_SUMS,),
            exact_three_layers,
        )
    ],
    r"D_1 = (D_2 W_2) \odot H \odot (1 - H), \quad \nabla_{W_1} E = D_1^\top X": [
        Claim(batch_in_two_layers, batch_gradient, (W.tolist(),), exact_batch)
    ],
    # losses/cross-entropy
    r"L = -\sum_i y_i \, \log\, p_i, \qquad \frac{\partial L}{\partial a_j} = "
    r"p_j - y_j": [CROSS_ENTROPY],
    r"\frac{\partial L}{\partial a} = p - y": [
        Claim(
            lambda a: (
                -(
                    0.3 * torch.log(torch.sigmoid(a))
                    + 0.7 * torch.log(torch.sigmoid(-a))
                )
            ),
            lambda a: torch.sigmoid(a) - 0.3,
            SCALARS,
            lambda s, a: (
                -s.Rational(3, 10) * s.log(logistic(s, a))
                - s.Rational(7, 10) * s.log(1 - logistic(s, a))
            ),
        )
    ],
    # losses/mse
    r"\frac{\partial L}{\partial \hat y_i} = \frac{2}{n} (\hat y_i - y_i)": [
        Claim(
            lambda y: ((y - LINE_Y) ** 2).mean(),
            lambda y: 2 / 3 * (y - LINE_Y),
            (LINE_X.tolist(),),
            lambda s, y: squares(y - matrix(s, LINE_Y)) / s.Integer(3),
        )
    ],
    r"\frac{\partial L}{\partial \theta} = \frac{2}{n} \sum_{i=1}^{n} "
    r"(\hat y_i - y_i) \, \frac{\partial \hat y_i}{\partial \theta}": [LINE],
    r"\frac{\partial \hat y}{\partial b} = 1": [
        Claim(
            lambda b: 0.7 * 3 + b,
            constant(1.0),
            SCALARS,
            lambda s, b: s.Rational(7, 10) * 3 + b,
        )
    ],
    r"\frac{\partial \hat y}{\partial w} = x": [
        Claim(
            lambda w: w * 3 + 0.5,
            constant(3.0),
            SCALARS,
            lambda s, w: w * 3 + s.Rational(1, 2),
        )
    ],
    # optimise/gradient-descent
    r"f(x, y) = \frac{x^2 + 25 y^2}{2}, \qquad \nabla f = "
    r"\begin{pmatrix} x \\ 25 y \end{pmatrix}": [
        Claim(
            lambda p: (p[0] ** 2 + 25 * p[1] ** 2) / 2,
            lambda p: torch.stack([p[0], 25 * p[1]]),
            ((1.0, -0.5),),
            lambda _, p: (p[0] ** 2 + 25 * p[1] ** 2) / 2,
        )
    ],
    r"f(p) = \frac{1}{2} p^\top A p, \qquad \nabla f = A p, \qquad "
    r"A = \begin{pmatrix} 13 & 12 \\ 12 & 13 \end{pmatrix}": [
        Claim(
            lambda p: p @ QUADRATIC @ p / 2,
            lambda p: QUADRATIC @ p,
            ((1.0, -0.5),),
            lambda s, p: (p.T * matrix(s, QUADRATIC) * p)[0] / 2,
        )
    ],
    r"L(w) = \frac{1}{n} \sum_{i=1}^n (w x_i - y_i)^2, \qquad "
    r"\frac{\partial L}{\partial w} = \frac{1}{n} \sum_{i=1}^n 2 (w x_i - y_i) x_i": [
        MEAN_OF_LINE
    ],
    # optimise/himmelblau
    r"\frac{\partial f}{\partial x} = 4 x (x^2 + y - 11) + 2 (x + y^2 - 7)": [
        HIMMELBLAU
    ],
    r"\frac{\partial f}{\partial y} = 2 (x^2 + y - 11) + 4 y (x + y^2 - 7)": [
        HIMMELBLAU
    ],
    # regression/by-hand
    r"\frac{\partial L}{\partial w} = \frac{2}{n} \sum_{i=1}^n (\hat y_i - y_i)\, x_i, "
    r"\qquad \frac{\partial L}{\partial b} = \frac{2}{n} "
    r"\sum_{i=1}^n (\hat y_i - y_i)": [LINE],
    # regression/polynomial
    r"\nabla L = \frac{2}{n} X^\top (X \mathbf{w} - \mathbf{y})": [
        Claim(
            lambda w: ((DESIGN @ w - HEIGHTS) ** 2).mean(),
            lambda w: 2 / 4 * DESIGN.T @ (DESIGN @ w - HEIGHTS),
            ((0.5, -1.0, 0.75),),
            lambda s, w: (
                squares(matrix(s, DESIGN) * w - matrix(s, HEIGHTS)) / s.Integer(4)
            ),
        )
    ],
    # activations/subgradients
    r"\operatorname{relu}(x) = \max(0, x), \quad \operatorname{relu}'(x) = "
    r"\begin{cases} 0 & x < 0 \\ 1 & x > 0 \end{cases}": [RELU],
    r"\frac{d}{dx} |x| = \begin{cases} -1 & x < 0 \\ 1 & x > 0 \end{cases}": [
        Claim(
            torch.abs,
            lambda x: torch.where(x < 0, -1.0, 1.0).double(),
            SCALARS,
            lambda s, x: s.Abs(x),
        )
    ],
    r"\frac{d}{dx} \sqrt{x} = \frac{1}{2 \sqrt{x}}, \quad "
    r"\frac{d}{dx} \log x = \frac{1}{x}": [ROOT_CLAIM, LOGARITHM],
}

NOT_STATED: dict[str, str] = {
    "z' = w_3 a": "z' is the sum of the next neuron",
    "z'' = w_4 a": "z'' is that of the one after it",
    r"\theta_{t+1} = \theta_t - \alpha\, \nabla f(\theta_t)": "defines a step",
    r"\Delta p = -H^{-1} \nabla f": "defines Newton's step",
}
"""Formulas with the signs of a derivative and an equation that state none, and why."""

SIGNS = re.compile(
    r"""\\frac\{(?:\\partial|d)\b | \\frac\{d[a-zA-Z]\}\{d | \\nabla | '
    | \\delta(?:_\w+)?\ = | \bJ(?:_|\^|\s*=) | \bH\s*=
    | \\partial\b.*/\s*\\partial | \bd\w/d\w""",
    re.VERBOSE,
)


def states_derivative(formula: Formula) -> bool:
    """Whether a formula says what a derivative equals."""
    if formula.is_row:
        return True
    return bool(SIGNS.search(formula.tex)) and "=" in formula.tex


def unheld(page: str, known: Iterable[str]) -> list[Formula]:
    """The formulas of a page that state a derivative nobody checks."""
    return [
        formula
        for formula in formulas(page)
        if states_derivative(formula) and formula.tex not in known
    ]


ENGLISH = {page: (ROOT / "docs/en" / page).read_text("utf-8") for page in pages("en")}
CLAIMS = {
    f"{tex}#{number}": claim
    for tex, claims in DERIVATIVES.items()
    for number, claim in enumerate(claims, start=1)
}
EXACT = {name: claim for name, claim in CLAIMS.items() if claim.exact is not None}

each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
each_exact_claim = pytest.mark.parametrize("claim", EXACT.values(), ids=EXACT)


@each_claim
def test_autograd_agrees(claim: Claim) -> None:
    check(claim, "autograd")


@each_claim
def test_difference_quotients_agree(claim: Claim) -> None:
    check(claim, "differences")


@each_exact_claim
def test_the_exact_derivative_agrees(claim: Claim) -> None:
    check(claim, "sympy")


@pytest.mark.parametrize("page", ENGLISH)
def test_each_derivative_on_a_page_is_held(page: str) -> None:
    found = unheld(ENGLISH[page], {*DERIVATIVES, *NOT_STATED})
    missing = [f"docs/en/{page}:{each.line}: {each.tex}" for each in found]
    assert not missing, "\n".join(["not in DERIVATIVES:", *missing])


def test_each_entry_is_on_a_page() -> None:
    there = {each.tex for page in ENGLISH.values() for each in formulas(page)}
    unused = sorted({*DERIVATIVES, *NOT_STATED} - there)
    assert not unused, "\n".join(["on no page:", *unused])


# Each check bites ---------------------------------------------------------------------


WRONG = Claim(
    lambda x: torch.sin(x**2),
    lambda x: torch.cos(x**2) * x,  # without the 2
    SCALARS,
    lambda s, x: s.sin(x**2),
)


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_derivative_is_noticed(way: str) -> None:
    with pytest.raises(AssertionError, match="not close"):
        check(WRONG, way)


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_entry_of_a_matrix_is_noticed(way: str) -> None:
    wrong = Claim(softmax, lambda a: -softmax_as_matrix(a), SCORES, exact=exact_softmax)
    with pytest.raises(AssertionError, match="not close"):
        check(wrong, way)


@pytest.mark.parametrize("way", WAYS)
def test_a_transposed_jacobian_is_noticed(way: str) -> None:
    wrong = Claim(
        powers, lambda x: jacobian_of_powers(x).T, ((2.0, 3.0),), POWERS.exact
    )
    with pytest.raises(AssertionError, match="shape"):
        check(wrong, way)


def test_sympy_differentiates_the_same_function() -> None:
    other = Claim(torch.sin, torch.cos, SCALARS, lambda s, x: s.sin(x) + 1)
    with pytest.raises(AssertionError, match="not close"):
        check(other, "sympy")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("# A\n\n$$ \\frac{d}{dx} x^2 = 2x $$", (3, r"\frac{d}{dx} x^2 = 2x")),
        ("# A\n\n$$\n\\frac{dy}{dx}\n  = 1\n$$\n", (3, r"\frac{dy}{dx} = 1")),
        ("so $f'(x) = 1$ here", (1, "f'(x) = 1")),
        (r"so $\sigma'(0) = 1/4$", (1, r"\sigma'(0) = 1/4")),
        (r"- an item, $\nabla f = 0$", (1, r"\nabla f = 0")),
        (r"$\partial E / \partial w = x$", (1, r"\partial E / \partial w = x")),
        ("$dy/dx = 3$", (1, "dy/dx = 3")),
        ("the Jacobian $J = 1$", (1, "J = 1")),
        (r"$\delta_2 = o - t$", (1, r"\delta_2 = o - t")),
        (
            "|  | $f(x)$ | $f'(x)$ |\n|---|---|---|\n| `a` | $x^2$ | $2x$ or so |",
            (3, "x^2 -> 2x or so"),
        ),
    ],
)
def test_a_derivative_that_nobody_holds_is_found(
    page: str, found: tuple[int, str]
) -> None:
    assert [(each.line, each.tex) for each in unheld(page, ())] == [found]
    assert unheld(page, {found[1]}) == []


@pytest.mark.parametrize(
    "page",
    [
        "the derivative $f'(x)$",
        r"$\partial C / \partial z$ is known",
        r"$y = x^2$, $\delta_{ij}$, $\Delta = 1$",
        r"`$f'(x) = 1$`",
        "```text\n$f'(x) = 1$\n```",
        "costs $5 and doesn't = $6",
    ],
)
def test_what_states_no_derivative_needs_no_entry(page: str) -> None:
    assert unheld(page, ()) == []
