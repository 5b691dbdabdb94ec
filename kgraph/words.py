"""Numbers of things, as people say them."""


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 paper", "2,000 papers"; `plural` where an s does not make it."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
