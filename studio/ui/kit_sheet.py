"""A kit to read: what it says on each channel, its banners, pictures and jingle, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from studio.ui.ad_page import AdPage, channel_page, page_of
from studio.ui.kit_banners import banner_wall
from studio.ui.markup import NOTHING, download, fragment, joined
from studio.ui.melody_facts import roll_facts
from studio.ui.melody_sheet import player, score_place
from studio.ui.picture_files import shown_url
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_label, version_mark
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput

SHAPES = ("wide", "square", "tall")
_JINGLE: Mapping[str, str] = MappingProxyType(
    {"melody.wav": "jingle.wav", "score.svg": "jingle.svg", "wave.svg": "jingle-wave.svg"}
)
GROUPS = (
    ("copy", ("copy.csv", "google-ads.csv", "copy.json")),
    ("sheet", ("contact-sheet.pdf",)),
    ("brand", ("brand.json",)),
    ("jingle", ("jingle.wav", "jingle.mid", "jingle.abc", "jingle.svg")),
    ("pictures", tuple(f"picture-{each}.png" for each in SHAPES)),
)
"""What can be taken away beside the banners and the whole, by what it is for."""


def kit_sheet(output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool) -> Markup:
    """One kit to look through. Blind: no seed, no files."""
    return fragment(
        '<article class="sheet kit">{number}{head}{wall}{pictures}{jingle}{copy}{verdicts}{files}'
        "</article>",
        number=version_mark(index, work, tongue),
        head=NOTHING if blind else kit_head(output, work, tongue),
        wall=_section("banners", banner_wall(output, tongue), tongue),
        pictures=_section("pictures", pictures_row(output, tongue), tongue),
        jingle=_section("jingle", jingle_player(output, tongue), tongue),
        copy=_section("copy", _copy(output, work, tongue), tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
        files=NOTHING if blind else kit_files(output, work, tongue),
    )


def kit_head(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    """Whose kit it is, and the whole of it to take away."""
    archive = output.files.get("kit.zip")
    return fragment(
        '<header class="kit-head"><h3>{title}</h3>{whole}</header>',
        title=output.title or work.title,
        whole=fragment(
            '<span class="zip">{link}</span>',
            link=download(archive, _saved(archive, work), tongue("kit.zip")),
        )
        if archive
        else NOTHING,
    )


def channels_of(output: WorkOutput) -> tuple[AdPage, ...]:
    """The copy, a page a channel, in the pictures and colours of the kit."""
    told = output.data.get("channels", ())
    colours = output.data.get("colours", ())
    given = told if isinstance(told, Sequence) and not isinstance(told, str) else ()
    return tuple(
        replace(
            page_of(each),
            colours=tuple(map(str, colours)) if isinstance(colours, list | tuple) else (),
            pictures=picture_urls(output.files),
        )
        for each in given
        if isinstance(each, Mapping)
    )


def picture_urls(files: Mapping[str, Path]) -> dict[str, str]:
    """Shape -> where the page finds that picture."""
    named = ((each, files.get(f"picture-{each}.png")) for each in SHAPES)
    return {shape: shown_url(path) for shape, path in named if path is not None}


def pictures_row(output: WorkOutput, tongue: Tongue) -> Markup:
    """The pictures side by side, each to enlarge."""
    urls = picture_urls(output.files)
    if not urls:
        return NOTHING
    return fragment(
        '<div class="kit-gallery">{pictures}</div>',
        pictures=joined(
            fragment(
                '<figure class="{shape}"><button type="button" data-enlarge aria-label="{label}">'
                '<img src="{url}" alt="{label}" loading="lazy"></button>'
                "<figcaption>{label}</figcaption></figure>",
                shape=shape,
                label=tongue(f"kit.shape_{shape}"),
                url=url,
            )
            for shape, url in urls.items()
        ),
    )


def jingle_player(output: WorkOutput, tongue: Tongue) -> Markup:
    """The jingle to hear, its score, and what it is."""
    files = {ours: output.files[name] for ours, name in _JINGLE.items() if name in output.files}
    told = output.data.get("jingle")
    if "melody.wav" not in files or not isinstance(told, Mapping):
        return NOTHING
    take = WorkOutput("", data=told, files=files)
    return fragment(
        '<article class="take open kit-jingle" aria-label="{label}" data-facts="{facts}">'
        "{player}{score}{facts_told}</article>",
        label=tongue("kit.jingle"),
        facts=roll_facts(take),
        player=player(take, tongue("kit.jingle"), tongue, _jingle_facts(told, tongue)),
        score=score_place(take, tongue),
        facts_told=NOTHING,
    )


def kit_files(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    """Every file but the banners, which are with their layouts."""
    printed = tuple(name for name in output.files if name.startswith("print-"))
    groups = (*GROUPS, ("print", printed))
    return fragment(
        '<div class="files">{groups}</div>',
        groups=joined(_files(name, names, output, work, tongue) for name, names in groups),
    )


def _files(
    group: str, names: Sequence[str], output: WorkOutput, work: Work, tongue: Tongue
) -> Markup:
    there = [(name, output.files[name]) for name in names if name in output.files]
    if not there:
        return NOTHING
    return fragment(
        '<p><span class="of">{title}</span>{links}</p>',
        title=tongue(f"kit.files_{group}"),
        links=joined(
            download(path, _saved(path, work), _label(name, tongue)) for name, path in there
        ),
    )


def _label(name: str, tongue: Tongue) -> str:
    """A file's own word, else its name without what its group says already."""
    return tongue.known(f"kit.file.{name.replace('.', '_')}") or file_label(name, tongue)


def _saved(path: Path, work: Work) -> str:
    return f"{work.craft}-{work.id[:8]}-{path.name}" if path.name != "kit.zip" else _zip_name(work)


def _zip_name(work: Work) -> str:
    return f"kit-{work.id[:8]}.zip"


def _copy(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    """A channel a fold; the first stands open."""
    return joined(
        fragment(
            '<details class="kit-channel"{opened}><summary>{name}</summary>{page}</details>',
            opened=NOTHING if number else Markup(" open"),
            name=tongue.choice(work.craft, "channel", page.channel),
            page=channel_page(page, work, tongue, edited=False),
        )
        for number, page in enumerate(channels_of(output))
    )


def _jingle_facts(told: Mapping[str, object], tongue: Tongue) -> Markup:
    plan = told.get("plan")
    facts = plan if isinstance(plan, Mapping) else {}
    seconds, tempo = told.get("seconds"), told.get("tempo_bpm")
    said = [
        tongue("kit.seconds", seconds=f"{seconds:.1f}") if isinstance(seconds, int | float) else "",
        f"{tempo:g} bpm" if isinstance(tempo, int | float) else "",
        " ".join(
            str(facts.get(name) or "")
            if name == "key"
            else tongue.choice("melody", name, str(facts.get(name) or ""))
            for name in ("key", "mode")
            if facts.get(name)
        ),
        tongue.choice("melody", "instrument", str(facts["instrument"]))
        if facts.get("instrument") not in (None, "", "auto")
        else "",
    ]
    return fragment('<p class="told">{facts}</p>', facts=" · ".join(each for each in said if each))


def _section(name: str, inside: Markup, tongue: Tongue) -> Markup:
    if not inside:
        return NOTHING
    return fragment(
        '<section class="kit-section"><h4>{title}</h4>{inside}</section>',
        title=tongue(f"kit.part_{name}"),
        inside=inside,
    )
