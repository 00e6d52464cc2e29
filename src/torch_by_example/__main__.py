"""Compare what the examples print here with their pages."""

import sys

from example_docs.anywhere.book import Book
from example_docs.anywhere.cli import main as verify

BOOK = Book("torch_by_example", "torch-by-example", {"en": "", "zh": "zh"})


def main() -> int:
    """Run the command; the process exits with what it returns."""
    return verify(BOOK)


if __name__ == "__main__":
    sys.exit(main())
