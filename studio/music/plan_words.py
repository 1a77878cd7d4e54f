"""Words that tell style, meter, mode, sound and speed, in English and Chinese (CC0-1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STYLE: Mapping[str, str] = MappingProxyType(
    {
        "jig": "jig jigs slip-jig double-jig 吉格 快步舞",
        "reel": "reel reels 里尔 里尔舞 barn-dance 提琴拉得飞快 爱尔兰快舞",
        "hornpipe": "hornpipe 角笛舞",
        "waltz": "waltz* 华尔兹 圆舞曲 三步舞",
        "march": "march marches marching procession parade 进行曲 行军 军歌 战鼓",
        "lullaby": "lullab* cradle bedtime 摇篮曲 催眠曲 睡前 哄睡",
        "hymn": ("hymn* psalm* choral* anthem prayer 圣歌 赞美诗 颂歌 圣诗 教堂 晚祷 校歌"),
        "chiptune": (
            "chiptune* 8-bit 8bit pixel* arcade console boss video-game game-over robots 芯片 "
            "像素 红白机 游戏 电子 机器人"
        ),
        "jingle": (
            "jingle* commercial* advert* ad brand* campaign slogan logo sting spot app "
            "mnemonic hold-music 广告 品牌 宣传 应用 短片 新品"
        ),
        "chinese": (
            "chinese china guzheng erhu pipa dizi pentatonic mid-autumn emperor* ink 古筝 "
            "二胡 琵琶 笛子 江南 中国风 国风 民乐 戏曲 唢呐 古琴 五声 水乡 寺 竹 荷 江湖 灯笼 "
            "糖葫芦 除夕 清明 春节 丝竹 茶 黄河 长城 断桥"
        ),
        "cinematic": (
            "cinematic film movie trailer soundtrack score documentary titles suspense chase "
            "epic 电影 史诗 配乐 纪录片 慢镜头 片头"
        ),
        "ballad": "ballad* love-song slow-dance 情歌 民谣吉他 抒情 叙事曲",
        "folk": (
            "folk* irish celtic scottish tune fiddle* campfire shanty country 民歌 民谣 山歌 "
            "号子 小调儿 童谣 儿歌"
        ),
    }
)

MODE: Mapping[str, str] = MappingProxyType(
    {
        "minor": "minor 小调 阴郁 小三度",
        "major": "major 大调",
        "dorian": "dorian 多利亚",
        "mixolydian": "mixolydian 混合利底亚",
        "lydian": "lydian 利底亚",
        "phrygian": "phrygian 弗里几亚",
        "pentatonic": "pentatonic five-note 五声 宫调 宫调式",
        "shang": "商调",
        "jue": "角调",
        "zhi": "徵调",
        "yu": "羽调",
    }
)

METER: Mapping[str, str] = MappingProxyType(
    {
        "3/4": ("waltz* three-four triple-time minuet mazurka 三拍子 四三拍 三四拍 华尔兹 圆舞曲"),
        "4/4": "four-four common-time reel reels hornpipe 四四拍 四拍子",
        "2/4": "two-four polka galop 二四拍 二拍子 四二拍",
        "6/8": "six-eight jig jigs barcarolle tarantella 六八拍 八六拍 六拍",
        "9/8": "nine-eight slip-jig 九八拍 八九拍 九拍",
        "12/8": "twelve-eight 十二八拍",
        "2/2": "cut-time alla-breve 二二拍",
    }
)

INSTRUMENT: Mapping[str, str] = MappingProxyType(
    {
        "piano": "piano 钢琴",
        "flute": "flute* whistle* recorder dizi xiao ocarina 笛 箫 长笛 口哨 陶笛",
        "strings": (
            "string violin* viola cello* fiddle* orchestra* erhu strings 弦乐 小提琴 大提琴 "
            "二胡 提琴 管弦"
        ),
        "guitar": "guitar* harp lute ukulele banjo mandolin plucked 吉他 竖琴 尤克里里",
        "guzheng": "guzheng koto pipa guqin zither 古筝 琵琶 古琴 筝",
        "music_box": (
            "music-box celesta glockenspiel chime chimes bell bells 八音盒 音乐盒 钟琴 风铃 铃铛"
        ),
        "organ": "organ accordion harmonium choir 管风琴 手风琴 合唱",
        "brass": (
            "brass trumpet* horn horns tuba trombone* fanfare bugle 铜管 小号 圆号 号角 唢呐"
        ),
        "chip": ("chiptune* 8-bit 8bit pixel* arcade console synth* 芯片 像素 红白机 电子 合成器"),
    }
)

REGISTER: Mapping[str, str] = MappingProxyType(
    {
        "high": (
            "high treble soprano shrill tiny twinkl* sparkl* glassy 高音 高亢 清脆 明亮 尖 轻巧"
        ),
        "low": ("low bass deep dark heavy cello* bassoon 低音 低沉 厚重 深沉 沉稳 浑厚 低声"),
        "mid": "middle-register medium-pitch 中音 中音区",
    }
)

FAST = (
    "fast quick* rapid* presto allegro vivace brisk hurr* racing urgent faster 急 飞快 迅速 "
    "快板 急促 疾 快一点 快些 快速 快节奏 节奏快 速度快 要快 太快 很快 更快 轻快 明快 "
    "越来越快 越快 加快 拉得飞快"
)
SLOW = (
    "slow* adagio largo lento unhurried leisurely gentle-pace breathing-pace calm-pace 慢 缓 "
    "慢板 徐 悠长 柔板"
)
MIDDLING = (
    "moderate moderato andante medium mid-tempo medium-tempo walking-pace 中速 适中 行板 不紧不慢"
)
SPARSE = (
    "sparse few simple plain minimal almost-nothing one-note spacious bare 留白 稀疏 简单 "
    "极简 空灵 朴素"
)
BUSY = (
    "busy ornament* virtuos* many-notes dense flurr* running racing sawing 密集 繁复 华彩 花哨 飞快"
)

NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        "四": 4, "八": 8, "十": 10, "十二": 12, "十六": 16, "二十": 20, "二十四": 24,
        "三十二": 32, "four": 4, "eight": 8, "ten": 10, "twelve": 12, "sixteen": 16,
        "twenty-four": 24, "thirty-two": 32, "六十": 60, "七十": 70, "八十": 80, "九十": 90,
        "一百": 100, "一百二": 120, "一百二十": 120,
    }
)  # fmt: skip
