"""The page's script, put together from its ES modules, without tools from outside.

A module may import by name from modules beside it (`import { a, b } from "./c.js";`) and export declarations
(`export function`, `export const`, ...). All share one scope, so top-level names must be unique; that is checked.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|let|class)\b)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_MORE = re.compile(r"^(?:export )?(?:const|let) [\w$]+ = ([^({\[\n]*)", re.MULTILINE)
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) ([\w$]+)", re.MULTILINE)


@cache
def script(*, served: bool = False) -> str:
    """Return all modules that `main.js` needs as one classic script in strict mode, dependencies first.

    A `served` page asks its server for what it does not carry; the script of the other holds nothing that could ask.
    """
    folder = files(__package__).joinpath("js")
    modules = {f.name: f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".js")}
    if served:
        modules["source.js"] = modules["source-served.js"]
    return bundle(modules)


@cache
def style() -> str:
    """Return the style sheets in the order of their names."""
    folder = files(__package__).joinpath("css")
    sheets = sorted((f for f in folder.iterdir() if f.name.endswith(".css")), key=lambda f: f.name)
    return "\n".join(f.read_text(encoding="utf-8").strip() for f in sheets)


def bundle(modules: dict[str, str], entry: str = "main.js") -> str:
    """Return the modules reachable from `entry` as one script; ValueError if names clash or an import is unknown.

    Comments that fill whole lines stay behind: they are for who reads the modules, and every page would carry them.
    """
    order: list[str] = []
    _visit(entry, modules, order, ())
    owner: dict[str, str] = {}
    parts = []
    for name in order:
        text = modules[name]
        for top in _declared(text):
            if top in owner:
                raise ValueError(f"{name} and {owner[top]} both declare {top}")
            owner[top] = name
        body = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))).strip()
        if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
            raise ValueError(f"{name}: an import or export that the bundler does not know")
        parts.append(f"// {name}\n{body}")
    return '(function () {\n"use strict";\n' + "\n\n".join(parts) + "\n})();"


def _declared(text: str) -> list[str]:
    """Return the names that a module declares at its top, those after a comma (`const A = 1, B = 2`) included."""
    return _NAME.findall(text) + [name for line in _MORE.findall(text) for name in re.findall(r", ([\w$]+) = ", line)]


def _visit(name: str, modules: dict[str, str], order: list[str], above: tuple[str, ...]) -> None:
    if name in order:
        return
    if name in above:
        raise ValueError(f"modules import each other: {' > '.join((*above, name))}")
    if name not in modules:
        raise ValueError(f"{above[-1]} imports {name}, which is not there")
    for names, other in _IMPORT.findall(modules[name]):
        _visit(other, modules, order, (*above, name))
        exported = set(_NAME.findall("\n".join(re.findall(r"^export .*", modules[other], re.MULTILINE))))
        missing = {n.strip() for n in names.split(",") if n.strip()} - exported
        if missing:
            raise ValueError(f"{name} imports {sorted(missing)} from {other}, which does not export them")
    order.append(name)
