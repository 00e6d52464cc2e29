"""Mistakes that run on a CPU and would not on CUDA: the rehearsal notices each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch import nn
from torch.nn import functional as F  # noqa: N812 - its name everywhere
from torch.utils.data import DataLoader, TensorDataset, random_split

from example_docs.verify.pytorch import prepare
from example_docs.verify.run import run
from example_docs.verify.verify import disagreement

if TYPE_CHECKING:
    from collections.abc import Callable

Mistake = tuple["Callable[[], object]", str]
MISTAKES: list[Mistake] = []

STANDIN = torch.ops.standin
ARRAY = np.array([1.0, 2.0], dtype=np.float32)
TWO_DEVICES = "Expected all tensors to be on the same device"
NO_ARRAY = "can't convert cuda:0 device type tensor to numpy"
ASSERT = "device-side assert triggered"


def noticed_by(words: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Plant a mistake, with words of the output or the event that gives it away."""

    def plant(mistake: Callable[[], object]) -> Callable[[], object]:
        MISTAKES.append((mistake, words))
        return mistake

    return plant


@noticed_by(TWO_DEVICES)
def array_not_moved() -> None:
    print(torch.from_numpy(ARRAY) + torch.ones(2))


@noticed_by("wrapper_CUDA_addmm")
def batch_not_moved_to_the_model() -> None:
    print(nn.Linear(2, 1)(torch.from_numpy(ARRAY).unsqueeze(0)).shape)


@noticed_by(TWO_DEVICES)
def target_not_moved() -> None:
    print(F.mse_loss(torch.ones(2), torch.from_numpy(ARRAY)))


@noticed_by(TWO_DEVICES)
def weights_loaded_to_the_cpu() -> None:
    file = io.BytesIO()
    torch.save(torch.ones(2), file)
    file.seek(0)
    print(torch.load(file, map_location="cpu") * torch.ones(2))


@noticed_by(TWO_DEVICES)
def tensor_of_the_old_constructor() -> None:
    print(torch.FloatTensor([1.0, 2.0]) + torch.ones(2))


@noticed_by(TWO_DEVICES)
def joined_across_devices() -> None:
    print(torch.cat([torch.from_numpy(ARRAY), torch.ones(2)]))


@noticed_by(TWO_DEVICES)
def chosen_by_a_mask_of_the_cpu() -> None:
    mask = torch.from_numpy(ARRAY > 1)
    print(torch.where(mask, torch.ones(2), torch.zeros(2)))


@noticed_by(TWO_DEVICES)
def result_written_to_the_cpu() -> None:
    out = torch.zeros(2, device="cpu")
    print(torch.add(torch.ones(2), 1, out=out))


@noticed_by(TWO_DEVICES)
def sum_kept_on_the_cpu() -> None:
    total = torch.zeros(2, device="cpu")
    total += torch.ones(2)
    print(total)


@noticed_by("indices should be either on cpu or on the same device")
def index_on_the_device() -> None:
    print(torch.from_numpy(ARRAY)[torch.tensor([0, 1])])


@noticed_by("indices should be either on cpu or on the same device")
def mask_on_the_device() -> None:
    print(torch.from_numpy(ARRAY)[torch.tensor([True, False])])


@noticed_by("wrapper_CUDA_gather")
def gathered_by_an_index_of_the_cpu() -> None:
    print(torch.ones(2).gather(0, torch.from_numpy(np.array([0]))))


@noticed_by(NO_ARRAY)
def array_of_a_tensor() -> None:
    print(torch.ones(2).numpy())


@noticed_by(NO_ARRAY)
def numpy_function_of_a_tensor() -> None:
    print(np.linalg.norm(torch.ones(2)))


@noticed_by(NO_ARRAY)
def tensor_in_a_figure() -> None:
    plt.plot(torch.ones(2))


@noticed_by(NO_ARRAY)
def tensor_for_scikit_learn() -> None:
    x = torch.arange(4.0).unsqueeze(1)
    print(LinearRegression().fit(x, 2 * x).coef_)


@noticed_by("Expected a 'cuda' device type for generator but found 'cpu'")
def generator_of_the_cpu() -> None:
    print(torch.rand(2, generator=torch.Generator().manual_seed(0)).shape)


@noticed_by("Expected a 'cuda' device type for generator but found 'cpu'")
def shuffle_by_a_generator_of_the_cpu() -> None:
    print(torch.randperm(5, generator=torch.Generator().manual_seed(0)).shape)


@noticed_by("Expected a 'cuda' device type for generator but found 'cpu'")
def loader_without_a_generator() -> None:
    loader = DataLoader(TensorDataset(torch.ones(4)), batch_size=2, shuffle=True)
    print(len(list(loader)))


@noticed_by("Expected a 'cuda' device type for generator but found 'cpu'")
def split_without_a_generator() -> None:
    parts = random_split(TensorDataset(torch.ones(4)), [3, 1])
    print([len(part) for part in parts])


@noticed_by("they differ by more than one")
def random_numbers_of_the_cpu() -> None:
    torch.manual_seed(0)
    print(torch.rand(2))


@noticed_by("not implemented for 'Long'")
def product_of_integers() -> None:
    print(torch.tensor([[1, 2]]) @ torch.tensor([[3], [4]]))


@noticed_by("other than `gels` is not supported on CUDA")
def driver_of_the_cpu() -> None:
    x = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    print(torch.linalg.lstsq(x, x[:, :1], driver="gelsd").solution.shape)


@noticed_by("torch.cuda.FloatTensor")
def type_with_the_device_in_its_name() -> None:
    print(torch.ones(2).type())


@noticed_by("cuda:0")
def name_of_the_device() -> None:
    print(torch.ones(2).device)


@noticed_by(ASSERT)
def index_out_of_range() -> None:
    try:
        print(torch.ones(3)[torch.tensor([7])])
    except IndexError:
        print("caught")


@noticed_by(ASSERT)
def class_out_of_range() -> None:
    try:
        F.cross_entropy(torch.zeros(1, 3), torch.tensor([3]))
    except IndexError:
        print("caught")


@noticed_by(ASSERT)
def probability_above_one() -> None:
    try:
        F.binary_cross_entropy(torch.tensor([2.0]), torch.tensor([1.0]))
    except RuntimeError as error:
        print(str(error).partition("\n")[0])


@noticed_by(ASSERT)
def work_after_an_assert() -> None:
    try:
        torch.ones(3)[torch.tensor([7])]
    except (IndexError, RuntimeError):
        print(torch.ones(1))


@noticed_by("integer division by zero")
def division_of_integers_by_zero() -> None:
    try:
        print(torch.tensor([1]) // torch.tensor([0]))
    except RuntimeError as error:
        print(error)


@pytest.mark.parametrize(
    ("mistake", "words"), [pytest.param(*m, id=m[0].__name__) for m in MISTAKES]
)
def test_mistake_is_noticed(mistake: Callable[[], object], words: str) -> None:
    on_cpu = run(mistake, "cpu", prepare=prepare)
    assert on_cpu.exception is None, "the mistake must not show on a CPU"
    found = run(mistake, "cuda", prepare=prepare)
    said = [disagreement(on_cpu, found) or "", found.text, *STANDIN.events()]
    assert any(said[::2]) or len(said) > 2
    assert words in "\n".join(said)


def test_there_are_many() -> None:
    assert len(MISTAKES) >= 20
