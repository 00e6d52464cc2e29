"""Rules of tensors/inspect."""

from __future__ import annotations

import math

import torch
from hypothesis import strategies as st
from tests.rule import rule

SPECIAL = [math.nan, math.inf, -math.inf]
any_float = st.one_of(st.sampled_from(SPECIAL), st.floats(-99, 99, width=32))
floats = st.lists(any_float, min_size=1, max_size=6)
finite = st.lists(st.floats(-99, 99, width=32), min_size=1, max_size=6)


@rule(floats=finite, precision=st.integers(0, 9), scientific=st.booleans())
def print_options_change_no_number(
    floats: list[float], precision: int, *, scientific: bool
) -> None:
    tensor = torch.tensor(floats)
    try:
        torch.set_printoptions(precision=precision, sci_mode=scientific)
        str(tensor)
    finally:
        torch.set_printoptions(profile="default")
    assert tensor.tolist() == floats


@print_options_change_no_number.false("what is printed is what is stored")
def _(floats: list[float], precision: int, *, scientific: bool) -> None:
    tensor = torch.tensor(floats[:1])
    try:
        torch.set_printoptions(precision=precision, sci_mode=scientific)
        shown = str(tensor)
    finally:
        torch.set_printoptions(profile="default")
    assert float(shown.removeprefix("tensor([").removesuffix("])")) == floats[0]


@rule(floats=floats)
def finite_is_neither_nan_nor_infinite(floats: list[float]) -> None:
    tensor = torch.tensor(floats)
    assert tensor.isfinite().tolist() == [math.isfinite(number) for number in floats]
    assert torch.equal(~tensor.isfinite(), tensor.isnan() | tensor.isinf())


@finite_is_neither_nan_nor_infinite.false("what is no nan is finite")
def _(floats: list[float]) -> None:
    tensor = torch.tensor(floats)
    assert torch.equal(tensor.isfinite(), ~tensor.isnan())


@rule(floats=finite, place=st.integers(0, 6))
def one_nan_spoils_every_reduction(floats: list[float], place: int) -> None:
    tensor = torch.tensor([*floats[:place], math.nan, *floats[place:]])
    for name in ("sum", "mean", "min", "max"):
        assert getattr(tensor, name)().isnan()
        assert getattr(torch.tensor(floats), name)().isfinite()


@one_nan_spoils_every_reduction.false("max leaves nan out")
def _(floats: list[float], place: int) -> None:
    tensor = torch.tensor([*floats[:place], math.nan, *floats[place:]])
    assert tensor.max() == max(floats)


@one_nan_spoils_every_reduction.false("one infinity does so as well")
def _(floats: list[float], place: int) -> None:
    tensor = torch.tensor([*floats[:place], math.inf, *floats[place:]])
    assert not any(
        getattr(tensor, name)().isfinite() for name in ("sum", "mean", "min", "max")
    )


dtypes = st.sampled_from([torch.float16, torch.bfloat16, torch.float32, torch.float64])


@rule(floats=floats, dtype=dtypes)
def nan_to_num_leaves_finite_numbers(floats: list[float], dtype: torch.dtype) -> None:
    tensor = torch.tensor(floats, dtype=dtype)
    replaced = tensor.nan_to_num()
    kept = tensor.isfinite()
    assert torch.equal(replaced[kept], tensor[kept])
    assert (replaced[tensor.isnan()] == 0).all()
    limits = torch.finfo(dtype)
    assert (replaced[tensor == math.inf] == limits.max).all()
    assert (replaced[tensor == -math.inf] == limits.min).all()


@nan_to_num_leaves_finite_numbers.false("infinity becomes zero")
def _(floats: list[float], dtype: torch.dtype) -> None:
    tensor = torch.tensor(floats, dtype=dtype)
    assert (tensor.nan_to_num()[tensor.isinf()] == 0).all()


@nan_to_num_leaves_finite_numbers.false("its square is finite")
def _(floats: list[float], dtype: torch.dtype) -> None:
    assert torch.tensor(floats, dtype=dtype).nan_to_num().square().isfinite().all()


shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)


@rule(shape=shapes, dtype=dtypes | st.sampled_from([torch.bool, torch.int64]))
def nbytes_is_elements_times_bytes(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    tensor = torch.zeros(shape, dtype=dtype)
    assert tensor.nbytes == math.prod(shape) * dtype.itemsize
    assert tensor.element_size() == dtype.itemsize
    assert tensor.untyped_storage().nbytes() == tensor.nbytes


@nbytes_is_elements_times_bytes.false("a slice holds as much as it shows")
def _(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    part = torch.zeros((4, *shape), dtype=dtype)[:1]
    assert part.untyped_storage().nbytes() == part.nbytes


@nbytes_is_elements_times_bytes.false("a bool takes one bit")
def _(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    del dtype
    tensor = torch.zeros(shape, dtype=torch.bool)
    assert tensor.nbytes == math.ceil(tensor.numel() / 8)


@rule(floats=floats)
def nan_is_equal_to_nothing(floats: list[float]) -> None:
    tensor = torch.tensor(floats)
    nan = torch.full_like(tensor, math.nan)
    assert not (nan == tensor).any()
    assert torch.equal(tensor.eq(tensor), ~tensor.isnan())
    assert torch.equal(tensor, tensor.clone()) == (not tensor.isnan().any())
    assert torch.allclose(tensor, tensor.clone(), equal_nan=True)


@nan_is_equal_to_nothing.false("a tensor is equal to its copy")
def _(floats: list[float]) -> None:
    tensor = torch.tensor(floats)
    assert torch.equal(tensor, tensor.clone())


@nan_is_equal_to_nothing.false("infinity is equal to nothing, too")
def _(floats: list[float]) -> None:
    tensor = torch.tensor([*floats, math.inf])
    assert not tensor.eq(tensor).all()
