"""Outputs that hang by a thread: examples that rounding elsewhere could change.

Processors and builds of PyTorch round sums, products of matrices and functions such as
``exp`` differently, by about one unit in the last place (ulp). So an example runs while
each such result is moved up or down by one ulp, at random. Where the output then
differs by more than the comparer permits, its shown digits, its text form (scientific
or not), a comparison, a step count or the choice between near ties hangs on rounding:
the example passes here by luck. Imports torch.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from example_docs.verify.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from example_docs.code.library import Example
    from example_docs.verify.verify import Verdict

SEEDS = (1, 2, 3)
"""Three times up or down: an edge is missed only if it is missed three times."""

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "without vector instructions, on one thread": {
        "ATEN_CPU_CAPABILITY": "default",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    },
}
"""Other ways of this very machine, which round differently."""

_EXACT_BITS = {torch.float32: (torch.int32, 12), torch.float64: (torch.int64, 29)}
"""By dtype: the integers of the same size, and how many last bits of a short number
are 0. A number as short as 0.5 or 12 was not rounded, and is moved by nobody."""

_MULTIPLIER, _HIGH = 2654435761, 31
"""Multiplying by 2**32 over the golden ratio mixes bits; the 31st is as good as any
(Knuth, The Art of Computer Programming, volume 3, section 6.4)."""

_NAMES = """
acos acosh addbmm addcdiv addcmul addmm addmv addr asin asinh atan atan2 atanh baddbmm
binary_cross_entropy binary_cross_entropy_with_logits bmm celu convolution cos cosh
cumprod cumsum digamma dist dot einsum elu erf erfc erfinv exp exp2 expm1 gelu
huber_loss lerp lgamma linalg_cross linalg_det linalg_eig linalg_eigh linalg_inv_ex
linalg_lstsq linalg_qr linalg_solve_ex linalg_svd linalg_vector_norm linear log log10
log1p log2 log_sigmoid log_sigmoid_forward log_softmax logaddexp logcumsumexp logit
logsumexp matmul mean mish mm mse_loss mv native_batch_norm native_group_norm
native_layer_norm nll_loss_forward norm pow prod rsqrt selu sigmoid silu
sin sinh smooth_l1_loss softmax softplus std std_mean sum tan tanh trace var var_mean
vdot xlogy
"""
_ROUNDED = frozenset(_NAMES.split())
"""What rounds differently from one processor to another. Addition, multiplication,
division and the square root of single numbers are the same on all (IEEE 754)."""


class Noise(TorchDispatchMode):
    """Moves each result that was rounded by one ulp, up or down.

    Equal numbers are moved alike, and so are a number and its negative: one machine
    rounds the same thing in the same way, and odd functions stay odd.

    Args:
        seed: Chooses which numbers go up and which go down.
    """

    def __init__(self, seed: int) -> None:
        """Keep the seed; the example's own generators are left alone."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.seed = seed

    def __torch_dispatch__(
        self,
        func: Any,  # noqa: ANN401 - torch's own
        types: Any,  # noqa: ANN401
        args: Any = (),  # noqa: ANN401
        kwargs: Any = None,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Compute, then move."""
        result = func(*args, **(kwargs or {}))
        if _is_rounded(func.overloadpacket.__name__):
            for leaf in tree_leaves(result):
                if isinstance(leaf, torch.Tensor):
                    self._move(leaf)
        return result

    def _move(self, tensor: torch.Tensor) -> None:
        """Add or subtract one in the last place, unless the number is a short one."""
        if tensor.dtype not in _EXACT_BITS or tensor.layout != torch.strided:
            return
        integers, zeros = _EXACT_BITS[tensor.dtype]
        bits = tensor.view(integers)
        last = bits & ((1 << zeros) - 1)
        is_moved = (last != 0) & tensor.isfinite()
        mixed = (last.to(torch.int64) + self.seed) * _MULTIPLIER
        signs = ((mixed >> _HIGH) & 1) * 2 - 1
        bits.add_((signs * is_moved).to(integers))


def _is_rounded(name: str) -> bool:
    plain = name.strip("_").removesuffix("_backward").removesuffix("_backward_data")
    return plain in _ROUNDED


@dataclass(frozen=True)
class Edge:
    """An example whose output hangs on rounding.

    Attributes:
        verdict: What came of it there.
        cause: What was different.
    """

    verdict: Verdict
    cause: str

    def __str__(self) -> str:
        """The place, the difference, and both outputs."""
        verdict = self.verdict
        example = verdict.example
        message = f"{example.name}() hangs on rounding, {self.cause}"
        return (
            f"{example.error(message)}: {verdict.complaint}\n"
            f"--- promised\n{verdict.promised.text}\n--- found\n{verdict.found.text}\n"
        )


def shaken(example: Example, seed: int) -> Verdict:
    """Run an example on the CPU with moved results and hold its promise to that."""
    return verify(example, around=lambda: Noise(seed))


def edges(examples: Iterable[Example], seeds: Sequence[int] = SEEDS) -> Iterator[Edge]:
    """The examples that moving by one ulp changes; the first seed that does so."""
    for example in examples:
        for seed in seeds:
            verdict = shaken(example, seed)
            if verdict.complaint is not None:
                yield Edge(verdict, f"moved by one ulp (seed {seed})")
                break


def elsewhere(root: Path, names: Sequence[str]) -> Iterator[str]:
    """What differs where this machine works in other ways, one process each.

    Args:
        root: The project's folder.
        names: Lessons or examples; all, if there are none.

    Returns:
        For each way in which something differs: what differs, for a person to read.
    """
    command = [sys.executable, "-m", "example_docs", "--root", str(root.absolute())]
    for cause, variables in ENVIRONMENTS.items():
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "accept", "--check", *names],
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            yield f"{cause}:\n{done.stdout}{done.stderr}"
