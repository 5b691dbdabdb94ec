"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kgraph.engine import ENGINES
from kgraph.export.registry import OPTIONAL

F = TypeVar("F", bound=Callable[..., Any])


def engine_options(function: F) -> F:
    """Add --engine, --master and --jobs."""
    jobs = click.option(
        "--jobs",
        type=click.IntRange(min=1),
        envvar="KGRAPH_JOBS",
        metavar="N",
        help="Processes to use. [default: the number of cores; env: KGRAPH_JOBS]",
    )
    engine = click.option(
        "--engine", type=click.Choice(list(ENGINES)), default="local", show_default=True, help="What runs the stages."
    )
    master = click.option(
        "--master",
        default="",
        envvar="KGRAPH_SPARK_MASTER",
        metavar="URL",
        help="Where Spark runs: local[2], local-cluster[2,1,1024], spark://host:7077, yarn. [default: local[N]; env: "
        "KGRAPH_SPARK_MASTER]",
    )
    return engine(master(jobs(function)))


def out_option(function: F) -> F:
    """Add -o DIR."""
    return click.option(
        "-o",
        "--out",
        "out",
        type=click.Path(file_okay=True, path_type=Path),
        default=Path("exports"),
        show_default=True,
        metavar="DIR",
        help="The folder to write to.",
    )(function)


def graph_option(function: F) -> F:
    """Add --graph DIR."""
    return click.option(
        "--graph",
        "graph",
        type=click.Path(path_type=Path),
        default=Path("exports"),
        show_default=True,
        metavar="DIR",
        help="The folder of a build.",
    )(function)


def also_options(function: F) -> F:
    """Add one flag for each optional export (--neo4j and the like); their names come as `also`."""
    for name, (_, _, about) in reversed(OPTIONAL.items()):
        function = click.option(f"--{name}", "also", flag_value=name, multiple=True, help=about)(function)
    return function


def corpus_options(function: F) -> F:
    """Add --saved, --map, --vocab, --judgements, --strict and --min-confidence, which decide what sources mean."""
    saved = click.option(
        "--saved", default="", metavar="DATE", callback=_date, help="When saved pages were saved: 2025-10-29 or 2025."
    )
    vocab = click.option(
        "--vocab", multiple=True, metavar="FILE.ttl", help="More names that are known beforehand (SKOS). Repeatable."
    )
    judgements = click.option(
        "--judgements", multiple=True, metavar="FILE.csv", help="Which names are the same thing or not. Repeatable."
    )
    strict = click.option("--strict", is_flag=True, help="End at the first record that can't be used.")
    columns = click.option(
        "--map",
        "columns",
        multiple=True,
        metavar="FIELD=COLUMN",
        callback=_columns,
        help="Which column of a table holds what. Repeatable.",
    )
    least = click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="P",
        help="Leave out names and relations that are less sure than this, from 0 to 1.",
    )
    return saved(columns(vocab(judgements(strict(least(function))))))


def _columns(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from kgraph.errors import InputError
    from kgraph.pipeline.sources import read_options

    try:
        read_options(value)
    except InputError as error:
        raise click.BadParameter(f"{error.what}; {error.remedy}") from None
    return value


def _date(context: click.Context, parameter: click.Parameter, value: str) -> str:
    from kgraph.pipeline.options import is_date

    if value and not is_date(value):
        raise click.BadParameter(f"{value!r} is no date like 2025-10-29, 2025-10 or 2025")
    return value
