"""What the stand-in has to do as CUDA does it, operator by operator."""

from __future__ import annotations

import copy
import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from tests.project import ROOT
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its name everywhere

from example_docs.errors import ExampleError
from example_docs.project import Project
from example_docs.verify.pytorch import devices, prepare
from example_docs.verify.recording import recorded
from example_docs.verify.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDIN = torch.ops.standin


@pytest.fixture(autouse=True)
def default_device() -> Iterator[None]:
    with torch.device("cuda"):
        yield


def test_the_device_shows() -> None:
    x = torch.ones(2)
    assert x.is_cuda
    assert x.type() == "torch.cuda.FloatTensor"
    assert repr(x) == "tensor([1., 1.], device='cuda:0')"
    assert devices() == ["cpu", "cuda"]
    assert torch.cuda.is_available()
    assert torch.cuda.device_count() == 1


def test_uninitialised_memory_is_nan() -> None:
    assert torch.empty(3).isnan().all()


def test_memory_is_shared_by_views() -> None:
    x = torch.zeros(2, 3)
    x.T[0, 1] = 1
    x.view(-1)[0] += 2
    assert x.tolist() == [[2, 0, 0], [1, 0, 0]]
    assert x.T.data_ptr() == x.data_ptr()
    assert x.T.stride() == (1, 3)
    assert x[1:].storage_offset() == 3


def test_out_is_resized() -> None:
    out = torch.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.add(torch.ones(2, 2), 1, out=out)
    assert out.tolist() == [[2, 2], [2, 2]]


def test_storage_can_be_set() -> None:
    x, y = torch.arange(4.0), torch.empty(0)
    y.set_(x.untyped_storage(), 1, (2,), (2,))
    y += 10
    assert x.tolist() == [0, 11, 2, 13]
    y.set_()  # type: ignore[call-overload]
    assert y.numel() == 0


def test_tensors_move() -> None:
    x = torch.arange(3.0)
    assert x.to("cuda") is x
    assert x.cpu().device.type == "cpu"
    assert x.cpu().cuda().tolist() == x.tolist()
    assert not torch.from_numpy(np.ones(2)).is_cuda


def test_a_number_on_the_cpu_may_meet_the_device() -> None:
    assert (torch.ones(2) * torch.tensor(2.0, device="cpu")).tolist() == [2, 2]
    assert torch.arange(3)[torch.tensor([0, 2], device="cpu")].tolist() == [0, 2]


def test_the_generator_is_another_one() -> None:
    torch.manual_seed(0)
    first = torch.rand(3)
    assert torch.rand(3).tolist() != first.tolist()
    torch.manual_seed(0)
    assert torch.rand(3).tolist() == first.tolist()
    assert torch.rand(3, device="cpu").tolist() != first.tolist()
    made = torch.Generator("cuda").manual_seed(0)
    assert torch.rand(3, generator=made).tolist() == first.tolist()
    state = torch.cuda.get_rng_state()
    second = torch.rand(3)
    torch.cuda.set_rng_state(state)
    assert torch.rand(3).tolist() == second.tolist()


def test_the_device_leaves_the_numbers_of_the_cpu_alone() -> None:
    torch.manual_seed(0)
    expected = torch.rand(3, device="cpu").tolist()
    torch.manual_seed(0)
    F.dropout(torch.ones(100))
    assert torch.rand(3, device="cpu").tolist() == expected


def test_dropout_has_the_node_of_cuda() -> None:
    y = F.dropout(torch.ones(4, requires_grad=True))
    assert y.grad_fn is not None
    assert y.grad_fn.name() == "NativeDropoutBackward0"


def test_gradients() -> None:
    x = torch.arange(1.0, 4, requires_grad=True)
    (gradient,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(gradient.sum(), x)
    assert second.tolist() == [6, 12, 18]
    assert second.is_cuda
    jacobian: Any = torch.func.jacrev(torch.sin)(x)
    assert jacobian.shape == (3, 3)
    assert torch.autograd.gradcheck(torch.tanh, x.double())


@pytest.mark.parametrize(
    ("module", "shape"),
    [
        (nn.Conv2d(1, 1, 3), (1, 1, 4, 4)),
        (nn.BatchNorm1d(2), (3, 2)),
        (nn.TransformerEncoderLayer(4, 2, batch_first=True), (1, 3, 4)),
        (nn.Embedding(3, 2), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_layers(module: nn.Module, shape: tuple[int, ...] | None) -> None:
    x = torch.tensor([0, 2]) if shape is None else torch.ones(shape)
    y = copy.deepcopy(module).to("cuda")(x)
    y.sum().backward()
    assert y.is_cuda


def test_saved_tensors_come_back_to_the_device() -> None:
    file = io.BytesIO()
    torch.save({"w": torch.ones(2)}, file)
    file.seek(0)
    assert torch.load(file)["w"].is_cuda


def test_autocast_halves() -> None:
    with torch.autocast("cuda"):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float16


def test_programs_are_compiled() -> None:
    compiled = torch.compile(lambda x: x * 2 + 1, backend="eager")
    assert compiled(torch.ones(2)).tolist() == [3, 3]


def test_layouts_that_it_does_not_know_are_refused() -> None:
    with pytest.raises(NotImplementedError):
        torch.ones(4).to_sparse()


def test_an_assert_ends_the_device() -> None:
    with pytest.raises(torch.AcceleratorError, match="device-side assert"):
        torch.ones(3)[torch.tensor([7])]
    with pytest.raises(torch.AcceleratorError, match="device-side assert"):
        torch.ones(1)
    (event,) = STANDIN.events()
    assert event.startswith("device-side assert in index: index 7 is out of bounds")
    assert STANDIN.heal()
    assert torch.ones(1).item() == 1


def first_kernel_multiplies() -> None:
    """Begin a backward pass with a product of matrices."""
    x = torch.ones(2, 2, requires_grad=True)
    (x @ torch.ones(2, 2)).backward(torch.ones(2, 2))


def test_a_backward_thread_without_a_context_is_told() -> None:
    STANDIN.forget_contexts()
    first_kernel_multiplies()
    assert [event.partition(":")[0] for event in STANDIN.events()] == [
        "cuBLAS without a context"
    ]
    first_kernel_multiplies()
    assert STANDIN.events() == []


def test_running_an_example_gives_the_thread_its_context() -> None:
    from example_docs.verify.pytorch import warm_up  # noqa: PLC0415 - by name, to be reset

    warm_up.cache_clear()
    STANDIN.forget_contexts()
    assert run(first_kernel_multiplies, "cuda", prepare=prepare).exception is None
    assert STANDIN.events() == []


def test_nothing_is_recorded_on_it() -> None:
    project = Project(ROOT)
    with pytest.raises(ExampleError, match="nothing is recorded"):
        recorded(project.lessons, "cuda", project.settings.records, project.root)
