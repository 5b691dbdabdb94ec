"""Names on the web: the namespaces that kgraph uses, and the IRIs of what it describes.

Every node has an IRI that is a pure function of its content: data IRIs are a base (`Build.base_iri`) and an id, such as
`https://w3id.org/kgraph/id/` and `system/vllm`. There are no blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from kgraph.ontology import KG, VOCAB

DATA = "https://w3id.org/kgraph/id/"
"""The default base of data IRIs."""
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
"""The licence of a graph's facts, unless its builder names another."""

PREFIXES: dict[str, str] = {
    "kg": KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "fabio": "http://purl.org/spar/fabio/",
    "cito": "http://purl.org/spar/cito/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "oa": "http://www.w3.org/ns/oa#",
    "mls": "http://www.w3.org/ns/mls#",
    "prov": "http://www.w3.org/ns/prov#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
"""Prefix and namespace of every vocabulary that an export uses, in the order in which files declare them."""
NANOPUBLICATION_PREFIXES: dict[str, str] = {
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
}
"""Those that only nanopublications use."""

_PATH_SAFE = "/-._~!$&'()*+,;=@"
_PLAIN = re.compile(r"[A-Za-z0-9/\-._~!$&'()*+,;=@]*", re.ASCII)
_IRI_SAFE = "/-._~!$&'()*+,;=@:?#%"
_SCHEMES = {"http", "https"}
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def prefixed(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> tuple[str, str] | None:
    """Return prefix and local name of an IRI, ("kg", "Paper"), or None if none of the namespaces begins it."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return prefix, iri.removeprefix(namespace)
    return None


def data_iri(base: str, id_: str) -> str:
    """Return the IRI of the paper or entity `id_`; characters that no IRI may hold are percent-encoded."""
    if _PLAIN.fullmatch(id_):  # nearly all are, and a look is far cheaper than quoting
        return base + id_
    return base + quote(id_, safe=_PATH_SAFE, errors="surrogatepass")


def concept_iri(concept: str) -> str:
    """Return the IRI of a vocabulary concept, which is known by its id ("hardware/a100") or by its IRI."""
    return web_iri(concept) or VOCAB + quote(concept, safe=_PATH_SAFE, errors="surrogatepass")


def web_iri(url: str) -> str:
    """Return `url` as an IRI, percent-encoded where needed, or "" if it is no absolute http(s) address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES or not re.fullmatch(r"[\w.-]+(:\d{1,5})?", parts.netloc):
        return ""
    front, mark, fragment = url.strip().partition("#")
    whole = front + mark + fragment.replace("#", "%23")
    return _BAD_PERCENT.sub("%25", quote(whole, safe=_IRI_SAFE, errors="surrogatepass"))


def doi_iri(doi: str) -> str:
    """Return the IRI that resolves a bare DOI."""
    return "https://doi.org/" + quote(doi, safe="/-._~!$&'()*+,;=@:", errors="surrogatepass")


def is_iri(iri: str) -> bool:
    """Whether `iri` is an absolute IRI that needs no escaping."""
    from pyoxigraph import NamedNode

    try:
        parts = urlsplit(iri)
        NamedNode(iri)  # knows which characters an IRI may hold (RFC 3987)
    except ValueError:
        return False
    says_where = parts.netloc if parts.scheme.lower() in _SCHEMES else parts.netloc or parts.path
    return bool(says_where) and iri.isprintable()


def is_base(iri: str) -> bool:
    """Whether `iri` can be a base of data IRIs: an absolute IRI that ends in "/" or "#" and needs no escaping."""
    return is_iri(iri) and iri.endswith(("/", "#"))
