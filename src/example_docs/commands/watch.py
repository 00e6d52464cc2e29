"""Do something again whenever an author saves a file."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

from watchdog.events import (
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from example_docs.project import Project

SETTLE = 0.2
"""Seconds to wait after a change: editors write a file in several steps."""

_CHANGES = {
    EVENT_TYPE_CREATED,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_MOVED,
}
_KINDS = (".md", ".po", ".py", ".yml")


class _Saved(FileSystemEventHandler):
    """Notes that a file an author writes has changed."""

    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take what changes a file, and leave what only reads it."""
        names = (str(event.src_path), str(event.dest_path))
        if event.event_type in _CHANGES and any(n.endswith(_KINDS) for n in names):
            self.changed.set()


def repeat(project: Project, check: Callable[[], object]) -> NoReturn:
    """Call a function now and after each change of a file, until Ctrl-C.

    Args:
        project: The project, whose lessons, pages and tests are watched.
        check: What is done; it finds the lessons' modules not yet imported.
    """
    changed = threading.Event()
    observer = Observer()
    for folder in _folders(project):
        observer.schedule(_Saved(changed), str(folder), recursive=True)
    observer.start()
    try:
        while True:
            changed.clear()
            _forget(project.lessons.package)
            check()
            sys.stdout.write("Waiting for the next change; Ctrl-C ends.\n\n")
            sys.stdout.flush()
            # A time, so that Ctrl-C ends it on Windows too.
            while not changed.wait(timeout=1):
                pass
            time.sleep(SETTLE)
    finally:
        observer.stop()
        observer.join()


def _folders(project: Project) -> list[Path]:
    """The folders of what an author writes, none of them within another."""
    settings = project.settings
    files = [settings.glossary, settings.translations, settings.search]
    folders = {settings.source, settings.rules, *project.folders}
    folders |= {path.parent for path in files}
    folders |= {path.parent for path in settings.catalogues}
    return [
        folder
        for folder in sorted(folders)
        if folder.is_dir() and not folders.intersection(folder.parents)
    ]


def _forget(package: str) -> None:
    """Let the modules of a package be imported anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]
