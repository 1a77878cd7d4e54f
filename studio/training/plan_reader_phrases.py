"""Short things a person may name, by the style that paints them. Own work, CC0.

Three hundred written descriptions do not hold every image; these teach the reader's style head
the rest of the language: what looks like rings, like cells, like a grid. No numbers are said.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STYLE_PHRASES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cells": (
            "a honeycomb held to the light; dried mud in August; foam on beer; frogspawn; "
            "the skin of a giraffe; a stained window broken and mended; "
            "mosaic floor of a bath; dragonfly wing, close up; terrazzo floor; "
            "ice breaking up in the harbour; cobbles after rain; "
            "cells dividing under a microscope; a coral reef; lizard scales; "
            "cracked porcelain glaze; soap bubbles packed in a glass; a beehive in panic; "
            "pebbles packed tight; pomegranate seeds; a windscreen hit by a stone; "
            "a patchwork of little islands; leaf veins and the rooms between them; salt flats; "
            "bacteria in a dish; many small kingdoms with borders; fish scales; "
            "crocodile leather; pavement of odd stones; amoebas; the crowd seen from above; "
            "a turtle's shell; crumpled foil facets",
            "蜂窝透着光; 干裂的土地; 啤酒的泡沫; 蛙卵; 长颈鹿的花纹; 碎了又补好的瓷; "
            "浴室的马赛克; 蜻蜓的翅膀; 水磨石地面; 港口的碎冰; 雨后的鹅卵石路; 显微镜下的细胞; "
            "珊瑚礁; 蜥蜴的皮; 冰裂纹; 挤在一起的肥皂泡; 石榴籽; 被石子砸中的挡风玻璃; "
            "叶脉之间的小房间; 盐田; 培养皿里的细菌; 许多有边界的小王国; 鱼鳞; 鳄鱼皮; "
            "不规则的石板路; 龟壳; 人群的俯瞰; 葡萄挤成一串; 菌落; 碎镜子",
        ),
        "colorfield": (
            "two soft bands of colour; one big block of red over a smaller one; "
            "a wall at sunset; sky above, field below; the horizon and nothing more; "
            "three stacked colours, edges breathing; a warm room of colour to sit in; "
            "fading from peach to grey; a large plane of blue; desert and sky; "
            "colour you can fall into; the last light on a wall; like a Rothko; "
            "wheat field under storm sky; two fields that touch; a curtain of one colour; "
            "dusk over the plain; a slow gradient; heavy dark over glowing orange; "
            "fog turning pink; backdrop for a product, soft gradient; warm haze; "
            "a slab of purple; the snow field and the grey above it; evening heat; "
            "velvet curtain; a faded blanket; pressed between two colours; "
            "a closed door of black; light under the door",
            "两块柔和的色; 一大片红压着一小片; 夕照的墙; 上面天，下面田; 只有地平线; "
            "三层颜色叠着，边缘在呼吸; 坐进一间颜色里; 从桃色褪到灰; 一整面蓝; 沙漠和天空; "
            "可以掉进去的颜色; 墙上最后的光; 像罗斯科; 暴雨前的麦田; 两片颜色相接; 一色的幕布; "
            "平原的黄昏; 慢慢的渐变; 沉沉的黑压着发亮的橙; 雾变成粉色; 产品背景，柔和渐变; "
            "暖暖的雾气; 一块紫; 雪原和灰天; 傍晚的热; 丝绒幕布; 褪色的毯子; 一扇黑色的门; "
            "门缝的光; 大面积的色块",
        ),
        "drip": (
            "paint thrown across the floor; rain on a window; splashes of ink; "
            "a burst of confetti; stars spilled on black; tears running down; spattered mud; "
            "fireworks falling apart; wax running down a candle; "
            "a bottle of ketchup exploding; first drops on dry stone; pollen in the air; "
            "candy sprinkles; snow falling in the headlights; like Pollock; speckled egg; "
            "a sneeze of colours; leaking roof; champagne spray; scattered petals; "
            "popcorn everywhere; sparks from the grinder; a swarm of flies; freckles; "
            "blood drops; seeds in the wind; noise on the old television; fireflies; "
            "spilled beads; a fistful of sand thrown; melting ice cream running; hail",
            "颜料甩了一地; 窗上的雨; 墨点飞溅; 一把彩纸屑; 撒在黑布上的星星; 泪流下来; "
            "溅起的泥; 烟花散落; 蜡烛淌下的蜡; 番茄酱炸开; 干石头上最初的几滴雨; 空气里的花粉; "
            "糖粒; 车灯里的雪; 像波洛克; 鸟蛋上的斑; 一个五颜六色的喷嚏; 漏雨的屋顶; "
            "香槟喷出来; 散落的花瓣; 爆米花; 砂轮的火星; 一群飞虫; 雀斑; 血滴; 风里的种子; "
            "老电视的雪花; 萤火虫; 打翻的珠子; 扬起的沙; 融化的冰淇淋; 冰雹; 星河; 落英",
        ),
        "flow": (
            "long hair in the wind; a river seen from the sky; ribbons in the air; "
            "smoke rising from a cigarette; traffic lights at night, long exposure; "
            "silk being pulled; wires behind the desk; a tangle of wool; streams joining; "
            "a shoal of fish turning; wind over tall grass; strands braided together; "
            "currents; a dancer's scarf; noodles; the lines of a fingerprint; "
            "iron filings round a magnet; starlings; violin strings; roads crossing at night; "
            "breath made visible; seaweed in the tide; wood grain; everything moving one way; "
            "threads on a loom; a crowd pushing through; tails of comets; streaming light; "
            "vines; electric cables; a kite string; jet trails",
            "风里的长发; 天上看的河; 飞舞的绸带; 香烟的烟; 夜里的车流长曝光; 抽出来的丝; "
            "桌子后面的电线; 一团毛线; 溪流汇合; 鱼群转身; 风吹过长草; 编在一起的发辫; 洋流; "
            "舞者的水袖; 面条; 指纹的线; 磁铁边的铁屑; 鸟群; 琴弦; 夜里的高架路; 看得见的呼吸; "
            "潮水里的海草; 木纹; 都朝一个方向走; 织机上的线; 挤过去的人潮; 彗星的尾巴; "
            "流动的光; 藤蔓; 风筝线; 飞机云; 流畅的线条; 柳条; 炊烟; 经络",
        ),
        "geometric": (
            "red triangles against black circles; a Bauhaus poster; shards of glass; "
            "a flag cut into wedges; paper planes; arrows charging; pyramids; origami cranes; "
            "mountains as triangles; a kite of hard planes; blades; a crystal; spear points; "
            "wooden blocks falling; stairs and shadows; constructivist rally; "
            "a lighthouse beam cut in two; cubes, cones, spheres; jagged lightning; "
            "a fortress; broken umbrella; facets of a diamond; a trophy built from squares; "
            "sharp angles and diagonals; building blocks; "
            "circles and half circles in bold colours; tangram; a sail; roof tops; "
            "dazzle camouflage; a paper fan; collapsing scaffolding; signs and arrows; a star",
            "红三角撞黑圆; 包豪斯海报; 玻璃碎片; 切成楔形的旗; 纸飞机; 冲锋的箭头; 金字塔; "
            "千纸鹤; 三角形的山; 风筝; 刀锋; 水晶; 矛尖; 倒下的积木; 楼梯和影子; 构成主义; "
            "灯塔的光切开夜; 方块、圆锥、球; 锯齿的闪电; 堡垒; 破伞; 钻石的切面; 方块垒的奖杯; "
            "锐角和斜线; 大胆的圆和半圆; 七巧板; 帆; 屋顶; 纸扇; 倒塌的脚手架; 箭头; 五角星; "
            "利剑; 尖锐的几何形",
        ),
        "gestural": (
            "one furious brush stroke; three marks of ink; a slash of black; "
            "calligraphy of a single breath; a wide dry brush; scribbled in anger; "
            "scratches on a door; a bold swipe of gold; smeared lipstick; the painter's arm; "
            "a signature too big for the page; charcoal marks; paint with a broom; "
            "sweeping strokes like a flag; scrawled and crossed out; "
            "palette knife, thick paint; like Franz Kline; bamboo in four strokes; "
            "a leap in ink; the whip; raw strokes; claw marks; a wave of the hand; "
            "horse in two brush marks; graffiti swipe; a shout in paint; "
            "wiped away with a sleeve; chalk on the board; a fast sketch; finger painting; "
            "red stroke, white paper; tyre marks",
            "愤怒的一笔; 三道墨痕; 一记黑色的劈砍; 一口气写完的草书; 枯笔横扫; 生气的乱画; "
            "门上的抓痕; 金色的一抹; 抹花的口红; 画家的手臂; 大得出格的签名; 炭笔的痕; "
            "用扫帚画; 旗一样的大笔; 写了又划掉; 刮刀厚涂; 四笔的竹; 墨里的一跃; 鞭子; "
            "粗野的笔触; 爪痕; 一挥手; 两笔画马; 涂鸦一挥; 颜料的呐喊; 用袖子擦掉; 粉笔字; "
            "速写; 手指画; 白纸红笔; 狂草; 泼墨大写意; 飞白; 力透纸背; 挥毫",
        ),
        "grid": (
            "city blocks at night; a chessboard; windows of an office tower; a spreadsheet; "
            "crossword puzzle; tartan scarf; woven basket; bathroom tiles; picnic cloth; "
            "drawers full of letters; prison bars; circuit board; a keyboard; lockers; "
            "seats in an empty theatre; calendar; a quilt; stamps in an album; brick wall; "
            "lego plate; Mondrian; pixels; shelves of jars; a fence; the map of downtown; "
            "solar panels; apartments, one light on; graph paper; kitchen tiles; "
            "a parking lot; a cage; shutters; bento box; bar code; a timetable; pigeonholes; "
            "stacked containers in the port",
            "夜里的街区; 棋盘; 办公楼的窗; 表格; 填字游戏; 格子围巾; 编的竹篮; 浴室瓷砖; "
            "野餐布; 装满信的抽屉; 铁栏; 电路板; 键盘; 储物柜; 空剧场的座位; 日历; 拼布被; "
            "集邮册; 砖墙; 乐高; 蒙德里安; 像素; 药柜; 篱笆; 市区地图; 太阳能板; "
            "公寓楼，一盏灯; 方格纸; 厨房瓷砖; 停车场; 笼子; 百叶窗; 便当盒; 条形码; 课程表; "
            "港口的集装箱; 魔方; 花窗; 稿纸",
        ),
        "lyrical": (
            "jazz made of shapes; signs floating like a song; like Kandinsky; "
            "birds, notes, little hooks; a conversation of odd shapes; doodles in the margin; "
            "a circus parade; a party of lines and dots; letters of an unknown alphabet; "
            "a poem with birds; a garden of symbols; musical improvisation; "
            "dream with kites and moons; crayon squiggles; a puppet show; "
            "loose arcs and wedges; toys on the floor; a tune you half remember; "
            "carnival of forms; a street band; love letter in shapes; "
            "the noise of an orchestra tuning; scattered runes; a swing and a bell; "
            "kids chasing cats; a mixtape; an argument in a small kitchen; "
            "a story told with scraps; dancing figures; trumpet; a fairy tale; "
            "chords and colours",
            "爵士变成形状; 符号像歌一样飘; 像康定斯基; 鸟、音符、小钩; 奇怪形状的对话; "
            "页边的涂鸦; 马戏团游行; 线和点的派对; 没见过的字母; 有鸟的诗; 符号的花园; "
            "即兴演奏; 有风筝和月亮的梦; 蜡笔乱画; 木偶戏; 松散的弧和楔; 地上的玩具; "
            "半记得的曲子; 形的狂欢; 街头乐队; 形状写的情书; 乐队调音; 散落的符文; 秋千和铃; "
            "孩子追猫; 小厨房里的争吵; 用碎片讲故事; 跳舞的小人; 小号; 童话; 和弦与颜色; "
            "皮影戏; 庙会; 唱歌",
        ),
        "marble": (
            "ink dropped in water; oil on a puddle; marbled endpapers; milk poured in coffee; "
            "lava turning over; smoke curling in a jar; a gas giant; agate, cut open; "
            "veins of gold in stone; paint stirred but not mixed; perfume spreading; "
            "a whirlpool; clouds of Jupiter; burnt caramel; molten glass; melted records; "
            "petrol rainbow; a nebula; syrup and cream; dissolving; "
            "wet colours bleeding into each other; suminagashi; a bruise; "
            "thick fog that swirls; oyster shell; geode; molten metal; poison in a glass; "
            "slow lava lamp; raku glaze; stirred honey; wine spilled on linen; rust blooming",
            "墨滴进水里; 水洼上的油; 书的大理石纹扉页; 牛奶倒进咖啡; 翻涌的岩浆; 瓶里的烟; "
            "气态行星; 切开的玛瑙; 石里的金脉; 搅了没搅匀的颜料; 香水散开; 漩涡; 木星的云; "
            "焦糖; 熔化的玻璃; 汽油的彩虹; 星云; 糖浆和奶油; 溶解; 湿颜色互相渗; 流沙纸; "
            "一块淤青; 打转的浓雾; 蚌壳; 晶洞; 铁水; 杯里的毒; 熔岩灯; 窑变的釉; 搅开的蜂蜜; "
            "酒洒在亚麻上; 锈开花; 云石; 化不开",
        ),
        "minimal": (
            "one dot; a single line on white; almost nothing; an empty chair's worth of paint; "
            "a lone boat; one bird, huge sky; the space after a goodbye; one seed; "
            "a candle in the dark; blank page with a mark; the quiet before; "
            "a crumb on a plate; one leaf on snow; a pin; silence, drawn; nothing but a moon; "
            "an unanswered letter; a thread; whitespace, then a dot; a stone on paper; "
            "a small sun, much air; just one wrong thing; very little, far apart; "
            "simple logo backdrop; a gap; one key on an empty table; hospital corridor; "
            "a single pulse; stripped down; restrained and bare",
            "一个点; 白底一条线; 几乎什么都没有; 一叶孤舟; 一只鸟，很大的天; 告别之后的空; "
            "一粒种子; 暗里一支烛; 白纸上一个记号; 开始前的安静; 盘子里的一点碎屑; 雪上一片叶; "
            "一枚针; 画出来的沉默; 只有月亮; 没回的信; 一根线; 留白，然后一点; 纸上一块石; "
            "小小的太阳，许多空气; 只有一处不对; 很少，很远; 简洁的背景; 缺口; 空桌上一把钥匙; "
            "医院走廊; 一次心跳; 克制而空; 极简; 大片空白; 寥寥几笔; 独钓; 孤灯",
        ),
        "rings": (
            "ripples where the stone went in; year rings of a felled oak; a dartboard; "
            "planets and their orbits; the iris of an eye; a coffee stain ring; "
            "halo round a saint; a carousel; an old record; ferris wheel; concentric circles; "
            "sonar; a clock with no hands; a drain; the sun and its halo; rose window; "
            "onion cut in half; wedding bands; a target; looking down a well; "
            "a roulette wheel; shock wave of a bomb; moon halo; hula hoops; a spinning top; "
            "sand raked around a stone; embrace within an embrace; a tunnel; fairy ring; "
            "circles of light; a siren spreading; bull's-eye; lollipop swirl; a compass; "
            "drum skin; shield",
            "石头落水的涟漪; 老树的年轮; 飞镖靶; 行星和轨道; 瞳孔; 咖啡杯的圈渍; 佛光; "
            "旋转木马; 老唱片; 摩天轮; 同心圆; 声呐; 没有指针的钟; 下水口的旋涡; 日晕; "
            "玫瑰花窗; 切开的洋葱; 婚戒; 靶心; 往井里看; 轮盘; 爆炸的冲击波; 月晕; 呼啦圈; "
            "陀螺; 耙过的沙绕着石; 拥抱里的拥抱; 隧道; 一圈圈的光; 警报扩散; 棒棒糖; 罗盘; "
            "鼓面; 盾; 铜镜; 光环; 手镯; 团圆",
        ),
        "waves": (
            "hills one behind the other; the sea at dawn; sand dunes; tide coming in; "
            "terraced fields; mountains in mist, layer on layer; contour lines on a map; "
            "wind on a lake; the swell; rolling hills; a blanket in folds; "
            "breakers on the rocks; a lullaby going up and down; ploughed field; aurora; "
            "storm swell; heartbeat on the monitor; sound waves; rocking boat; layers of blue; "
            "surf; a flag in the wind, slow; harvest hills; lake in the morning; "
            "curtain folds; ripples in sand; roof tiles like the sea; a slow breathing; "
            "floods; river of clouds; accordion; northern lights; vineyard rows",
            "一座山后又一座山; 黎明的海; 沙丘; 涨潮; 梯田; 雾里层层的山; 等高线; 湖上的风; "
            "涌浪; 起伏的丘陵; 被子的褶皱; 拍岸的浪; 摇篮曲一起一伏; 犁过的地; 极光; 怒涛; "
            "心电图; 声波; 摇着的船; 一层层蓝; 冲浪; 慢慢飘的旗; 丰收的坡; 清晨的湖; 窗帘的褶; "
            "沙上的波纹; 瓦片像海; 慢慢的呼吸; 洪水; 云海; 手风琴; 茶山; 千里江山; 江水东流; "
            "海岸线; 稻浪",
        ),
    }
)  # fmt: skip
"""style -> (English phrases, Chinese phrases), each parted by ";"."""


def style_phrases() -> tuple[tuple[str, str], ...]:
    """(phrase, style) of both languages, in a fixed order."""
    return tuple(
        (phrase.strip(), style)
        for style, written in STYLE_PHRASES.items()
        for lines in written
        for phrase in lines.split(";")
    )
