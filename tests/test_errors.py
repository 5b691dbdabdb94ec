"""What a message tells to type must work as it stands."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.errors import MissingExtraError
from tests.documents import ROOT


@pytest.mark.parametrize("extra", ["serve", "pdf", "spark"])
def test_a_missing_part_is_installed_from_this_checkout(
    extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name alone, pip would get another project of the package index."""
    for folder, place in ((ROOT, f".[{extra}]"), (tmp_path, f"{ROOT}[{extra}]")):
        monkeypatch.chdir(folder)
        command = shlex.split(MissingExtraError("it", extra).remedy)
        assert command[1:] == ["-m", "pip", "install", "-e", place]
        assert (folder / command[0]).samefile(sys.executable)
    monkeypatch.chdir(ROOT)
    command = shlex.split(MissingExtraError("it", extra).remedy)
    dry = [*command[:4], "--dry-run", "--no-deps", "--no-build-isolation", *command[4:]]
    done = subprocess.run(dry, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "does not provide the extra" not in done.stderr
