"""`python3 -m stack.clean`: removes the data of `make run` and all caches. Standard library only."""

import shutil
import sys
from pathlib import Path

from stack.errors import StackError
from stack.locks import DirectoryLock
from stack.place import remove_place

ROOT = Path(__file__).resolve().parent.parent
_CACHES = (
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "staticfiles",
)
# A lock that is removed while it is held would let a second holder in.
_LOCKS = {"lock", "bootstrap.lock"}


def clean(root: Path) -> None:
    """Remove data and caches of the checkout in `root`; its environment stays.

    Raises StackError while something runs there.
    """
    data = root / ".run"
    locks = [DirectoryLock(data, what="Rondje"), DirectoryLock(data / "services", what="The servers")]
    try:
        for lock in locks:
            lock.take()
        for postgres in (data / "postgres", data / "services" / "postgres"):
            remove_place(postgres)
        _empty(data)
    finally:
        for lock in locks:
            lock.release()
    for name in _CACHES:
        shutil.rmtree(root / name, ignore_errors=True)
    for directory in root.iterdir():
        if directory.is_dir() and directory.name not in {".venv", ".git"}:
            for cache in [*directory.rglob("__pycache__")]:
                shutil.rmtree(cache, ignore_errors=True)


def _empty(data: Path) -> None:
    for path in data.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in _LOCKS:
            path.unlink()


if __name__ == "__main__":
    try:
        clean(ROOT)
    except StackError as error:
        sys.exit(str(error))
    print("Removed the data of 'make run' and all caches.")
