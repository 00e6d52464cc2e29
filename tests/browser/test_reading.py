"""What a reader of the built site does: read, copy, search, switch the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser.checks import until
from tests.browser.site import FOLDERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEARCHES = {
    "en": {
        "no_grad": "autograd/control",
        "requires_grad_": "autograd/control",
        "zero_grad": "autograd/accumulate",
        "retain_graph": "autograd/chain-rule",
        "arange": "tensors/create",
        "linspace": "tensors/create",
        "manual_seed": "tensors/create",
        "from_numpy": "tensors/numpy",
        "matmul": "tensors/arithmetic",
        "keepdim": "tensors/reduce",
        "argmax": "tensors/reduce",
        "gather": "tensors/index",
        "unsqueeze": "tensors/reshape",
        "permute": "tensors/reshape",
        "contiguous": "tensors/reshape",
        "torch.stack": "tensors/join",
        "chunk": "tensors/join",
        "gradcheck": "autograd/extend",
        "log_softmax": "activations/softmax",
        "DataLoader": "regression/linear",
        "broadcasting": "tensors/arithmetic",
        "boolean mask": "tensors/index",
        "integer division": "tensors/dtypes",
        "stride": "tensors/reshape",
        "jacobian": "autograd/vectors",
        "hessian": "autograd/grad",
        "chain rule": "autograd/chain-rule",
        "leaf tensor": "autograd/control",
        "learning rate": "autograd/descent",
        "vanishing gradient": "activations/sigmoid",
        "subgradient": "backprop/subgradients",
        "error term": "backprop/perceptron",
        "softmax": "activations/softmax",
        "cross-entropy": "losses/cross-entropy",
        "outliers": "losses/mse",
        "momentum": "optimise/gradient-descent",
        "saddle point": "optimise/himmelblau",
        "overfitting": "regression/polynomial",
        "virtual environment": "start/install",
        "default device": "start/devices",
    },
    "zh": {
        "no_grad": "autograd/control",
        "zero_grad": "autograd/accumulate",
        "requires_grad_": "autograd/control",
        "retain_graph": "autograd/chain-rule",
        "张量": "tensors/create",
        "标量": "tensors/create",
        "随机种子": "tensors/create",
        "共享内存": "tensors/numpy",
        "数据类型": "tensors/dtypes",
        "整数除法": "tensors/dtypes",
        "广播": "tensors/arithmetic",
        "矩阵乘法": "tensors/arithmetic",
        "求平均": "tensors/reduce",
        "切片": "tensors/index",
        "掩码": "tensors/index",
        "视图": "tensors/index",
        "步长": "tensors/reshape",
        "转置": "tensors/reshape",
        "拼接": "tensors/join",
        "自动求导": "start/what-is-pytorch",
        "方向导数": "autograd/gradients",
        "梯度累加": "autograd/gradients",
        "雅可比矩阵": "autograd/vectors",
        "雅可": "autograd/vectors",
        "黑塞矩阵": "autograd/grad",
        "链式法则": "autograd/chain-rule",
        "叶子张量": "autograd/control",
        "学习率": "autograd/descent",
        "梯度消失": "activations/sigmoid",
        "报错": "autograd/pitfalls",
        "感知机": "backprop/perceptron",
        "误差项": "backprop/perceptron",
        "次梯度": "backprop/subgradients",
        "饱和": "activations/sigmoid",
        "交叉熵": "losses/cross-entropy",
        "均方误差": "losses/mse",
        "离群值": "losses/mse",
        "动量": "optimise/gradient-descent",
        "鞍点": "optimise/himmelblau",
        "过拟合": "regression/polynomial",
        "残差": "regression/checks",
        "虚拟环境": "start/install",
        "安装": "start/install",
    },
}


# How many there are it says above those that it shows, ten at first.
ARE_SHOWN = """() => {
  const said = document.querySelector(".md-search-result__meta").textContent
  const shown = document.querySelectorAll(".md-search-result__item").length
  return /No|没有/.test(said) || shown >= Math.min(parseInt(said.match(/\\d+/)), 10)
}"""
IS_EMPTY = """() => {
  const said = document.querySelector(".md-search-result__meta").textContent
  return /Type|键入/.test(said) && !document.querySelector(".md-search-result__item")
}"""


@pytest.mark.parametrize("language", FOLDERS)
def test_search_finds_the_page(page: Page, address: str, language: str) -> None:
    missed = {}
    own = f"{address}/{FOLDERS[language]}"
    page.goto(own)
    box = page.locator("[data-md-component=search-query]")
    box.click()
    for query, expected in SEARCHES[language].items():
        # What was found before is gone first, so that nothing is mistaken for it.
        box.fill("")
        page.keyboard.press("Shift")  # Material looks when a key is released
        until(page, IS_EMPTY)
        page.keyboard.insert_text(query)
        page.keyboard.press("Shift")
        until(page, ARE_SHOWN)
        links = page.locator(".md-search-result__item > a").evaluate_all(
            "found => found.slice(0, 8).map(link => link.href)"
        )
        found = list(
            dict.fromkeys(link.partition("?")[0].partition("#")[0] for link in links)
        )
        # An index page stands at the address of its folder.
        wanted = f"{own}{expected}/".replace("/index/", "/")
        if wanted not in found[:2] or not all(link.startswith(own) for link in found):
            missed[query] = found
    assert not missed


def test_the_language_switch_keeps_the_place(page: Page, address: str) -> None:
    page.goto(f"{address}/autograd/gradients/")
    page.locator("#directional-derivative").evaluate("e => e.scrollIntoView()")
    page.locator(".language-switch").click()
    page.wait_for_url(re.compile(r"/zh/autograd/gradients/#(dir|slope-along-a-dir)"))
    page.locator(".parallel-switch").click()
    page.wait_for_url(re.compile(r"/gradients/parallel/#(dir|slope-along-a-dir)"))
    page.locator(".language-switch").click()
    page.wait_for_url(re.compile(r"/autograd/gradients/#(dir|slope-along-a-dir)"))


@pytest.mark.parametrize(
    ("locale", "place", "line"),
    [
        ("zh-CN", "tensors/create/", ["本页有中文版。"]),
        ("en-GB", "zh/tensors/create/", ["This page is also available in English."]),
        ("en-GB", "tensors/create/", []),
        ("fr-FR", "tensors/create/", []),
    ],
)
def test_a_first_visitor_is_told_once(
    browser: Browser, address: str, locale: str, place: str, line: list[str]
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{address}/{place}")
    assert page.locator(".language-suggestion a").all_inner_texts() == line
    page.reload()
    assert page.locator(".language-suggestion").count() == 0
    context.close()


def test_a_page_reads_well_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/zh/tensors/create/")
    assert page.locator(".example").count() > 20
    assert page.locator(".example-output pre").first.is_visible()
    page.locator(".language-switch").click()
    assert page.url == f"{address}/tensors/create/"
    context.close()
