"""Rules of tensors/reshape."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.rule import rule

shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4)


@rule(shape=shapes, data=st.data())
def reshape_keeps_the_order(shape: list[int], data: st.DataObject) -> None:
    tensor = torch.arange(math.prod(shape)).reshape(shape)
    order = data.draw(st.permutations(range(len(shape))))
    permuted = tensor.permute(order)
    new = data.draw(st.sampled_from([(-1,), (1, -1), (-1, 1)]))
    assert permuted.reshape(new).flatten().tolist() == permuted.flatten().tolist()


@reshape_keeps_the_order.false("reshape keeps the order in memory")
def _(shape: list[int], data: st.DataObject) -> None:
    tensor = torch.arange(math.prod(shape)).reshape(shape)
    permuted = tensor.permute(data.draw(st.permutations(range(len(shape)))))
    assert permuted.reshape(-1).tolist() == list(range(tensor.numel()))
