"""`kgraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.cli.options import also_options, corpus_options, engine_options, out_option


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@out_option
@corpus_options
@click.option("--base-iri", default=None, metavar="IRI", help="What the IRIs of papers and entities begin with.")
@also_options
@click.option("--license", default=None, metavar="IRI", help="The licence of the graph's facts. [default: CC0]")
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def build(
    sources: tuple[str, ...],
    out: Path,
    saved: str,
    columns: tuple[str, ...],
    vocab: tuple[str, ...],
    judgements: tuple[str, ...],
    strict: bool,
    min_confidence: float,
    base_iri: str | None,
    license: str | None,
    also: tuple[str, ...],
    engine: str,
    master: str,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Read papers and write the graph: HTML, RDF, tables.

    SOURCE is a file or folder, any mix of formats: saved Hugging Face pages, answers and dumps of paper services,
    BibTeX, RIS, CSL-JSON, tables, JSON, PDF, text; compressed too. Formats are recognised by content. Without SOURCE
    the embedded sample is built.

    \b
    Examples:
      kgraph build                               the embedded sample, into exports/
      kgraph build pages/ more.jsonl.gz -o out   a folder and a file, into out/
      kgraph build page.txt --saved 2025-10-29   for dates without a year
      kgraph build page.txt --vocab mine.ttl     teach it more names
      kgraph build my.csv --map title=Name       a table with column names of its own
      kgraph build page.txt --min-confidence 0.8 only what is as good as sure
      kgraph build --license https://creativecommons.org/licenses/by/4.0/

    A judgements file overrules which names are one thing; its rows are like

    
      same,Accelerate,HuggingFace Accelerate,one library
      different,APEX @ 2505.01234,APEX @ 2506.03296,two systems
    """
    from kgraph.cli import summary
    from kgraph.cli.progress import progress
    from kgraph.cli.write import write
    from kgraph.engine import open_engine
    from kgraph.errors import KgraphError
    from kgraph.export.publish import opened
    from kgraph.graph.iris import CC0, DATA
    from kgraph.pipeline.build import build as run
    from kgraph.pipeline.options import Options

    try:
        base, terms = base_iri or DATA, CC0 if license is None else license
        options = Options(saved, base, vocab, judgements, strict, columns, also, terms, min_confidence)
    except KgraphError as error:
        raise click.UsageError(str(error)) from None
    with opened(out), open_engine(engine, jobs, master) as runner:
        listener = progress()
        if engine == "spark":
            from kgraph.cli import cluster

            cluster.build(sources, options, runner, listener, out, as_json)
            return
        result = run(sources, options, runner, listener, out=out)
        write(result, out, runner, listener)
    if as_json:
        click.echo(summary.as_json(result, out))
    else:
        summary.say(result, out)
