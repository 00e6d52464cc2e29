from __future__ import annotations

import html
import re

import pytest

from example_docs.extensions.highlighting import code_block, session

CODE = '''import torch

@torch.no_grad()
def loss(w: float, *, size=(2, 3)) -> float:  # why < this
    """Text."""
    for x in (1, 2.5):
        if x is not None and not w:
            print(f"{x:.2f} & {w}", [[1, 2], [3, 4]])
    return -w ** 2


class Net(torch.nn.Module):
    pass
'''


def spans(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<span class="(\w+)">([^<]*)</span>', code_block(text))


def test_the_text_is_the_code() -> None:
    assert html.unescape(re.sub("<[^>]*>", "", code_block(CODE))) == CODE


def test_a_block_is_what_the_theme_expects() -> None:
    block = code_block("x = 1\n")
    opening = '<div class="language-python highlight"><pre><code>'
    assert block == f'{opening}x = <span class="m">1</span>\n</code></pre></div>'


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("a.b = c[0]\n", [("m", "0")]),
        ("import numpy as np\n", [("k", "import"), ("nf", "numpy"), ("k", "as")]),
        ("for x in range(3): pass\n", "k k nb m k"),
        ("x is not None and not y\n", "k k k k"),
        ("f'{x}' # no\n", "s s c"),
        ("@decorated\ndef f(): ...\n", "nd k nf"),
        ("raise ValueError('no') from None\n", "k nf s k"),
    ],
)
def test_only_what_has_a_colour_is_an_element(
    code: str, found: str | list[tuple[str, str]]
) -> None:
    got = spans(code)
    if isinstance(found, str):
        assert " ".join(name for name, _ in got) == found
    else:
        assert got[: len(found)] == found


def test_neighbours_of_one_colour_are_one_element() -> None:
    assert spans('x = "a\\n{b}"\n') == [("s", '"a\\n{b}"')]


def test_a_session_has_prompts_output_and_code() -> None:
    block = session(">>> f(1)\n<3>\n>>> if x:\n...     y", "pycon", md=None)
    assert block == (
        '<div class="language-pycon highlight"><pre><code>'
        '<span class="go">&gt;&gt;&gt; </span>f(<span class="m">1</span>)\n'
        '<span class="go">&lt;3&gt;</span>\n'
        '<span class="go">&gt;&gt;&gt; </span><span class="k">if</span> x:\n'
        '<span class="go">... </span>    y\n'
        "</code></pre></div>"
    )
