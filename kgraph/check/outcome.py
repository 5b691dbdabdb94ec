"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: where, and what is wrong there."""

    where: str
    what: str


@dataclass(frozen=True)
class Outcome:
    """One check: how much it looked at ("4,213 quotes"), and its faults; `skipped` says why it could not be made."""

    name: str
    looked_at: str
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
