"""A small book of one lesson that is all right, for tests that spoil it."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import sys
import textwrap
from typing import TYPE_CHECKING

from tests.project import configure

from example_docs.commands.languages import translated
from example_docs.project import Project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

LESSON = '''
"""Small sums."""

import torch


def sum_of_two() -> None:
    """A sum of two elements.

    >>> sum_of_two()
    tensor(3)
    """
    # Both are integers.
    print(torch.tensor([1, 2]).sum())


def product_of_two() -> None:
    """A product of two elements.

    >>> product_of_two()
    tensor(2)
    """
    print(torch.tensor([1, 2]).prod())
'''

ENGLISH = """
---
title: Small sums
description: Add and multiply two elements of a tensor, and see what comes of it.
---

# Small sums { #sums }

Two elements make a sum.

::example basics.sums:sum_of_two

Both are integers, and so is `sum`. See [products](#products).

## Products { #products }

![A plus sign](plus.svg)

::example basics.sums:product_of_two

Each `prod` is a product.
"""

CHINESE = """
---
title: 小小的和
description: 把张量的两个元素相加、相乘，看看结果是什么，类型又是什么。
---

# 小小的和 { #sums }

两个元素相加，得到和。

::example basics.sums:sum_of_two

两个都是整数，`sum` 也是。见[乘积](#products)。

## 乘积 { #products }

![加号](plus.svg)

::example basics.sums:product_of_two

`prod` 就是乘积。
"""

CATALOGUE = """
#
msgid ""
msgstr ""
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

msgid "Small sums."
msgstr "小小的和。"

msgid "A sum of two elements."
msgstr "两个元素之和。"

msgid "Both are integers."
msgstr "两个都是整数。"

msgid "A product of two elements."
msgstr "两个元素之积。"
"""

CONFIGURATION = """
site_name: Sums
docs_dir: docs/{language}
theme: mkdocs
nav:
  - Basics:
      - Small sums: basics/sums.md
plugins: []
markdown_extensions:
  attr_list: {{}}
  pymdownx.arithmatex:
    generic: true
  example_docs:
    language: {language}
    formulas: true
"""

GLOSSARY = """
- en: sum
  zh: 和
  means_en: What adding gives.
  means_zh: 相加的结果。
  banned: [总合]
"""

FILES = {
    "src/torch_by_example/__init__.py": "",
    "src/torch_by_example/basics/__init__.py": "",
    "src/torch_by_example/basics/sums.py": LESSON,
    "docs/en/basics/sums.md": ENGLISH,
    "docs/zh/basics/sums.md": CHINESE,
    "docs/en/basics/plus.svg": "<svg/>",
    "docs/zh/basics/plus.svg": "<svg/>",
    "docs/zh/code.po": CATALOGUE,
    "docs/glossary.yml": GLOSSARY,
    "mkdocs.yml": CONFIGURATION.format(language="en"),
    "mkdocs.zh.yml": CONFIGURATION.format(language="zh"),
}
"""The files of the book, each with an empty line before its text."""


def make_book(root: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write the book into a folder, work there, and import its lessons from there."""
    for name, text in FILES.items():
        put(root / name, text.removeprefix("\n"))
    configure(root)
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root / "src"))
    for name in [n for n in sys.modules if n.partition(".")[0] == "torch_by_example"]:
        monkeypatch.delitem(sys.modules, name)
    importlib.invalidate_caches()
    project = Project(root)
    read_together(project)
    return project


def read_together(project: Project) -> None:
    """Record both pages as read side by side."""
    with contextlib.redirect_stdout(io.StringIO()):
        translated.run(project, argparse.Namespace(pages=[], check=False))


def put(path: Path, text: str) -> None:
    """Write a text file with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8", newline="\n")
