"""What Hugging Face Spaces and `make run` start: settings -> studio -> page -> launch."""

from __future__ import annotations

from studio.api import serve_page
from studio.settings import Settings

if __name__ == "__main__":
    serve_page(Settings.from_environ())
