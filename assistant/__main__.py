"""`assistant`, and `python -m assistant`."""

from __future__ import annotations

from assistant.cli import app


def main() -> None:
    """Run the command line."""
    app(prog_name="assistant")


if __name__ == "__main__":
    main()
