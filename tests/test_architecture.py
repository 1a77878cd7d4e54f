"""The layers of the design, held by an AST walk; and the tree in the README is the tree on disk."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STUDIO = ROOT / "studio"

# Higher layers may import lower ones. Packages on one level do not import each other.
LEVELS: dict[str, float] = {
    **dict.fromkeys(("app", "__main__", "ray_app"), 8),
    **dict.fromkeys(
        (
            "auth_command",
            "commands",
            "compile_command",
            "kit_command",
            "rebuild_command",
            "model_commands",
            "training_commands",
        ),
        7,
    ),
    "soak": 6.5,
    "estimate_bench": 6.6,
    **dict.fromkeys(("batch", "bench", "consent"), 6),
    **dict.fromkeys(("ui", "api", "training"), 6),
    "service": 5,
    "door": 5.6,
    **dict.fromkeys(("brand_api", "duel_api", "handover_api", "openai_api"), 5.5),
    "streamed_api": 5.4,
    **dict.fromkeys(("asker", "openai_chat", "json_body", "event_stream"), 5.3),
    **dict.fromkeys(("error_json", "work_json"), 5.2),
    "rebuilding": 4.8,
    "ancestry": 4.7,
    **dict.fromkeys(("duels", "handing_over", "manuscripts", "rehearsal"), 4.6),
    "orders": 4.5,
    **dict.fromkeys(("brands", "composers", "melodies", "part_progress", "pictures"), 4.4),
    "priorities": 4.4,
    **dict.fromkeys(("archive", "availability", "fetching", "gathering", "recipes"), 4.3),
    "finishing": 4.3,
    **dict.fromkeys(("kits", "loops", "uploads", "works", "works_folder", "writers"), 4),
    **dict.fromkeys(("families", "render", "safety", "history"), 3),
    **dict.fromkeys(("roster",), 2.5),
    "sources": 2.3,
    "terms": 2.3,
    **dict.fromkeys(("catalog", "crafts", "engine", "locales"), 2),
    **dict.fromkeys(("verse", "music", "ads", "prose"), 1),
    **dict.fromkeys(("heap", "storage"), 0.5),
    "telemetry": 0.5,
    "top": 7,
    **dict.fromkeys(("errors", "settings", "requests", "merging", "secret"), 0),
}
# Inside the lowest level: requests and settings may raise errors.
SIDEWAYS = {
    *(("settings", "errors"), ("settings", "secret"), ("requests", "errors"), ("api", "ui")),
}
ONLY_IN = {
    "gradio": {"ui", "app", "api"},
    "torch": {"families", "training", "render", "safety", "bench"},
    "torchaudio": {"families", "training", "render", "safety"},
    "transformers": {"families", "training", "render", "safety", "bench"},
    "diffusers": {"families", "training", "render", "safety"},
    "ray": {"ray_app"},
    "sqlite3": {"history"},
    "fastapi": {
        "api",
        "asker",
        "door",
        "brand_api",
        "duel_api",
        "handover_api",
        "openai_api",
        "ui",
        "ray_app",
    },
}
FORBIDDEN_NAMES = {"utils", "common", "helpers", "base", "core", "misc", "types", "manager2"}
SOURCES = sorted(STUDIO.rglob("*.py"))


def layer(path: Path) -> str:
    relative = path.relative_to(STUDIO)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(STUDIO)))
def test_imports_go_down_only(path: Path) -> None:
    own = layer(path)
    if own == "__init__":
        return
    for _, name in imports(path):
        parts = name.split(".")
        if parts[0] != "studio" or len(parts) < 2 or parts[1] not in LEVELS:
            continue
        other = parts[1]
        allowed = other == own or LEVELS[other] < LEVELS[own] or (own, other) in SIDEWAYS
        assert allowed, f"{path.relative_to(ROOT)} ({own}) imports {name} ({other})"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(STUDIO)))
def test_heavy_libraries_stay_in_their_home(path: Path) -> None:
    for _, name in imports(path):
        library = name.split(".")[0]
        if library in ONLY_IN:
            home = ONLY_IN[library]
            assert layer(path) in home, f"{library} belongs in {home}, not in {path.name}"


def test_crafts_and_what_they_know_do_no_io() -> None:
    pure = {"crafts", "verse", "music", "ads", "prose", "engine"}
    reach = {"os", "pathlib", "socket", "subprocess", "urllib", "requests", "httpx", "gradio", "io"}
    for path in SOURCES:
        if layer(path) in pure:
            for _, name in imports(path):
                assert name.split(".")[0] not in reach, f"{path.name} imports {name}"


def test_every_package_is_on_a_level() -> None:
    unknown = {layer(path) for path in SOURCES} - set(LEVELS) - {"__init__"}
    assert not unknown, f"give these a level: {unknown}"


def test_only_settings_reads_the_environment() -> None:
    for path in SOURCES:
        if layer(path) != "settings":
            text = path.read_text("utf-8")
            assert not re.search(r"os\.(environ|getenv)\b(?!\s*=)", text), path


def test_no_import_hides_inside_a_function() -> None:
    for path in SOURCES:
        if path == STUDIO / "families" / "__init__.py":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [
                    n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)
                ]
                assert not inner, f"{path.relative_to(ROOT)}: {function.name} imports"


def test_no_module_level_mutable_state() -> None:
    mutable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            value = getattr(node, "value", None) if isinstance(node, ast.Assign) else None
            names = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
            if isinstance(value, mutable) and names != ["__all__"]:
                pytest.fail(f"{path.relative_to(ROOT)}: {names} is mutable module state")


def test_names_say_something() -> None:
    for path in SOURCES:
        assert not FORBIDDEN_NAMES & {path.stem, *path.relative_to(STUDIO).parts[:-1]}, path


def test_the_import_graph_has_no_cycles() -> None:
    graph = {_module(path): set(_internal(path)) for path in SOURCES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join((*trail, module))
        if module not in done:
            for other in graph.get(module, ()):
                visit(other, (*trail, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _internal(path: Path) -> Iterator[str]:
    modules = {_module(each) for each in SOURCES}
    for _, name in imports(path):
        for candidate in (name, name.rpartition(".")[0]):
            if candidate in modules and candidate != _module(path):
                yield candidate
                break


def test_the_tree_in_the_readme_is_the_tree_on_disk() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"```tree\n(.*?)```", readme, re.S)
    assert block, "README.md has a ```tree block"
    named = {line.split()[0] for line in block[1].splitlines() if line.strip()}
    missing = {name for name in named if not (ROOT / name).exists()}
    assert not missing, f"in the README but not on disk: {missing}"
    public = {str(path.relative_to(ROOT)) for path in STUDIO.glob("*.py")}
    public |= {
        f"studio/{path.name}/" for path in STUDIO.iterdir() if (path / "__init__.py").exists()
    }
    unnamed = public - named - {"studio/__init__.py"}
    assert not unnamed, f"on disk but not in the README: {unnamed}"
