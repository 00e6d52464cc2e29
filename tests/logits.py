"""Logits and class numbers, as the rules of several lessons draw them."""

from __future__ import annotations

import torch
from hypothesis import strategies as st

seeds = st.integers(0, 2**32 - 1)
rows = st.integers(1, 6)
classes = st.integers(2, 7)
places = st.lists(st.integers(1, 3), max_size=2)


def batch(
    seed: int, rows: int, classes: int, places: list[int]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw logits, shape (rows, classes, …), and class numbers, shape (rows, …)."""
    torch.manual_seed(seed)
    logits = 3 * torch.randn(rows, classes, *places, dtype=torch.float64)
    return logits, torch.randint(classes, (rows, *places))


def each(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Return minus the logarithm of the probability of each target."""
    p = torch.softmax(logits, dim=1)
    return -torch.log(p.gather(1, target.unsqueeze(1)).squeeze(1))
