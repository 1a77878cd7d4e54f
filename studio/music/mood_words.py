"""Words that tell a mood, in English and Chinese. Written for this project (CC0-1.0).

Each mood has words that name it and words that only hint at it (places, hours, weather, deeds).
A word that ends in * stands for all its endings. Chinese words are found anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "happy": (
            "happy happi* joy* cheer* merry glad delight* upbeat festive celebrat* sunny "
            "bright energetic lively excit* jubilant uplifting fun good-news 快乐 欢快 高兴 "
            "开心 喜悦 喜庆 欢乐 愉快 明快 活力 欢腾 热闹 元气 雀跃 欢喜 兴奋 活泼 动感"
        ),
        "sad": (
            "sad sadness sorrow* grie* mourn* lament* melanchol* heartbr* lonely lonel* tear* "
            "weep* gloom* depress* elegy funeral cry crying forlorn 悲 伤心 忧伤 难过 哀 哭 "
            "凄 心碎 孤独 寂寞 失恋 眼泪 泪 惆怅 低落 抑郁 忧郁"
        ),
        "angry": (
            "angry anger furious fury rage* raging mad wrath* hostil* aggressi* outrage* hate "
            "hates hatred rotten-temper temper fierce brutal violent 愤怒 怒 生气 暴躁 气愤 "
            "愤 恨 火大 发狠 凶 狂暴 掀桌 要炸 气炸"
        ),
        "calm": (
            "calm* peace* quiet relax* serene tranquil* gentle soothing meditat* restful "
            "unhurried soft slow-water sleepy ambient zen 平静 安静 宁静 安宁 舒缓 放松 祥和 "
            "静谧 悠扬 悠闲 冥想 恬静 清净 轻柔 安详 睡前 舒服 闲适"
        ),
        "tense": (
            "tens* suspens* anxi* nervous* danger* thrill* chase* chased urgent stress* "
            "panic* threat* hunted hiding countdown dread 紧张 悬疑 焦虑 危险 惊险 追逐 "
            "倒计时 心慌 压迫 危机 惊悚 急促 慌"
        ),
        "playful": (
            "playful* silly funny cheeky mischie* whimsical bouncy comic* cute quirky prank* "
            "teas* giggl* cartoon hopscotch wink 俏皮 调皮 顽皮 活蹦乱跳 蹦 滑稽 搞笑 可爱 "
            "淘气 捣蛋 逗 玩耍 嬉戏 诙谐 轻巧"
        ),
        "romantic": (
            "romantic romance love lovers loving tender* sweetheart valentine* kiss* wedding* "
            "darling intimate candle* blush* honeymoon 浪漫 爱情 恋 情书 温柔 甜蜜 牵手 心动 "
            "约会 拥抱 吻 玫瑰 柔情 喜欢你 求婚 情人"
        ),
        "heroic": (
            "hero* epic triumph* victor* glor* brave* courag* majestic noble proud pride "
            "grand conquer* champion* knight* fanfare anthem 英雄 史诗 胜利 豪迈 壮 勇 荣耀 "
            "凯旋 雄 激昂 昂扬 庄严 豪气 冠军 出征 光荣 力量 站起来"
        ),
        "mysterious": (
            "myster* eerie enigma* strange spooky ghost* haunt* secret* unknown occult "
            "uncanny riddle* hidden shadow* magic* curious whisper* 神秘 诡 谜 诡异 鬼 魔 "
            "秘密 玄 迷雾 古墓 灵异 阴森 悬念 探秘 未知 幽静 幽深 幽暗"
        ),
        "nostalgic": (
            "nostalg* memor* remember* childhood reminisc* old-times long-ago bygone "
            "yesterday vintage sepia homesick used-to grandma* grandad* grandfather* "
            "grandmother* 怀旧 怀念 回忆 童年 想起 往事 小时候 那年 故乡 家乡 乡愁 思念 从前 "
            "岁月 外婆 奶奶 爷爷 当年"
        ),
    }
)

HINTS: Mapping[str, str] = MappingProxyType(
    {
        "happy": (
            "spring sunshine party dance dancing picnic fair harvest birthday holiday beach "
            "lemonade pancakes brunch parade smile* smiling laugh* summer festival carnival "
            "confetti shop opening juice barn fiddle* village hug* win wins won 春节 过年 "
            "新年 阳光 丰收 舞狮 红包 糖 笑 夏天 派对 节日 锣鼓 团圆 彩虹 婚礼 跳舞 中奖 放学 "
            "庆 广场舞 饺子 好消息 汽水 春天 唱歌 sparkling picnics playground trumpets "
            "fiesta samba salsa market bakery-morning rainbow sunflower* kite* jump* skip* "
            "hooray bravo cheers champagne graduation* reunion payday weekend road-trip "
            "telegram mittens marigold* kindergarten regatta pub 啤酒 彩票 中了 柠檬 集市 "
            "烟火气 小鸟 郊游 气球 向日葵 晴 欢迎 开业 开张 店庆 周末 嘉年华 羊群 牧羊"
        ),
        "sad": (
            "rain* grey gray goodbye farewell empty alone grave* ash ashes drowned widow* "
            "winter cold lost leaving last gone tired cry hospital coffin unsent missing "
            "nobody blue wilt* regret* 雨 秋 落叶 离 坟 墓碑 清明 冬 灭 空 残 走了 不在 再也 "
            "末班 碎 冷 雪落 灰 尽头 没人 送别 病房 枯 断桥 孤 withered broken fading "
            "faded-light silence unanswered orphan* cemetery wounded ghost-town wilting "
            "hollow ache aching miss misses without-you last-train last-goodbye sobbing pity "
            "refugee* nobody-needs winter-sea pillow 葬 冷清 无人 枯萎 落尽 泡沫 心酸 遗憾 "
            "失去 告别 醒不来 不会哭 异乡 荒 阴雨 苦 孤单 长椅 别离 离别"
        ),
        "angry": (
            "storm* thunder* iron smash* slam* revolt revolution protest* scream* shout* war "
            "enemy revenge boil* wasps hex fight fights fist* kettle spit rust chains kick* "
            "metal lied crush* burn* betray* stolen 砸 摔 吵架 吵 咆哮 怒吼 复仇 刀 战鼓 仇 "
            "火山 雷 骂 拳 背叛 撕 铁 狂风 被偷 冤 打 吼 烦 howl* roar* punch* riot* gun guns "
            "siege barricade* bitter-fight mocked insult* quarrel* furnace hammer* wreck* "
            "venom ruthless grudge* boiling union 火星 发火 咬牙 撞 不公 抗议 恨意 狮吼 烈火 "
            "翻脸 发泄 掀 狠 骗 冤枉"
        ),
        "calm": (
            "lake dawn breeze tea snow moss cloud* garden sleep* lullaby hammock lavender "
            "forest river pale dusk drift* float* nap yoga breath* meadow monastery water "
            "moonlight morning mist open-window porch 湖 清晨 茶 竹 云 寺 月光 摇篮 睡 微风 "
            "海面 雪 荷 溪 山 水乡 江南 鲸 草原 午后 晨 烛光 花园 雨后 林 静 慢 library "
            "libraries blanket clinic curtains candlelight pebble* willow* lotus bamboo "
            "rainforest horizon sea-glass linen incense tide tides evening-walk slow-morning "
            "backyard pond humming half-asleep boat boats steam temple-garden pale-blue "
            "courtyard feather* 涟漪 小溪 炊烟 暖阳 香炉 窗台 书页 海风 轻轻 摇 水滴 白云 "
            "田野 湖面 落日 莲 薄荷 围炉 舒展 留白 木质 泉 still"
        ),
        "tense": (
            "clock ticking bomb exam* deadline knife wire* footsteps follow* stalk* heist "
            "vault laser alarm* elevator trap* escape* spy sweat pulse poker bridge wolf* "
            "cable crack* auction* boss 心跳 钟 炸弹 考试 脚步 跟踪 电梯 密室 逃 抢 裂 手术 "
            "钢丝 冰面 红灯 屏息 暗 蛇 警报 最后一 杀机 赌 铃声 bullet drone border passport "
            "neon interrogation corridor tunnel siren* submarine fuse thin-ice wires "
            "storm-coming breathless racing-heart last-seconds last-ten-seconds standoff "
            "sniper operation surgery verdict pressure bidding deadline* wait waiting hunter "
            "hunters 屏住 呼吸 埋伏 追 危 倒数 地铁隧道 开盘 数字 汗 独木桥 侧耳 监视 枪 爆 "
            "闷热 门缝 出声 审讯 开奖"
        ),
        "playful": (
            "puppy puppies cat cats kitten* monkey* squirrel* penguin* duck* hedgehog* "
            "hamster* toy toys bubble* popcorn balloon* kazoo circus clown* robot* tiptoe "
            "socks teaspoons leprechaun candy chess popping mouse frog* hiccup* vacuum 猫 狗 "
            "小熊 鸭 青蛙 猴 麻雀 兔 泡泡 气球 小丑 饼干 偷吃 牙膏 滚 鹦鹉 松鼠 蘑菇 稻草人 "
            "玩具 傻 蹦跳 跳跃 elephant* goat* goose pigeon* banana* jelly marble* yo-yo "
            "seesaw slapstick pirate* parrot* giraffe* puppet* doodle* pinball ticklish "
            "tickle* skating snowman snack* ice-lolly parkour wobbl* waddl* 汤圆 企鹅 大象 鹅 "
            "鸟窝 冰淇淋 果冻 弹珠 木偶 恶作剧 打滚 踮脚 海盗 电饭煲 扫地机器人 走神 歪歪扭扭 "
            "哈哈 打翻 螃蟹 小猪"
        ),
        "romantic": (
            "moon rooftop lips heart hearts bride rose roses wine paris lisbon gondola "
            "cinnamon honey perfume letter* bakery slow-dance warm shy together velvet 月下 "
            "花 樱花 栀子 两个人 初雪 牛郎织女 七夕 萤火虫 伞下 吉他 婚 丝绒 贴 烛 心意 恋人 "
            "摇椅 serenade gondolas balcony embrace slow-kiss dinner-for-two vow vows starlit "
            "fireflies silk lace ring champagne-evening moonlit arm-in-arm sweet sweethearts "
            "prince princess dance-floor eyes paper-note anniversary flutter tulip* 月光 戒指 "
            "相拥 并肩 悄悄话 牵 耳边 告白 心跳加速 情歌 约定 红豆 鹊桥 小纸条 烛光晚餐 "
            "玉子烧 甜 深情 她的 他的"
        ),
        "heroic": (
            "mountain* dragon* banner* army soldier* march* summit olympic* medal* lighthouse "
            "victory rescue flags brass stadium sunrise cathedral procession captain sailors "
            "marathon nation team finale warrior* rise rises rising 山顶 登顶 旗 军 战士 战 "
            "骑马 出塞 消防 救援 火箭 航天 毕业典礼 号子 大江 民族 机甲 云海 虎 骏马 颂 老兵 "
            "边关 奔腾 浪 legend* legendary empire* crown* shield* sword* eagle* rocket* "
            "launch* firefighter* expedition* pioneer* summit-day finish-line gold-medal "
            "stand-tall rise-up gallant gallop* cavalry valour valor honour honor "
            "peace-treaty bells-of-victory football cup-final 冠 誓 破浪 雄鹰 冲锋 信念 号角 "
            "凯歌 战胜 长征 国旗 拼搏 不屈 挺 勋章 激流 英勇 巨人 将士 将军"
        ),
        "mysterious": (
            "fog night midnight moth lantern temple cave door attic well smoke monks crypt "
            "museum desert stars moonless velvet-dark tower fairy witch* alchem* standing "
            "stones glitter* violet crystal labyrinth ruins 雾 夜 灯笼 井 塔罗 迷宫 狐 阁楼 "
            "面具 古渡 沙漠 侦探 祭坛 森林深处 看不见 蓝色 星群 香水 影子 烟 湘西 传说 暗号 "
            "cavern* catacomb* mirror* raven* owl owls cipher* alchemy hidden-door "
            "unknown-caller séance nebula abyss deep-sea phantom* relic* sphinx prophecy "
            "ritual* fortune-teller tarot cloak* empty-ballroom attic-light travelling-circus "
            "corridor-of-doors 深渊 古堡 密码 符咒 传闻 幻 幽灵 禁地 星空 月蚀 老宅 青铜 铃铛 "
            "暗河 倒影 匿名 寄件人 黑森林 巫 图腾 洞穴 穹顶"
        ),
        "nostalgic": (
            "old kitchen radio letters photo photograph* faded arcade dad mother mom father "
            "attic school campfire hometown autumn bicycle mixtape town village-fair wool "
            "first-bike ice-cream cassette tram dust string 毛线 收音机 课桌 照片 泛黄 "
            "绿皮火车 八音盒 老字号 青石板 露天电影 广播体操 巷子 磁带 麦田 蒲扇 校园 同学 "
            "毕业照 母亲 哼 油纸伞 石板路 album diary polaroid* vhs record-player gramophone "
            "swing-set treehouse hometown-street schoolyard rocking-chair knitting "
            "lullaby-of-mother postcard* porch-swing station-platform-of-old summer-camp "
            "campfire-songs guitars-out-of-tune bike-bell old-song side-b 旧相册 唱片 电报 "
            "老街 弄堂 知了 冰棍 操场 课间 日记 老歌 祖父 祖母 胡同 旧时光 稻田 黑白电视 "
            "课间操 同桌 老照片 暑假 老 旧 老院子 大院"
        ),
    }
)
