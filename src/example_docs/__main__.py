"""Run the ``example-docs`` command: ``python -m example_docs``."""

import sys

from example_docs.cli import main

if __name__ == "__main__":
    sys.exit(main())
