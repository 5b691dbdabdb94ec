"""The one door to the network: polite, cached, bounded requests to paper services."""

from kgraph.http.body import Expected
from kgraph.http.cache import Cache
from kgraph.http.client import Answer, Client
from kgraph.http.failures import (
    AnswerError,
    BudgetError,
    LimitedError,
    OfflineError,
    RedirectError,
    RefusedError,
    UnreachableError,
)
from kgraph.http.settings import SERVICES, Service, Settings, cache_path, load_settings
from kgraph.http.transport import Budget, Clock, Limits, Usage

__all__ = [
    "SERVICES",
    "Answer",
    "AnswerError",
    "Budget",
    "BudgetError",
    "Cache",
    "Client",
    "Clock",
    "Expected",
    "LimitedError",
    "Limits",
    "OfflineError",
    "RedirectError",
    "RefusedError",
    "Service",
    "Settings",
    "UnreachableError",
    "Usage",
    "cache_path",
    "load_settings",
]
