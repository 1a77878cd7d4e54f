"""Pictures: a contact sheet while they come, framed prints when they are done, to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from studio.requests import Picture
from studio.ui.markup import NOTHING, file_url, fragment, joined
from studio.ui.picture_files import film_file, loop_file, picture_file, preview_url, shown_url
from studio.ui.picture_film import film_line, film_player
from studio.ui.picture_swatches import patches, swatch_row
from studio.ui.strings import Tongue
from studio.ui.text_sheet import file_links
from studio.ui.verdicts import verdicts
from studio.works import Work, WorkOutput


def picture_previews(pictures: Sequence[Picture], tongue: Tongue) -> Markup:
    """Pictures that are not on disk yet."""
    prints = joined(
        fragment(
            '<figure class="print"><img src="{url}" alt="{alt}"></figure>',
            url=preview_url(each),
            alt=tongue("picture.alt", number=index + 1, text=""),
        )
        for index, each in enumerate(pictures)
    )
    return fragment(
        '<div class="sheets picture n{count}">{prints}</div>', count=len(pictures), prints=prints
    )


def picture_sheet(
    output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool
) -> Markup:
    """One print to look at: click to see it large; its seed, files and verdicts below."""
    if picture_file(output.files) is None and loop_file(output.files, ".webp") is None:
        return NOTHING
    if film_file(output.files):
        return _film_print(output, index, work, tongue, blind)
    return fragment(
        '<figure class="print" {facts}><button type="button" class="frame" data-look '
        'aria-label="{enlarge}">{image}</button>{caption}{verdicts}</figure>',
        facts=_facts(output, index, work),
        enlarge=f"{tongue('picture.enlarge')}: {_alt(index, work, tongue)}",
        image=_image(output, index, work, tongue),
        caption=NOTHING if blind else _caption(output, work, tongue),
        verdicts=verdicts(output.checks, work.craft, tongue),
    )


def picture_board(work: Work, tongue: Tongue, plan: Markup) -> Markup:
    """A whole sheet to choose from: every print, a grid with its labels, the colours, the plan."""
    prints = [
        _chosen_print(output, index, work, tongue) for index, output in enumerate(work.outputs)
    ]
    grid = bool(work.outputs) and "cell" in work.outputs[0].data
    return fragment(
        '<div class="board" data-work="{id}" data-palette="{palette}">'
        "{sheet}{swatches}{plan}</div>",
        id=work.id,
        palette=" ".join(_palette(work.plan)),
        sheet=_grid(work, prints, tongue) if grid else _sheet(prints, tongue),
        swatches=swatch_row(_palette(work.plan), tongue),
        plan=plan,
    )


def _sheet(prints: Sequence[Markup], tongue: Tongue) -> Markup:
    return fragment(
        '<div class="sheets picture n{count}" role="group" aria-label="{title}">{prints}</div>',
        count=len(prints),
        title=tongue("picture.sheet", count=len(prints)),
        prints=joined(prints),
    )


def _grid(work: Work, prints: Sequence[Markup], tongue: Tongue) -> Markup:
    """A table: one axis across, one down, each with its name and values."""
    cells = [dict(output.data["cell"]) for output in work.outputs]  # type: ignore[call-overload]
    columns = 1 + max(int(each["column"]) for each in cells)
    rows = [
        (cells[start], prints[start : start + columns]) for start in range(0, len(cells), columns)
    ]
    return fragment(
        '<table class="sheets picture cells"><caption>{title}</caption><thead><tr><td></td>{heads}'
        "</tr></thead><tbody>{rows}</tbody></table>",
        title=tongue(
            "picture.grid",
            x=_axis_name(cells[0]["x"], work, tongue),
            y=_axis_name(cells[0]["y"], work, tongue),
        ),
        heads=joined(
            fragment('<th scope="col">{value}</th>', value=_axis_value(each["x"], work, tongue))
            for each in cells[:columns]
        ),
        rows=joined(
            fragment(
                '<tr><th scope="row">{value}</th>{cells}</tr>',
                value=_axis_value(cell["y"], work, tongue),
                cells=joined(fragment("<td>{print}</td>", print=each) for each in row),
            )
            for cell, row in rows
        ),
    )


def _axis_name(axis: Sequence[object], work: Work, tongue: Tongue) -> str:
    return tongue.name("field", str(axis[0]), work.craft)


def _axis_value(axis: Sequence[object], work: Work, tongue: Tongue) -> object:
    by, value = str(axis[0]), axis[1]
    if by == "palette":
        return fragment('<span class="strip">{patches}</span>', patches=patches(str(value).split()))
    return tongue.choice(work.craft, by, value) if isinstance(value, str) else f"{value:g}"


def _chosen_print(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    """One print that can be chosen; what else there is of it waits in a template for the view."""
    if film_file(output.files):
        return _film_print(output, index, work, tongue)
    number = index + 1
    return fragment(
        '<figure class="print" {facts}>{frame}'
        '<button type="button" class="enlarge" data-look aria-label="{enlarge}">⤢</button>'
        '<figcaption><span class="seed">{seed}</span>{keep}{recipe}</figcaption>'
        "<template>{more}</template></figure>",
        facts=_facts(output, index, work),
        frame=_frame(output, index, work, tongue),
        enlarge=f"{tongue('picture.enlarge')}: {number}",
        seed=_seed_line(output, tongue),
        keep=_do("seed", str(output.seed), tongue("picture.keep_seed"), str(number)),
        recipe=_do("cell", f"{work.id} {number}", tongue("picture.use_recipe"), str(number))
        if "inputs" in output.data
        else NOTHING,
        more=_more(output, work, tongue),
    )


def _film_print(
    output: WorkOutput, index: int, work: Work, tongue: Tongue, blind: bool = False
) -> Markup:
    """A film to play, with its files; it is no picture to choose."""
    caption = fragment(
        '<figcaption><span class="seed">{told}</span><span class="tools">{files}</span>'
        "</figcaption>",
        told=film_line(output, tongue),
        files=file_links(output, work, tongue),
    )
    return fragment(
        '<figure class="print of-film">{player}{caption}{verdicts}</figure>',
        player=film_player(output, _alt(index, work, tongue)),
        caption=NOTHING if blind else caption,
        verdicts=verdicts(output.checks, work.craft, tongue),
    )


def _frame(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<button type="button" class="frame" data-pick aria-pressed="false" aria-label="{label}">'
        '{image}<span class="order" aria-hidden="true"></span></button>',
        label=tongue("picture.choose", picture=_alt(index, work, tongue)),
        image=_image(output, index, work, tongue),
    )


def _image(output: WorkOutput, index: int, work: Work, tongue: Tongue) -> Markup:
    loop = loop_file(output.files, ".webp")
    path = picture_file(output.files)
    url = file_url(loop) if loop else shown_url(path) if path else ""
    still = shown_url(path) if path and loop else ""
    return fragment(
        '<img src="{url}" alt="{alt}" loading="lazy"{still}>',
        url=url,
        alt=_alt(index, work, tongue),
        still=fragment(' data-still="{url}"', url=still) if still else NOTHING,
    )


def _seed_line(output: WorkOutput, tongue: Tongue) -> Markup:
    """What tells this picture from its neighbours, and its seed."""
    label = output.data.get("label")
    way = label.get("direction") if isinstance(label, Mapping) else None
    line = label.get("line") if isinstance(label, Mapping) else None
    told = tongue.choice("image", "direction", str(way)) if way else str(line or "")
    kind = NOTHING if way else Markup(' class="line"')
    return fragment(
        "{way}{seed}",
        way=fragment("<b{kind}>{told}</b> ", kind=kind, told=told) if told else NOTHING,
        seed=tongue("picture.seed", seed=output.seed),
    )


def _more(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '{verdicts}{swatches}<div class="tools">{files}</div>',
        verdicts=verdicts(output.checks, work.craft, tongue),
        swatches=swatch_row(_palette(output.data), tongue),
        files=file_links(output, work, tongue),
    )


def _do(action: str, value: str, label: str, number: str) -> Markup:
    return fragment(
        '<button type="button" class="tool" data-do="{action}" data-id="{value}" '
        'aria-label="{label} {number}">{label}</button>',
        action=action,
        value=value,
        label=label,
        number=number,
    )


def _facts(output: WorkOutput, index: int, work: Work) -> Markup:
    """Attributes that the page's script reads."""
    path = loop_file(output.files, ".webp") or picture_file(output.files)
    shown = path is not None and path.suffix not in (".tiff", ".tif")
    return fragment(
        'data-work="{work}" data-version="{version}" data-full="{full}"',
        work=work.id,
        version=index + 1,
        full=file_url(path) if shown and path else "",
    )


def _palette(told: Mapping[str, object]) -> list[str]:
    """The palette of a plan (a text) or of a picture's data (a list)."""
    given = told.get("palette", ())
    if isinstance(given, str):
        return [each for each in given.split() if each.startswith("#")]
    return [str(each) for each in given] if isinstance(given, list | tuple) else []


def _alt(index: int, work: Work, tongue: Tongue) -> str:
    return tongue("picture.alt", number=index + 1, text=work.text)


def _caption(output: WorkOutput, work: Work, tongue: Tongue) -> Markup:
    return fragment(
        '<figcaption><span class="seed">{seed}</span>'
        '<span class="tools">{files}</span></figcaption>',
        seed=tongue("picture.seed", seed=output.seed),
        files=file_links(output, work, tongue),
    )
