"""What a colour is called in English and Chinese, for swatches. Own list, CC0.

The nearest of about 120 named colours by Lab distance; a swatch says "about" when none is near.
"""

from __future__ import annotations

from functools import lru_cache
from math import dist

from studio.crafts.palette import Lab, hex_to_lab

NEAR = 12.0
"""Lab distance (CIE76) up to which a name fits as it is; beyond it the name is only the nearest."""

_TABLE = """
#15131a black 黑|#26211f soot 焦黑|#33343a charcoal 炭灰|#43464c graphite 石墨灰
#5c6975 slate 板岩灰|#6f7377 iron 铁灰|#8f9499 grey 灰|#a5a39d ash 烟灰|#bfc4c9 silver 银灰
#d9dcdf pale grey 浅灰|#f8f6f0 white 白|#ffffff pure white 纯白|#e3ebf0 moon white 月白
#f5ecd7 cream 米白|#f6f1e1 ivory 象牙白|#e8e0cf bone 骨白|#e0d3bd oatmeal 燕麦色
#ddcdb0 beige 米色|#d9c6a0 sand 沙色|#c8a97e tan 驼色|#b8a878 khaki 卡其|#8b7d6f taupe 灰褐
#7a4f30 brown 棕|#4a2c1d chocolate 巧克力色|#5b3f2d coffee 咖啡色|#5c2b24 mahogany 红木色
#b9783f caramel 焦糖色|#a35c33 cinnamon 肉桂色|#b5713a copper 铜色|#9c6b30 bronze 古铜
#b8963e brass 黄铜|#b5532a rust 锈红|#c4643f terracotta 陶土色|#a44a3f brick 砖红
#8f4b2f sienna 赭石|#d62828 red 红|#e0241b scarlet 猩红|#e34234 vermilion 朱红
#a4161a crimson 绛红|#b3142f cherry 樱桃红|#7d1420 dark red 深红|#6a1b2d burgundy 酒红
#3d0c11 oxblood 牛血红|#b8334a rouge 胭脂|#d23c77 rose red 玫红|#d97b8a rose 玫瑰粉
#f29bb2 pink 粉红|#ff3d8b hot pink 亮粉|#f6cdd2 pale pink 浅粉|#f0c8c4 blush 裸粉
#d8a5a5 dusty pink 灰粉|#c72f87 magenta 品红|#d92f8a fuchsia 紫红|#ff7f66 coral 珊瑚色
#fa8e78 salmon 鲑鱼粉|#f9c4a0 peach 桃色|#f6b183 apricot 杏色|#f3722c orange 橙
#f28c28 tangerine 橘色|#ff5400 flame 火焰橙|#e8a020 amber 琥珀|#d99a2b honey 蜜色
#eaa221 saffron 藏红花黄|#d4a72c gold 金色|#c9a227 mustard 芥末黄|#b98a2f ochre 土黄
#f7c948 yellow 黄|#f6e04d lemon 柠檬黄|#ffd000 sunflower 向日葵黄|#f5e28c primrose 鹅黄
#fff3a3 pale yellow 浅黄|#ead9b8 champagne 香槟色|#f7ff00 neon yellow 荧光黄
#d9ff3f neon lime 荧光绿|#b5d832 lime 青柠绿|#c3d82c chartreuse 黄绿|#9ccc3c leaf 嫩绿
#7fb341 grass 草绿|#3f8f4f green 绿|#2a9d5c kelly green 翠绿|#1f8a5b emerald 祖母绿
#3fa07a jade 玉色|#a3b18a sage 鼠尾草绿|#a9c08f pea green 豆绿|#b9d48f pistachio 开心果绿
#74753a olive 橄榄绿|#4a5320 army green 军绿|#66733a moss 苔藓绿|#1b4332 forest 墨绿
#20483a pine 松绿|#10160f black green 墨黑绿|#a8dcc0 mint 薄荷绿|#dfeee2 pale mint 浅薄荷
#a5dcc6 seafoam 海沫绿|#1f7a7a teal 鸭绿|#36b8b0 turquoise 绿松石|#4a8f95 blue green 青
#1d5763 petrol 石油蓝|#0f7b8a peacock 孔雀蓝|#7fd6d6 aqua 水色|#35b7d6 cyan 湖蓝
#00bbf9 electric blue 电光蓝|#d7ecf5 ice blue 冰蓝|#aed0ea pale blue 浅蓝|#8cc4ea sky 天蓝
#9fb3c4 mist blue 雾蓝|#6a8299 grey blue 灰蓝|#4a6a8f denim 牛仔蓝|#3d8fd9 azure 蔚蓝
#2f86b8 cerulean 海蓝|#2a64ad blue 蓝|#1148a8 cobalt 宝蓝|#1d4e9e sapphire 蓝宝石
#2d00f7 ultramarine 群青|#1f2f9c royal blue 皇家蓝|#16306b dark blue 深蓝|#14234a navy 藏青
#0b1320 midnight 午夜蓝|#3b4758 ink blue 黛色|#2e2a72 indigo 靛蓝|#1a0b33 deep violet 深紫
#7748ab violet 紫罗兰|#6d3f91 purple 紫|#7b00ff electric violet 电光紫|#9aa5e0 periwinkle 长春花蓝
#b8a8d8 lavender 薰衣草紫|#c5b0dc lilac 丁香紫|#d9b6c8 pale mauve 藕荷|#b08bb0 mauve 淡紫褐
#7a7391 grey violet 灰紫|#5d2a50 plum 梅子紫|#46263f aubergine 茄紫|#2a1328 black plum 乌梅紫
"""
COLOUR_NAMES: tuple[tuple[str, str, str], ...] = tuple(
    (entry[:7], *entry[8:].rsplit(" ", 1))  # type: ignore[misc]
    for entry in _TABLE.replace("\n", "|").split("|")
    if entry
)
"""(hex, English, Chinese)."""


def colour_name(colour: str, lang: str = "en") -> str:
    """What a hex colour is called in "en" or "zh". Raises ValueError for other text."""
    english, chinese, _ = _nearest(hex_to_lab(colour))
    return english if lang == "en" else chinese


def fits(colour: str) -> bool:
    """Whether the name is near enough to stand alone, without "about"."""
    return _nearest(hex_to_lab(colour))[2] <= NEAR


def _nearest(lab: Lab) -> tuple[str, str, float]:
    far, english, chinese = min((dist(lab, known), en, zh) for known, en, zh in _labs())
    return english, chinese, far


@lru_cache(maxsize=1)
def _labs() -> tuple[tuple[Lab, str, str], ...]:
    return tuple(
        (hex_to_lab(colour), english, chinese) for colour, english, chinese in COLOUR_NAMES
    )
