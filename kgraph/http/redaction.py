"""Keys kept out of the logs of the libraries beneath us, which print whole addresses when a user asks them to."""

from __future__ import annotations

import logging
from collections.abc import Iterable

LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry", "requests_cache", "requests_cache.backends.sqlite",
           "requests_cache.cache_keys", "requests_cache.session", "requests_cache.policy.actions")  # fmt: skip


class _Filter(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if any(secret in message for secret in self.secrets):
            for secret in sorted(self.secrets, key=len, reverse=True):
                message = message.replace(secret, "***")
            record.msg, record.args = message, ()
        return True


_FILTER = _Filter()


def redact(secrets: Iterable[str]) -> None:
    """Replace these texts by *** in whatever the libraries log from now on."""
    _FILTER.secrets.update(secret for secret in secrets if secret)
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if _FILTER not in logger.filters:
            logger.addFilter(_FILTER)
