"""Functions that cannot be shown."""

from sample_lessons.numbers import lost


def no_promise() -> None:
    """Promise nothing."""
    print(1)


def empty_promise() -> None:
    """Print, and promise nothing.

    >>> empty_promise()
    """
    print(1)


def silent() -> None:
    """Neither print nor promise.

    >>> silent()
    """


def needs(size: int) -> None:
    """Need a size.

    >>> needs()
    1
    """
    print(size)


def helper_is_lost() -> None:
    """Use a helper that is not there.

    >>> helper_is_lost()
    1
    """
    print(lost())


def no_translation() -> None:
    """Hold a comment that nobody translated.

    >>> no_translation()
    1
    """
    # only English
    print(1)
