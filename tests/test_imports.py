"""What has to be installed for what: pages need no torch, examples need no site."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.project import LIBRARY, ROOT

NOT_NEEDED_BY_EXAMPLES = (
    "bs4",
    "click",
    "hypothesis",
    "jieba",
    "markdown",
    "mkdocs",
    "polib",
    "yaml",
)


def python(code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("module", ["extensions.example", "downloads.markdown", "cli"])
def test_building_pages_imports_neither_torch_nor_a_lesson(module: str) -> None:
    done = python(
        f"import sys, example_docs.{module}\n"
        "print({'torch', 'numpy', 'torch_by_example'} & sys.modules.keys() or 'none')"
    )
    assert (done.stdout, done.stderr) == ("none\n", "")


def test_examples_need_nothing_of_the_site() -> None:
    example = next(iter(LIBRARY)).full_name
    done = python(
        "import sys, pytest\n"
        f"sys.modules.update(dict.fromkeys({NOT_NEEDED_BY_EXAMPLES}))\n"
        "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', "
        f"'tests/course/test_examples.py', '-k', {example!r}]))"
    )
    assert done.returncode == 0, done.stdout + done.stderr
