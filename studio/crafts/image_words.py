"""The words a picture's plan is read from, in English and Chinese. Own work, CC0.

CONCEPTS group words that ask for the same thing. English words match from a word's start ("calm"
finds "calming"), with a trailing "." only the whole word; Chinese words match anywhere.
What each group does to the plan is in `image_effects.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CONCEPTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # moods
        "happy": (
            "happy happi joy. joyful cheer celebrat fun. glad sunny smile grin delight carnival "
            "party festiv confetti birthday picnic bright. laugh summer spring. playlist candy",
            "快乐 欢 喜 笑 开心 热闹 派对 庆 春天 阳光 明朗 轻快 鼓掌 过年 汽水 泡泡 彩虹",
        ),
        "sad": (
            "sad sorrow grief griev lonel alone tear. tears weep cry. crying lost empty-handed "
            "mourn rain broken sinking hospice divorce funeral goodbye nobody never",
            "悲 伤 哭 泪 孤 寂寞 失 雨 空荡 没寄出 离 断 枯 冷清 无人 委屈 告别 沉 灰",
        ),
        "angry": (
            "angry anger rage fury furious wrath tantrum "
            "violent protest hate scream jagged barbed "
            "shatter spit acid hardcore storm burn explod explosi crash fierce",
            "怒 愤 恨 骂 暴 炸 爆 撕 裂 砸 狠 刀 血 狂 吼 火山 岩浆 猩红",
        ),
        "calm": (
            "calm quiet peace seren still. stillness tranquil soft. softly gentle gently slow. "
            "slowly rest. restful breath sunday silence silent hush sleep lullaby tea. morning "
            "mist meditat zen. unhurried",
            "静 宁 安 平和 缓 慢 茶 禅 冥想 清晨 晨 午睡 呼吸 柔和 淡 湖面 微风 素 养老",
        ),
        "tense": (
            "tense tension anxious anxiety fear threat surveillance siren deadline nervous dread "
            "panic uneasy trap crack knife edge. mosquito static holding urgent topple fault",
            "紧 张 焦 慌 压 逼 崩 险 对峙 悬 惊 恐 勒 挤 针 加班 警 失控 密密麻麻",
        ),
        "playful": (
            "playful funny silly kid. kids child toy. "
            "doodle wonky giggl squiggl disco googly jelly "
            "bounc cartoon gelato lollipop bubblegum sticker "
            "prank tickl wobb ping-pong cats spaghetti",
            "玩 调皮 童 孩子 可爱 积木 果冻 糖 跳 舞 "
            "打嗝 打架 拔河 毛毛虫 游戏 逗 猫 乱飞 橡皮泥 蟹",
        ),
        "romantic": (
            "romantic love. lover lovers kiss heart wedding bride blush rose. roses perfume silk "
            "candle tender date. dance. letter jasmine camellia peon newlywed valentine",
            "爱 恋 吻 玫瑰 婚 情书 唇 烛光 丝绒 桃花 红酒 月牙 薰衣草 裙 同心 拥 心动 温柔",
        ),
        "heroic": (
            "hero champion victor triumph courage brave proud. monument summit expedition saint "
            "phoenix rising rise. rises epic grand. bold. power strong. confident conquer rescue",
            "英雄 冠军 壮 勇 胜 峰 冲锋 雄 豪 破冰 千军 金戈 朝阳 长空 众志 功勋 龙鳞 坚 登月 大刀",
        ),
        "mysterious": (
            "myster secret hidden night. midnight moon. tarot "
            "rune dark. darkness shadow fog. dusk. "
            "dream whisper ghost spell unknown enigma "
            "occult glow spore locked velvet eclipse oil",
            "神秘 秘 谜 夜 月 暗 影 梦 魔 咒 幽 星云 深处 未知 鬼 卦 佛 符号 雾 龙 子夜",
        ),
        "nostalgic": (
            "nostalg memor old. childhood grand mother's "
            "aunt. faded fading bleached vintage retro "
            "attic photo mixtape school carpet quilt crochet used left. remember antique yester",
            "旧 老 怀旧 回忆 记忆 小时候 外公 奶奶 爷爷 "
            "褪 泛黄 那年 童年 年代 祖 故 票根 斑驳 弄堂",
        ),
        # amount
        "empty": (
            "empty emptiness minimal sparse bare. alone "
            "single lone. void space. white-space room. "
            "wide. nothing few. almost one. margin blank hairline dot. thin uncluttered only.",
            "极简 留白 空 一笔 一抹 一缕 一枚 一点 一道 只有 "
            "只剩 少 简约 简洁 疏 无 两三 其余 寥寥 孤",
        ),
        "crowded": (
            "crowd dense densely packed full. busy thousand thousands tangle swarm countless "
            "everywhere clutter many. rich. ornate layer "
            "noise overgrown teem detailed maximal fill",
            "满 密 拥挤 无数 堆 繁 丰富 多变 挤 层层 千 万 满幅 丛 缠 纷 喘 花花绿绿 复杂 铺满",
        ),
        # form
        "sharp": (
            "sharp jagged spik shard edge. edges angular triangle corner point. pointed razor "
            "splinter crystal zigzag cut. cutting knife "
            "steel lightning barbed hard-edged hexagon "
            "square geometric blade thorn crisp straight",
            "尖 锐 棱 角 锯齿 刀 碎 裂 三角 方 几何 直线 硬 刺 冰 折 劈 砸 切 晶 针",
        ),
        "round": (
            "round circle circles curve curv ring. rings "
            "ripple bubble dot. dots ball. balls soft. "
            "swirl wave. waves loop loops oval cloud "
            "arc. arcs petal pebble orbit blob liquid sphere",
            "圆 圈 曲 弧 柔 流畅 泡 环 涟漪 波 云 珠 软 球 水 月 花瓣 水母 卷",
        ),
        "moving": (
            "mov dynamic rhythm flow flowing fast. speed rush swirl twist explod storm danc run. "
            "running leap jump whirl spin spiral energy energetic burst fly flying fall. falling "
            "race racing wind. gust wild gallop splash sweep swing diagonal",
            "动感 动 流 飞 奔 跑 冲 旋 转 舞 跳 狂 速 风 滚 乱 节奏 溅 泼 甩 涌 浪 翻 蹦 扭 势 炸",
        ),
        "still": (
            "still. motionless frozen static. quiet resting flat. horizontal horizon level. "
            "unmoving settled asleep pause paused steady balanced stone symmetr",
            "静 不动 凝 停 平 稳 定 止 沉 屏息 挨着 水平 对称 石 庄重 端正",
        ),
        # light
        "dark": (
            "dark. darkness black. night. midnight shadow deep. "
            "gloom ink. soot coal eclipse abyss "
            "noir ebony dim. navy indigo charcoal tar. smoke",
            "黑 夜 暗 墨 深 影 焦 玄 沥青 午夜 子夜 凌晨 幽 炭 乌 藏青 星云",
        ),
        "bright": (
            "bright light. white. pale. snow cream. ivory "
            "pastel airy daylight morning sun. sunlit "
            "luminous paper milky clean. milk linen pearl bone. fresh noon",
            "白 亮 浅 淡 雪 奶 米 光 晨 素 明 纸 清 粉嫩 珍珠 燕麦 马卡龙 晴 阳光",
        ),
        "vivid": (
            "vivid bright. neon colourful colorful saturat "
            "bold. carnival hot. pure. electric pop. "
            "fluorescent rainbow loud. intense lime magenta scarlet",
            "色彩丰富 鲜 艳 荧光 浓 彩 斑斓 亮色 花花绿绿 缤纷 强烈 明快 刺眼 朱 霓虹",
        ),
        "muted": (
            "muted faded pale. grey gray dusty soft. "
            "washed desaturat sepia bleached subdued foggy "
            "misty fog. mist ash. beige linen weak. milky stone. bone pewter",
            "淡 灰 褪 浅 雾 素 旧 低饱和 泛黄 薄 朦胧 烟 莫兰迪 水墨 宣纸 暗淡 洗",
        ),
        "contrasty": (
            "contrast stark black. bold. sharp jagged "
            "poster graphic. white-hot lightning spotlight "
            "two-tone ink. screen-printed outline outlines silhouette",
            "对比 强烈 黑白 锋利 左黑右白 刺眼 鲜明 撞 分明 闪电 剪影 醒目",
        ),
        "soft": (
            "soft. softly gentle haze hazy blur mist pastel gradient faint barely subtle tender "
            "frosted whisper watercolour watercolor silk velvet",
            "柔 轻 薄 朦 淡 渐变 浅 雾 晕 化开 微 隐约 温润 纱",
        ),
        # temperature
        "warm": (
            "warm warmth red. orange yellow gold golden amber fire flame sun. sunny sunset ember "
            "honey rust terracotta copper bronze brick apricot peach coral scarlet crimson ochre "
            "autumn candle spice chilli tomato desert brown wine burgundy pink rose. blush lava",
            "暖 红 橙 黄 金 火 焰 太阳 日落 夕阳 晚霞 黄昏 朱 "
            "赤 琥珀 铜 锈 秋 橘 蜜 桃 粉 咖啡 棕 酒 "
            "岩浆 绯 砖 杏 朝阳",
        ),
        "cold": (
            "cold cool. blue ice. icy frost snow winter "
            "sea. ocean water river lake teal turquoise "
            "cyan cobalt navy indigo steel green. mint moss jade violet purple moon rain glacier "
            "arctic petrol sky. ultraviolet night.",
            "冷 蓝 青 冰 雪 冬 海 水 湖 河 雨 绿 翠 碧 紫 月 夜 寒 雾 藏青 极地 钢 霜 天空 薄荷",
        ),
        "metal": (
            "gold. golden bronze brass copper silver steel iron metal chrome",
            "金 银 铜 铁 钢 青铜 金箔",
        ),
        "earthy": (
            "earth wood brown sand. clay stone. leather rust autumn coffee chocolate oats wheat "
            "terracotta ochre umber soil",
            "土 木 沙 石 陶 咖啡 茶 麦 棕 褐 泥 枯 牛皮 岩",
        ),
        "green_things": (
            "green. leaf leaves plant forest moss fern jade sage mint garden grass pine olive",
            "绿 叶 草 树 林 苔 竹 松 园 翠 荷 薄荷",
        ),
        "commission": (
            "poster cover packag brand. label banner backdrop album report website logo design",
            "海报 封面 包装 品牌 主视觉 设计 墙画 墙面 请柬 底纹 画册",
        ),
        # styles
        "says_cells": (
            "cell. cells honeycomb mosaic hexagon tessellat terrazzo voronoi scales reef "
            "cracked crackle amoeba spore shatter puzzle carpet bubbles freezing hive beehive "
            "foam froth cobble giraffe turtle tortoise crocodile lizard coral bacteria "
            "microscop frogspawn pomegranate inlaid membrane",
            "细胞 蜂巢 马赛克 龟裂 鳞 碎片 水珠 拼图 裂 格格 瓷砖 蜂窝 分裂 玻璃碎 "
            "泡沫 鹅卵石 龟壳 珊瑚 菌 显微镜 冰裂 蛙卵 石榴 鳄鱼 长颈鹿 盐田 龟甲 "
            "碎冰 裂纹 镶嵌",
        ),
        "says_colorfield": (
            "colour-field color-field colourfield fields field. bands band. block. blocks "
            "gradient horizon temperature wall. two-colour backdrop seam plane. stack rothko "
            "slab haze. hazy dusk. plains curtain fade. fades slabs expanse",
            "色块 色域 大块 渐变 两块 一片 块垒 天际 连着天 一面墙 沙发 罗斯科 色带 "
            "大面积 幕布 一整面 一大片 田野 平原 暮色 天边 平涂 麦田 雪原",
        ),
        "says_drip": (
            "drip splash splatter spatter drop. drops confetti speckl fleck rain. splashed "
            "spray spill pollock constellation dots scattered static noise drizzl freckle "
            "sparks firework hail. sprinkle pollen fireflies firefly petals scatter leak "
            "popcorn splat dripp flick",
            "滴 泼 溅 洒 点点 墨点 颗粒 落在 雨 喷 撒 飞溅 泼墨 金箔 斑点 烟花 "
            "火星 雀斑 萤 飞虫 爆米花 漏 星河 繁星 冰雹 落英 纸屑 彩屑 飘落 散落 淌 "
            "流泪",
        ),
        "says_flow": (
            "flow flowing stream streams river ribbon ribbons thread threads strand hair. "
            "current silk lines line. strings wire smoke delta tangle currents braid cable "
            "scarf noodle starling murmuration shoal seaweed vine. vines contrail comet traffic "
            "yarn wool. fibre fiber fingerprint filament trail trails",
            "流畅 流动 线条 线 缕 丝 烟 缠 河流 丝带 发丝 轨迹 尾灯 面条 一股 绸 "
            "发辫 毛线 车流 鱼群 洋流 水袖 海草 木纹 藤 彗星 琴弦 柳 炊烟 电线 长发 "
            "飘带 指纹",
        ),
        "says_geometric": (
            "geometr triangle square squares shard polygon suprematis bauhaus constructiv cubis "
            "circles planes stained origami umbrella angular blocks stairs poster wedge arrow "
            "pyramid crystal facet diamond cube. cubes cone. cones spike blade. blades spear "
            "angles sail. sails fortress ziggurat prism tangram scaffold lightning zigzag "
            "zig-zag hexagons trapez",
            "几何 三角 方块 多边形 积木 棱角 切面 折 包豪斯 构成 叉圈 锐角 光束 阵 "
            "箭头 金字塔 水晶 切割 楔 锯齿 尖角 锐 帆 屋顶 刀锋 七巧板 脚手架 五角星 "
            "风筝 闪电 圆锥 钻石",
        ),
        "says_gestural": (
            "gestur brush stroke strokes mark. marks sweep calligraph scrawl one-breath swipe "
            "drybrush smear brushwork painted bold slash scribbl scratch claw graffiti charcoal "
            "signature whip. lipstick broom flourish handwrit",
            "一笔 笔触 草书 书法 毛笔 刀刮 泼 横竖撇捺 几笔 一抹 大刀阔斧 挥 写意 "
            "描红 一挥 抓痕 狂草 枯笔 飞白 挥毫 炭笔 涂抹 大笔 签名 横扫 泼洒 劲",
        ),
        "says_grid": (
            "grid. grids checker chequer plaid tile tiles map. lattice window windows weave "
            "squares crossword tartan city building mondrian linoleum circuit spreadsheet quilt "
            "drawer chess calendar keyboard locker shelf. shelves pixel lego brick. bricks "
            "fence. cage. bars. barcode timetable containers parking apartment tower. towers "
            "office. cubicle basket woven bento cupboard stamps rows columns",
            "格 方格 棋盘 网格 表格 窗 瓦 砖 电路 格子 方印 抽屉 矩阵 楼 田字 日历 "
            "键盘 储物柜 座位 像素 乐高 篱笆 笼 百叶 便当 条形码 课程表 集装箱 魔方 "
            "稿纸 公寓 街区 地图 药柜 围栏 编织 书架 马赛克砖",
        ),
        "says_lyrical": (
            "lyrical doodle squiggl kandinsky sign. signs symbols poem poetic music song. "
            "melody garden letters birds rune shapes play. argument tangled improvis jazz "
            "circus parade orchestra puppet fairy carnival tune. tunes alphabet trumpet "
            "whimsical chord kites band. ballet",
            "抒情 音乐 旋律 形态多变 符号 涂鸦 诗 花园 叶影 节奏 划痕 扇 胶片 "
            "线条打架 爵士 康定斯基 马戏 木偶 童话 即兴 和弦 小号 音符 乐队 皮影 庙会 "
            "字母 歌 狂欢 曲子",
        ),
        "says_marble": (
            "marble marbl vein veins swirl swirled oil-slick lava agate ink. smoke whirlpool "
            "liquid curdl endpaper bleeding molten perfume dissolv caramel nebula petrol syrup "
            "oil. oily curling glaze geode suminagashi bruise jupiter stir. stirred mingl",
            "大理石 漩涡 岩浆 纹路 晕 墨在 云石 玛瑙 化开 搅 融 水底 墨里 浑 打翻 "
            "翻涌 揉 焦糖 汽油 星云 糖浆 熔 釉 淤青 渗 流沙 铁水 墨滴 溶",
        ),
        "says_minimal": (
            "minimal minimalis empty almost single lone. one. dot. hairline margins pebble "
            "bare. void nothing-else blank few. restrained simple. simplicity stripped solitary "
            "crumb seed. pin. understated less.",
            "极简 留白 简约 简洁 一枚 一点 一只 独 无声 孤零零 一颗 空无 其余 "
            "其他都不要 孤舟 孤灯 独钓 寥寥 克制 一叶 一粒 一根 一把 一盏 几乎 "
            "大片空白 纯净 单单",
        ),
        "says_rings": (
            "ring. rings concentric circle circles ripple ripples orbit target halo eye. wheel "
            "well pupil tree-ring radar whirl ferris round dial iris. dartboard planet vinyl "
            "record. carousel merry-go-round sonar clock onion roulette tunnel bullseye "
            "bull's-eye saturn shockwave bangle drain. spinning",
            "环 圈 圆 同心 涟漪 年轮 眼 轮 靶 光晕 一圈 泡 声波 旋钮 锁 唱片 "
            "摩天轮 木马 瞳 轨道 行星 陀螺 隧道 罗盘 鼓 铜镜 手镯 佛光 洋葱 日晕 "
            "月晕 戒指 轮盘 光环 井",
        ),
        "says_waves": (
            "wave waves sea. ocean tide dune dunes hill hills mountain contour terrace horizon "
            "ripple lake surf layers layered undulat mist swell rolling ridge ridges valley "
            "breaker furrow plough accordion aurora fold. folds pleat vineyard flood billow "
            "coast",
            "浪 海 波 潮 山峦 湖 水面 起伏 丘 涌 层叠 倒影 江 梯田 云海 条纹 群山 "
            "远山 极光 褶 波纹 稻浪 茶山 海岸 江水 麦浪 洪水 心电图 山外",
        ),
    }
)

NEGATIONS_EN = (
    "not",
    "no",
    "without",
    "never",
    "nothing",
    "non",
    "isn't",
    "don't",
    "avoid",
    "less",
)
"""An English negation covers the next two words."""
NEGATIONS_ZH = ("不要", "别", "没有", "不", "无", "勿", "非", "避免", "少用")
"""A Chinese negation covers the next four characters."""

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "red": "#d62828", "scarlet": "#e0241b", "crimson": "#a4161a", "vermilion": "#e34234",
        "burgundy": "#6a1b2d", "wine": "#722f37", "maroon": "#6b1520", "rust": "#b5532a",
        "terracotta": "#c4643f", "brick": "#a44a3f", "coral": "#ff7f66", "salmon": "#fa8e78",
        "orange": "#f3722c", "tangerine": "#f28c28", "apricot": "#f6b183", "peach": "#f9c4a0",
        "amber": "#e8a020", "gold": "#d4a72c", "golden": "#d4a72c", "honey": "#d99a2b",
        "yellow": "#f7c948", "lemon": "#f6e04d", "mustard": "#c9a227", "ochre": "#b98a2f",
        "cream": "#f5ecd7", "ivory": "#f6f1e1", "beige": "#ddcdb0", "sand": "#d9c6a0",
        "brown": "#7a4f30", "chocolate": "#4a2c1d", "coffee": "#5b3f2d", "copper": "#b5713a",
        "bronze": "#9c6b30", "brass": "#b8963e", "green": "#3f8f4f", "lime": "#b5d832",
        "mint": "#a8dcc0", "sage": "#a3b18a", "olive": "#74753a", "moss": "#66733a",
        "emerald": "#1f8a5b", "jade": "#3fa07a", "pistachio": "#b9d48f", "pine": "#20483a",
        "teal": "#1f7a7a", "turquoise": "#36b8b0", "cyan": "#35b7d6", "aqua": "#7fd6d6",
        "blue": "#2a64ad", "navy": "#14234a", "cobalt": "#1148a8", "azure": "#3d8fd9",
        "sky": "#8cc4ea", "indigo": "#2e2a72", "ultramarine": "#1f2f9c", "denim": "#4a6a8f",
        "purple": "#6d3f91", "violet": "#7748ab", "lilac": "#c5b0dc", "lavender": "#b8a8d8",
        "plum": "#5d2a50", "magenta": "#c72f87", "fuchsia": "#d92f8a", "pink": "#f29bb2",
        "rose": "#d97b8a", "blush": "#f0c8c4", "black": "#15131a", "charcoal": "#33343a",
        "white": "#f8f6f0", "grey": "#8f9499", "gray": "#8f9499", "silver": "#bfc4c9",
        "slate": "#5c6975", "pewter": "#8a9296", "bone": "#e8e0cf", "soot": "#1f1c1c",
        "ash": "#a5a39d", "mauve": "#b08bb0", "khaki": "#b8a878",
        "taupe": "#8b7d6f", "ebony": "#1e1a18", "ruby": "#9b1b3b", "sapphire": "#1d4e9e",
        "aubergine": "#46263f", "champagne": "#ead9b8", "caramel": "#b9783f",
        "cinnamon": "#a35c33", "cherry": "#b3142f", "tan": "#c8a97e", "chartreuse": "#c3d82c",
        "periwinkle": "#9aa5e0", "cerulean": "#2f86b8", "petrol": "#1d5763",
        "graphite": "#43464c", "mahogany": "#5c2b24", "saffron": "#eaa221",
        "seafoam": "#a5dcc6", "oatmeal": "#e0d3bd", "milk": "#f4efe4",
        "lemon yellow": "#f6e04d", "hot pink": "#ff3d8b",
    }
)  # fmt: skip
"""English colour words (whole words)."""

COLOURS_ZH: Mapping[str, str] = MappingProxyType(
    {
        "深红": "#7d1420", "暗红": "#6f1620", "朱红": "#d63a26", "猩红": "#b3001e",
        "酒红": "#6a1b2d",
        "粉红": "#f29bb2", "玫红": "#d23c77", "砖红": "#a44a3f", "朱砂": "#c23b22",
        "绯": "#c8384a",
        "胭脂": "#b8334a", "绛": "#8c2b3a", "珊瑚红": "#ff7f66", "珊瑚色": "#ff7f66",
        "赭": "#8f4b2f", "驼色": "#b08d63", "姜黄": "#d6a12c", "鹅黄": "#f5e28c",
        "香槟色": "#ead9b8", "豆绿": "#a9c08f", "祖母绿": "#1f8a5b", "孔雀蓝": "#0f7b8a",
        "雾蓝": "#9fb3c4", "藕荷": "#d9b6c8", "黛": "#3b4758", "烟灰": "#8c8c8a",
        "红": "#d62828", "橙": "#f3722c", "橘": "#f28c28", "杏": "#f6b183",
        "桃": "#f5b5a8",
        "琥珀": "#d99a2b", "土黄": "#b98a2f", "柠檬黄": "#f6e04d", "明黄": "#f7d038",
        "金": "#d4a72c",
        "黄": "#f7c948", "米白": "#f5ecd7", "米色": "#e6d8bd", "燕麦": "#e0d3bd",
        "奶白": "#f4ecdc",
        "裸粉": "#ecc9bd", "浅粉": "#f6cdd2", "粉": "#f2a8b8", "咖啡": "#5b3f2d",
        "棕": "#7a4f30",
        "褐": "#6b4a35", "古铜": "#9c6b30", "青铜": "#5f7d5a", "铜": "#b5713a",
        "锈": "#a3512b",
        "墨绿": "#1b4332", "深绿": "#1f4a34", "翠绿": "#2a9d5c", "草绿": "#7fb341",
        "嫩绿": "#a9d46a",
        "石绿": "#4f8f73", "薄荷": "#a8dcc0", "橄榄": "#74753a", "绿": "#3f8f4f",
        "青": "#4a8f95",
        "湖蓝": "#3d9ab8", "天蓝": "#7fc0ea", "天空蓝": "#7fc0ea", "深蓝": "#16306b",
        "海蓝": "#1f6fa8",
        "藏青": "#17233f", "靛": "#2e2a72", "宝蓝": "#1148a8", "灰蓝": "#6a8299",
        "浅蓝": "#aed0ea",
        "蓝": "#2a64ad", "灰紫": "#7a7391", "紫": "#6d3f91", "薰衣草": "#b8a8d8",
        "焦黑": "#14100f",
        "玄": "#16181f", "黑": "#15131a", "墨": "#1b1b22", "灰": "#8f9499",
        "银": "#bfc4c9",
        "月白": "#e3ebf0", "象牙": "#f6f1e1", "白": "#f8f6f0", "莫兰迪": "#b3aca0",
    }
)  # fmt: skip
"""Chinese colour words; longer ones are matched first."""
COLOUR_NOT: tuple[str, ...] = (
    "空白", "留白", "黄昏", "金属", "红绿灯", "黑夜", "青春", "明白", "青年", "现金", "雪白",
    "白天", "白领",
    "粉丝", "红包", "黄河", "青海", "墨水", "夜晚", "资金", "黑板", "青山", "青梅", "黄山", "红酒",
)  # fmt: skip
"""Words that hold a colour's character and mean no colour."""
