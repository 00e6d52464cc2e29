"""Search answers what people ask: tasks, messages that they paste, shapes, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import until
from tests.browser.site import FOLDERS
from tests.browser.test_reading import ARE_SHOWN, IS_EMPTY

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST = 3
"""How many results people look at."""

SHARE = 0.95
"""The part of all questions whose answer must be among them."""

QUESTIONS = {
    "en": {
        "RuntimeError: Trying to backward through the graph a second time": (
            "autograd/pitfalls"
        ),
        '"backward through the graph a second time"': "autograd/pitfalls",
        "element 0 of tensors does not require grad and does not have a grad_fn": (
            "autograd/pitfalls"
        ),
        "mat1 and mat2 shapes cannot be multiplied (64x10 and 20x5)": (
            "tensors/arithmetic",
            "backprop/layer",
        ),
        "view size is not compatible with input tensor's size and stride": (
            "tensors/reshape"
        ),
        "shape '[4, 2]' is invalid for input of size 6": "tensors/reshape",
        "Expected all tensors to be on the same device, but found at least two": (
            "start/devices"
        ),
        "a leaf Variable that requires grad is being used in an in-place operation": (
            "autograd/control",
            "autograd/pitfalls",
        ),
        "grad can be implicitly created only for scalar outputs": (
            "autograd/pitfalls",
            "autograd/vectors",
        ),
        "how do I freeze a layer": "autograd/accumulate",
        "how to get a number out of a tensor": ("tensors/numpy", "tensors/create"),
        "why is my gradient None": "autograd/pitfalls",
        "what does keepdim do": "tensors/reduce",
        "how do I choose the learning rate": ("autograd/descent", "regression/checks"),
        "add a dimension to a tensor": "tensors/reshape",
        "swap two dimensions": "tensors/reshape",
        "same random numbers every time": "tensors/create",
        "convert numpy array to tensor": "tensors/numpy",
        "move a model to the gpu": "start/devices",
        "install pytorch without cuda": "start/install",
        "difference between stack and cat": "tensors/join",
        "integer division": "tensors/dtypes",
        "dying relu": "activations/relu",
        "is my model overfitting": ("regression/polynomial", "regression/checks"),
        "derivative of the sigmoid": "activations/sigmoid",
        "newton's method": ("optimise/himmelblau", "autograd/grad"),
    },
    "zh": {
        "unsqueeze": "tensors/reshape",
        "permute": "tensors/reshape",
        "arange": "tensors/create",
        "linspace": "tensors/create",
        "DataLoader": "regression/linear",
        "reshape": "tensors/reshape",
        "transpose": "tensors/reshape",
        "softmax": "activations/softmax",
        "detach": "autograd/control",
        "RuntimeError: Trying to backward through the graph a second time": (
            "autograd/pitfalls"
        ),
        "怎么冻结一层": "autograd/accumulate",
        "学习率太大会怎样": ("autograd/descent", "regression/checks"),
        "为什么梯度是 None": "autograd/pitfalls",
        "张量转 numpy": "tensors/numpy",
        "如何安装 PyTorch": "start/install",
        "矩阵乘法": "tensors/arithmetic",
        "增加一个维度": "tensors/reshape",
        "随机种子": "tensors/create",
        "梯度消失": "activations/sigmoid",
        "过拟合": ("regression/polynomial", "regression/checks"),
    },
}


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_is_answered_among_the_first(
    page: Page, address: str, language: str
) -> None:
    own = f"{address}/{FOLDERS[language]}"
    page.goto(own)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    missed = {}
    for question, pages in QUESTIONS[language].items():
        box.fill("")
        until(page, IS_EMPTY)
        box.fill(question)  # as a mouse pastes it: no key is pressed
        until(page, ARE_SHOWN)
        links = page.locator(".md-search-result__item > a").evaluate_all(
            "found => found.map(link => link.pathname)"
        )
        found = list(dict.fromkeys(links))[:FIRST]
        wanted = (pages,) if isinstance(pages, str) else pages
        places = {f"/{FOLDERS[language]}{page}/" for page in wanted}
        if not places & set(found):
            missed[question] = found
    answered = 1 - len(missed) / len(QUESTIONS[language])
    assert answered >= SHARE, missed


def test_what_little_words_leave_is_searched_for(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.fill("how to do it")  # nothing but such words: then they are looked for
    until(page, ARE_SHOWN)
    assert page.locator(".md-search-result__meta").inner_text()
