"""What it costs to add a thing, done for real in a temporary copy of the tree.

A craft: one file and one line. A model family: one file and one line. An adapter: one folder. A
language: one file. A schema change: one function. If one of these needs another edit, this fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

CAPTION = '''
"""Caption: one line for a picture."""

from studio.crafts.craft import Check, Craft, Field, Order, Output
from studio.requests import Message, Request, Sampling


def order(inputs, roster):
    card, adapter = roster.choose("writer", "en")
    request = Request(
        card=card, adapter=adapter, seed=inputs["seed"],
        messages=(Message("user", inputs["text"]),), sampling=Sampling(max_tokens=12),
    )
    return Order((request,), inputs, "en")


def finish(order, completions):
    return tuple(Output(each.text, checks=(Check("length", True),)) for each in completions)


CRAFT = Craft(
    name="caption",
    output="text",
    fields=(Field("text", "paragraph", required=True), Field("seed", "seed")),
    order=order,
    finish=finish,
)
'''

ECHO = '''
"""Echo: a family that says its prompt again."""

from studio.engine.family import Stepped
from studio.requests import Chunk, Usage


class Echo:
    lane, capacity, linger_ms = "text", 4, 0.0

    @classmethod
    def open(cls, card, catalog, device, dtype):
        return cls()

    @classmethod
    def estimate(cls, card, catalog, device, dtype):
        return 1

    def __init__(self):
        self.rows = {}

    def footprint(self):
        return 1

    def warm_up(self):
        pass

    def admit(self, request):
        slot = next(n for n in range(self.capacity) if n not in self.rows)
        self.rows[slot] = request.prompt
        return slot

    def step(self, slots):
        return [Stepped(s, Chunk(self.rows[s], finish="stop", usage=Usage())) for s in slots]

    def release(self, slot):
        del self.rows[slot]

    def close(self):
        pass
'''

MOOD = """def m999_mood(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE works ADD COLUMN mood TEXT NOT NULL DEFAULT ''")


"""

CARD = """
name = "{name}"
version = "1"
kind = "{kind}"
family = "{family}"
licence = "CC0-1.0"
roles = {roles}
base = "{base}"
languages = ["en"]
crafts = ["poetry"]
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The studio's code, its models and its words, to be edited freely."""
    ignore = shutil.ignore_patterns("__pycache__", "*.safetensors", "samples*")
    for name in ("studio", "assets", "models"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignore)
    return tmp_path


def run(tree: Path, code: str) -> str:
    """Run code on the edited tree, on fake models."""
    environment = {
        **os.environ,
        "STUDIO_FAKE": "1",
        "STUDIO_ROOT": str(tree),
        "STUDIO_DATA_DIR": str(tree / "data"),
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tree)!r})\n{code}"]
    done = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def add_line(path: Path, before: str, line: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, f"{line}\n{before}", 1), "utf-8")


def add_card(tree: Path, name: str, **values: str) -> None:
    folder = tree / "models" / name
    folder.mkdir(parents=True)
    kind = name.partition("/")[0]
    (folder / "model.toml").write_text(CARD.format(name=name, kind=kind, **values))


def test_a_craft_is_one_file_and_one_line(tree: Path) -> None:
    (tree / "studio/crafts/caption.py").write_text(CAPTION)
    add_line(tree / "studio/crafts/__init__.py", '    "writing",', '    "caption",')
    output = run(
        tree,
        """
import asyncio
from studio.batch import finished
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.ui.page import build_page

studio = Studio.open(Settings.from_environ())
page = build_page(studio, Locales.load(studio.settings.assets_dir / "locales"))
names = [d.api_name for d in page.fns.values()]
work = asyncio.run(finished(studio, "caption", {"text": "two red squares"}, "ada"))
print("caption" in names, bool(work.outputs[0].text))
studio.close()
""",
    )
    assert output.split() == ["True", "True"]


def test_a_model_family_is_one_file_and_one_line(tree: Path) -> None:
    (tree / "studio/families/echo.py").write_text(ECHO)
    line = '        "echo": "studio.families.echo:Echo",'
    add_line(tree / "studio/families/__init__.py", '        "fake":', line)
    add_card(tree, "lm/echo", family="echo", roles='["echo"]', base="")
    output = run(
        tree,
        """
from dataclasses import replace
from studio.catalog import Catalog
from studio.engine.manager import Manager
from studio.families.loader import CardLoader
from studio.requests import Request
from studio.settings import Settings

settings = replace(Settings.from_environ(), fake=False)
loader = CardLoader(Catalog.read(settings.models_dir), settings, device="cpu")
with Manager(loader, budget_bytes=10**9) as manager:
    print(manager.submit(Request(card="lm/echo", seed=1, prompt="hello")).result(60).text)
""",
    )
    assert output.strip() == "hello"


def test_an_adapter_is_one_folder(tree: Path) -> None:
    base = "base/smollm2-135m-instruct"
    add_card(tree, "lora/aaa-mine", family="causal_lm", roles="[]", base=base)
    output = run(
        tree,
        """
import asyncio
from studio.batch import finished
from studio.service import Studio
from studio.settings import Settings

studio = Studio.open(Settings.from_environ())
inputs = {"text": "first frost", "form": "free_verse"}
work = asyncio.run(finished(studio, "poetry", inputs, "ada"))
print(work.recipe["models"][0]["adapter"])
studio.close()
""",
    )
    assert output.strip() == "lora/aaa-mine"


def test_a_language_is_one_file(tree: Path) -> None:
    words = (tree / "assets/locales/en.toml").read_text("utf-8")
    french = words.replace('name = "English"', 'name = "Français"', 1)
    assert french != words
    (tree / "assets/locales/fr.toml").write_text(french, "utf-8")
    output = run(
        tree,
        """
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.ui.page import build_page

studio = Studio.open(Settings.from_environ())
locales = Locales.load(studio.settings.assets_dir / "locales")
page = build_page(studio, locales)
print("Fran\\u00e7ais" in str(page.get_config_file()))
studio.close()
""",
    )
    assert output.strip() == "True"


def test_a_schema_change_is_one_function(tree: Path) -> None:
    migrations = tree / "studio/history/migrations.py"
    text = migrations.read_text("utf-8")
    before, table, after = text.partition("MIGRATIONS: tuple")
    appended = after.replace("\n)\n", "\n    m999_mood,\n)\n", 1)
    migrations.write_text(before + MOOD + table + appended, "utf-8")
    output = run(
        tree,
        """
import sqlite3
from pathlib import Path
from studio.history.store import Store

Store(Path("data/one.sqlite3"))
rows = sqlite3.connect("data/one.sqlite3").execute("PRAGMA table_info(works)").fetchall()
print("mood" in [row[1] for row in rows])
""",
    )
    assert output.strip() == "True"
