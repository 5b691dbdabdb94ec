"""Commands shown in Markdown files: found, run, and compared with the output shown.

A block fenced as `console` holds lines that begin with "$ " (a command for bash) and, below each, what it prints on
standard output; `python -m tests.documents README.md` writes the outputs anew. A block fenced as `sh` holds commands
alone, one fenced as `python` a script.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click

from kgraph.cli import cli
from kgraph.query.named import named

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SCRIPT = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command as a document shows it, with the output shown below it and the line it stands on."""

    command: str
    output: str
    line: int


def shown(text: str) -> list[Shown]:
    """Return the commands of all console blocks in `text`, in order."""
    found: list[Shown] = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start(1)) + 1
        command, output, at = "", "", 0
        for offset, row in enumerate(block.group(1).splitlines(keepends=True)):
            if row.startswith("$ "):
                if command:
                    found.append(Shown(command, output, at))
                command, output, at = row[2:].rstrip("\n"), "", line + offset
            else:
                output += row
        if command:
            found.append(Shown(command, output, at))
    return found


def commands(text: str) -> list[str]:
    """Return the commands of all sh blocks in `text`, without their comments."""
    lines = [line.split("  #")[0].strip() for block in _COMMANDS.finditer(text) for line in block[1].splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def scripts(text: str) -> list[str]:
    """Return the python blocks of `text`."""
    return [block[1] for block in _SCRIPT.finditer(text)]


def mentioned(text: str) -> list[tuple[int, str]]:
    """Return (line, command) of what looks like a command of kgraph, or a named query with parameters, in the text.

    Those are between backticks or indented. Where dots or capitals stand for the reader's own, they are left out.
    """
    names = "|".join(sorted(named(), key=len, reverse=True))
    pattern = re.compile(rf"`((?:kgraph [a-z]|(?:{names}) -p )[^`]*)`|^ {{4}}(kgraph [a-z].*)$", re.MULTILINE)
    plain = re.sub(r"^```.*?^```$", lambda block: "\n" * block[0].count("\n"), text, flags=re.MULTILINE | re.DOTALL)
    found = [(plain.count("\n", 0, m.start()) + 1, m[1] or m[2]) for m in pattern.finditer(plain)]
    return [
        (line, " ".join(command.split("  #")[0].split()))
        for line, command in found
        if not re.search(r"\.\.\.|…|\b[A-Z]{2,}\b|[|<>]", command)
    ]


def wrong_with(command: str) -> str:
    """Return what is wrong with a command as typed: no such command, option, query or parameter; "" if nothing is."""
    words = shlex.split(command.replace("&&", ";").split(";")[0])
    if words[0] != "kgraph":
        words = ["kgraph", "query", *words]
    found = cli.get_command(click.Context(cli), words[1])
    if found is None:
        return f"no command {words[1]}"
    options = {name for parameter in found.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    unknown = [word for word in words[2:] if re.fullmatch(r"--?[a-z][\w-]*", word) and word not in options]
    if unknown:
        return f"no option {unknown[0]}"
    if words[1] == "query" and len(words) > 2 and words[2] in named():
        known = {parameter.name for parameter in named()[words[2]].parameters}
        given = [pair.partition("=")[0] for word, pair in pairwise(words) if word in ("-p", "--param")]
        return next((f"no parameter {name} of {words[2]}" for name in given if name not in known), "")
    return ""


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `command` by bash in `folder`, at a page's width, without colour, with this kgraph."""
    environment = {
        **os.environ,
        "COLUMNS": "110",
        "NO_COLOR": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def tidy(output: str) -> str:
    """Return `output` without trailing white space on its lines, which no reader sees."""
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def rewrite(path: Path, folder: Path) -> None:
    """Run every command of `path` in `folder` and put what it prints in the place of what was shown."""
    text = path.read_text(encoding="utf-8")

    def renew(block: re.Match[str]) -> str:
        body = ""
        for item in shown(block.group(0)):
            done = run(item.command, folder)
            if done.returncode:
                raise SystemExit(f"{item.command}: exit {done.returncode}: {done.stderr}")
            body += f"$ {item.command}\n{tidy(done.stdout)}"
        return f"```console\n{body}```"

    path.write_text(_BLOCK.sub(renew, text), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(Path(name), ROOT)
