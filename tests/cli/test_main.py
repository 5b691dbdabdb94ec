"""The command line itself: fast, clear about errors, and with the documented exit codes."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kgraph.cli import COMMANDS, LazyGroup, cli, main
from kgraph.cli.terminal import safe
from kgraph.errors import KgraphError

HEAVY = ("rich", "pyarrow", "networkx", "rdflib", "pyoxigraph", "duckdb", "numpy", "nupunkt", "requests")


def test_every_command_can_be_imported_and_explains_itself() -> None:
    assert isinstance(cli, LazyGroup)
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert "Example" in (command.help or ""), f"{name} --help shows no example"


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from kgraph.cli import main; main(['--help']); print(sys.modules.keys() & set(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_help_is_fast() -> None:
    def once() -> float:
        """Seconds of the processor, whatever else the machine does."""
        before = os.times()
        subprocess.run([sys.executable, "-m", "kgraph", "--help"], capture_output=True, check=True)
        after = os.times()
        return after.children_user - before.children_user + after.children_system - before.children_system

    assert min(once() for _ in range(3)) < 0.3


@pytest.mark.parametrize("arguments", [["buidl"], ["build", "--nonsense"], ["show"], ["build", "--jobs", "0"]])
def test_usage_errors_are_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage: kgraph" in err


def test_help_and_version_are_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert main(["build", "--help"]) == 0
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("kgraph ")


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            KgraphError("went wrong", where="page.txt, line 3", remedy="mend it"),
            1,
            "page.txt, line 3: went wrong (mend it)",
        ),
        (PermissionError(13, "Permission denied", "file.txt"), 1, "file.txt: Permission denied"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("no\x1b"), 1, r"internal error: ZeroDivisionError: no\x1b"),
    ],
)
def test_errors_become_one_line(
    error: BaseException,
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    command = click.Command("broken", callback=fail)
    monkeypatch.setattr(LazyGroup, "get_command", lambda *_: command)
    assert main(["broken"]) == code
    err = capsys.readouterr().err.strip()
    assert err.startswith(f"kgraph: {message}")
    assert "\n" not in err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--debug", "show", "x", "--graph", "nowhere"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_has_enough_ends_us_quietly() -> None:
    script = f"set -o pipefail; {sys.executable} -m kgraph extract | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("{")


def test_safe_text() -> None:
    assert safe("plain é 🧪 text") == "plain é 🧪 text"
    assert safe("\x1b[31m\x07\n\u202e\x9b") == r"\x1b[31m\x07\n\u202e\x9b"
    assert safe("\ud800") == r"\ud800"


@pytest.mark.parametrize("mapping", ["foo=name", "title"])
def test_a_mapping_of_nothing_is_a_usage_error(mapping: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "x.csv", "--map", mapping]) == 2
    assert "Invalid value for '--map'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["buidl"], "Did you mean build?"),
        (["dif"], "Did you mean diff?"),
        (["ext"], "Did you mean extract?"),
        (["foo"], ""),
        (["build", "--stirct"], "Did you mean --strict?"),
        (["build", "--min-conf", "1"], "Did you mean --min-confidence?"),
        (["build", "--bogus"], ""),
        (["build", "--xyz"], ""),
    ],
)
def test_only_what_is_near_is_suggested(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert (meant in said) if meant else "Did you mean" not in said


def test_names_in_examples_are_in_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-q", "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    assert main(["show", "--help"]) == 0
    examples = [
        line.split()[2:] for line in capsys.readouterr().out.splitlines() if line.startswith("    kgraph show ")
    ]
    assert len(examples) > 2
    for example in examples:
        words = shlex.split(" ".join(example).split("  ")[0], comments=True)
        assert main(["show", *words, "--graph", str(tmp_path / "out")]) == 0, words


def test_numbers_agree_with_their_nouns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(json.dumps({"title": "Zorbl: Fast Serving", "abstract": "We present Zorbl."}) + "\n")
    assert main(["build", "in.jsonl", "-o", "out"]) == 0
    assert main(["rebuild", "-o", "out"]) == 0
    assert main(["check", "--graph", "out"]) == 0
    out, err = capsys.readouterr()
    assert "1 record of 1 paper\n" in out
    assert "nothing changed: 1 source is as it was\n" in out
    assert not re.search(r"\b1 (?!introduces|is\b)\w+s\b", out + err), out + err


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of one paper, with a character that only Unicode has."""
    folder = tmp_path_factory.mktemp("small")
    row = {"title": "Zorbl: 中 Serving", "abstract": "We present Zorbl, which is 2x faster than vLLM on an A100."}
    (folder / "in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["build", str(folder / "in.jsonl"), "-o", str(folder / "out"), "-q"]) == 0
    return folder / "out"


def kgraph(*arguments: str, shell: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = shlex.join([sys.executable, "-m", "kgraph", *arguments]) + shell
    return subprocess.run(["sh", "-c", command], capture_output=True, env=os.environ | variables)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_output_of_a_narrow_encoding_gets_what_is_nearest(small: Path, encoding: str) -> None:
    done = kgraph("show", "Zorbl", "--graph", str(small), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert "  ^ better than vLLM  2x speed" in text
    assert "Zorbl: \\u4e2d Serving" in text


@pytest.mark.parametrize("arguments", [["show", "Zorbl"], ["query", "overview"]])
def test_a_closed_output_is_no_crash(small: Path, arguments: list[str]) -> None:
    done = kgraph(*arguments, "--graph", str(small), shell=" >&-")
    assert done.returncode == 0
    assert b"internal error" not in done.stderr


def test_a_full_disk_is_named(small: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    done = kgraph("show", "Zorbl", "--graph", str(small), shell=" > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"kgraph: can't write or read: no space left on device\n"


@pytest.mark.parametrize("arguments", [["show", "vLLM", "--graph"], ["rebuild", "-o"], ["rank", "--graph"]])
def test_an_rdf_file_where_a_build_is_wanted(
    small: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, str(small / "graph.ttl")]) == 1
    assert "this is a file, and the folder of a build is wanted" in capsys.readouterr().err


def test_extract_reads_standard_input(small: Path) -> None:
    row = (small.parent / "in.jsonl").read_text(encoding="utf-8")
    command = [sys.executable, "-m", "kgraph", "extract", "-"]
    done = subprocess.run(command, input=f"{row}{{broken\n", capture_output=True, text=True)
    assert [json.loads(line)["title"] for line in done.stdout.splitlines()] == ["Zorbl: 中 Serving"]
    assert done.stderr.startswith("skipped standard input: line 2: not valid JSON: ")


def test_a_build_needs_sources_that_it_can_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-", "-o", str(tmp_path / "out")]) == 1
    assert "write it to a file first" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
