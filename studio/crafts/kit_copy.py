"""The copy of a kit: one campaign over all its channels, its texts as parts and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from studio.ads.brand import Brand
from studio.ads.channel import Channel
from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief
from studio.crafts.ad_kit import AdText, as_data
from studio.crafts.ad_trust import is_trusted
from studio.crafts.campaign import Campaign
from studio.crafts.craft import Check, Inputs, Order, OrderPart, Output, Part, Roster
from studio.crafts.kit_start import KitStart
from studio.requests import Completion

PART = "copy/"
"""What the names of the parts begin with."""
Kits = Mapping[str, tuple[AdText, ...]]


@dataclass(frozen=True, slots=True)
class KitCopy:
    """What was written, channel by channel."""

    campaign: Campaign
    kits: Kits

    @property
    def text(self) -> str:
        """All of it to read, a channel a paragraph."""
        return "\n\n".join("\n".join(row.text for row in rows) for rows in self.kits.values())

    @property
    def checks(self) -> tuple[Check, ...]:
        """One check a rule over all channels."""
        found = [each for name in self.kits for each in self._checks(name)]
        names = dict.fromkeys(each.name for each in found)
        return tuple(_summed(name, [e for e in found if e.name == name]) for name in names)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Each channel's copy as an ad of its own."""
        return tuple(
            Part(
                PART + name,
                "ad",
                Output(
                    text="\n".join(row.text for row in rows),
                    data={"channel": name, "fields": as_data(rows)},
                    checks=self._checks(name),
                ),
            )
            for name, rows in self.kits.items()
        )

    def rows(self) -> list[dict[str, object]]:
        """JSON-able: what the page and the files show of each channel."""
        return [
            {
                "channel": name,
                "fields": as_data(rows),
                "diversity": self.campaign.diversity([row.text for row in rows]),
                "checks": [asdict(each) for each in self._checks(name)],
            }
            for name, rows in self.kits.items()
        ]

    def _checks(self, name: str) -> tuple[Check, ...]:
        return self.campaign.checks(CHANNELS[name], self.kits[name])


def channels_of(inputs: Inputs) -> tuple[Channel, ...]:
    """The chosen channels in the studio's order; all when none is chosen."""
    chosen = inputs["channel"]
    names = chosen if isinstance(chosen, tuple | list) and chosen else tuple(CHANNELS)
    return tuple(CHANNELS[str(name)] for name in names)


def copy_order(
    inputs: Inputs, brief: AdBrief, start: KitStart, seed: int, roster: Roster
) -> OrderPart:
    """The requests for the lines that are not there yet; none where nothing is to be written."""
    campaign = _campaign(inputs, brief, start)
    if not start.writes:
        return OrderPart("copy", "ad", Order((), inputs, brief.lang))
    card, adapter = roster.choose("writer", brief.lang)
    requests = campaign.requests(card, adapter, seed, float(str(inputs["temperature"])))
    plan = {"trusted": is_trusted(roster, card)}
    return OrderPart("copy", "ad", Order(requests, inputs, brief.lang, plan), campaign.preview)


def copy_parts(
    order: Order, brief: AdBrief, start: KitStart, completions: Sequence[Completion]
) -> KitCopy:
    """What was written, together with what stays."""
    campaign = _campaign(order.inputs, brief, start, trusted=bool(order.plan.get("trusted")))
    if start.writes:
        return KitCopy(campaign, campaign.kits(completions))
    return KitCopy(campaign, {name: rows for name, rows in start.of.copy.items() if rows})


def kit_data(
    inputs: Inputs, brief: AdBrief, brand: Brand | None, copy: KitCopy
) -> dict[str, object]:
    """What an output's data say of the brief and its copy."""
    return {
        "brand_name": brief.brand,
        "product": brief.product,
        "brand": (brand or Brand(name=brief.brand)).as_dict(),
        "lang": brief.lang,
        "print": bool(inputs["print"]),
        "channels": copy.rows(),
        "banner_copy": asdict(copy.campaign.banner_copy(copy.kits)),
    }


def _campaign(
    inputs: Inputs, brief: AdBrief, start: KitStart, *, trusted: bool = False
) -> Campaign:
    return Campaign(brief, channels_of(inputs), start.locked, trusted)


def _summed(name: str, found: Sequence[Check]) -> Check:
    broken = [each.detail for each in found if not each.passed]
    fine = f"{len(found) - len(broken)}/{len(found)}"
    return Check(name, not broken, "; ".join(broken) or fine)
