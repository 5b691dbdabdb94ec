"""The command line: a thin face of the library. Each command is one file, imported only when it is called."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from kgraph.errors import KgraphError, QueryError
from kgraph.version import __version__

# name: ("module:command", one line for `kgraph --help`), in the order in which `kgraph --help` shows them
COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("kgraph.cli.build:build", "Read papers and write the graph: HTML, RDF, tables."),
    "rebuild": ("kgraph.cli.rebuild:rebuild", "Do the last build again; read only what changed."),
    "show": ("kgraph.cli.show:show", "Show one system, piece of hardware, model, dataset or paper."),
    "query": ("kgraph.cli.query:query", "Ask the graph: named queries or SPARQL."),
    "check": ("kgraph.cli.check:check", "Check an export: shapes, quotes, links, counts."),
    "serve": ("kgraph.cli.serve:serve", "Serve the explorer, a query page and a SPARQL endpoint."),
    "diff": ("kgraph.cli.diff:diff", "Say what two builds differ in."),
    "extract": ("kgraph.cli.extract:extract", "Print what each paper says as JSON lines; no graph."),
    "cite": ("kgraph.cli.cite:cite", "Get the citations of an export's papers from OpenAlex and Semantic Scholar."),
    "rank": ("kgraph.cli.rank:rank", "Rank papers by the citations among them, or pair those cited together."),
    "fetch": ("kgraph.cli.fetch:fetch", "Get papers from Hugging Face, arXiv, OpenAlex, Semantic Scholar, Crossref."),
    "score": ("kgraph.cli.score:score", "Score extractions against a gold file."),
}

LONG_LIVED = {"serve"}
SELDOM = (200_000, 20, 100)
"""When the others look for cycles of references: seldom, for they make millions of objects that stay, and looking at
all of these again and again took a fifth of the time of a build of 100,000 papers. (Never would not do: some libraries
leave cycles behind.)"""


@dataclass
class Settings:
    """What the global options say; `click.Context.obj` of every command."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False


def settings() -> Settings:
    """Return the settings of the running command."""
    found = click.get_current_context().find_object(Settings)
    return found or Settings()


def _set(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        setattr(context.ensure_object(Settings), str(parameter.name), True)


def _global_options() -> list[click.Option]:
    """Return the options that stand before or after the name of a command."""

    def flag(*names: str, text: str) -> click.Option:
        return click.Option(names, is_flag=True, expose_value=False, callback=_set, is_eager=True, help=text)

    return [
        flag("-q", "--quiet", text="Say nothing but results and errors."),
        flag("-v", "--verbose", text="Say more: every skipped record, every stage."),
        flag("--debug", text="Show the traceback of an error."),
    ]


class ReaderGoneError(Exception):
    """Whoever read our output has enough (`kgraph extract … | head`): an end like any other."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, not to list it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would call a broken pipe an error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGoneError from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, as ordered in `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, with the global options added, or None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        target, line = COMMANDS[cmd_name]
        module, attribute = target.split(":")
        if cmd_name not in LONG_LIVED:
            gc.set_threshold(*SELDOM)
        command: click.Command = getattr(import_module(module), attribute)
        command.short_help = line
        taken = {name for parameter in command.params for name in parameter.opts}
        command.params += [option for option in _global_options() if not taken & set(option.opts)]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command, its name and its arguments; UsageError, with what may be meant, where there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"No such command {args[0]!r}.{_meant(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, so that no module of a command is imported."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    params=_global_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kgraph", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn papers on machine-learning systems and hardware into a graph.

    Who compares against whom and by how much, what runs on which hardware, what builds on what:
    each with its sentence.

    \b
    Examples:
      kgraph build                          the embedded sample, into exports/
      kgraph build page.txt papers.jsonl    your papers, any mix of formats
      kgraph show vLLM                      one system on the terminal
      kgraph rebuild                        again, after the files have changed
    """


def _meant(typed: str, known: Iterable[str]) -> str:
    from kgraph.cli.near import near

    found = " or ".join(near(typed, known))
    return f" Did you mean {found}?" if found else ""


def _say(message: str) -> None:
    from kgraph.cli.terminal import safe

    click.echo(f"kgraph: {safe(message)}", err=True)


def _show(error: Exception) -> None:
    """Show where in what was typed an error is, where it knows."""
    from kgraph.cli.terminal import safe

    for line in error.shown if isinstance(error, QueryError) else ():
        click.echo(f"  {safe(line)}", err=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 ok, 1 our error, 2 usage, 130 interrupted.

    `arguments` default to those of the process. Errors become one line on stderr.
    """
    given: Sequence[str] = sys.argv[1:] if arguments is None else arguments
    state = Settings()
    _writable()
    collecting = gc.get_threshold()
    try:
        code: Any = cli.main(args=list(given), prog_name="kgraph", standalone_mode=False, obj=state)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        if isinstance(error, click.NoSuchOption) and error.ctx:  # click finds --jobs near --bogus
            options = [name for parameter in error.ctx.command.params for name in parameter.opts]
            said = f"No such option {error.option_name!r}.{_meant(error.option_name, options)}"
            error = click.UsageError(said, error.ctx)
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted")
        return 130
    except (BrokenPipeError, ReaderGoneError):
        # no more output, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if state.debug:
            traceback.print_exc()
        _say(_message(error))
        _show(error)
        return 1
    finally:
        gc.set_threshold(*collecting)


def _writable() -> None:
    """Make standard output take whatever is printed, in any encoding; where it is closed, nothing is printed."""
    from kgraph.cli.terminal import PLAIN

    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for the life of the process
    elif isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors in ("strict", "surrogateescape"):
        sys.stdout.reconfigure(errors=PLAIN)


def _message(error: Exception) -> str:
    if isinstance(error, KgraphError):
        return str(error)
    if isinstance(error, OSError):
        why = error.strerror or str(error)
        return f"{error.filename}: {why}" if error.filename else f"can't write or read: {why[:1].lower()}{why[1:]}"
    return f"internal error: {type(error).__name__}: {error} (--debug shows where)"
