# ruff: noqa: E501
"""Descriptions of melodies with the plan that each asks for, in English and Chinese. Own work, CC0.

Three hundred written plans do not hold every place, hour and deed; these teach the reader more of
the language. One a line: text | mood style mode meter bpm valence arousal density register.
"""

from __future__ import annotations

from typing import Any

WRITTEN = """
first day of the holidays, bare feet on hot tiles | happy jingle major 4/4 124 0.8 0.6 0.6 high
neighbours dragging tables into the street for a feast | happy reel mixolydian 4/4 118 0.8 0.7 0.8 mid
the bread has risen and the kettle sings | happy folk major 3/4 104 0.7 0.2 0.5 mid
upbeat tune for a bicycle shop's spring sale | happy jingle major 4/4 126 0.8 0.6 0.6 high
my sister passed her driving test on the fourth try! | happy jig major 6/8 128 0.8 0.7 0.7 high
a brass band on a bandstand, ice in the glasses | happy march major 2/4 118 0.8 0.6 0.6 mid
kites all over the beach, wind at our backs | happy jig major 6/8 122 0.7 0.6 0.7 high
level up! coins everywhere | happy chiptune major 4/4 148 0.9 0.8 0.8 high
dancers in clogs, a fiddle and too much cider | happy reel mixolydian 4/4 116 0.8 0.8 0.9 mid
washing on the line, blue sky, nothing wrong | happy folk major 3/4 98 0.7 0.1 0.4 mid
wedding guests spinning until the floor shakes | happy waltz major 3/4 140 0.9 0.7 0.6 mid
sunny opening for a children's baking show | happy jingle major 4/4 120 0.8 0.5 0.5 high
village band welcomes the first boat of the season | happy march major 2/4 114 0.8 0.6 0.6 mid
laughing in the rain because the drought is over | happy reel major 4/4 120 0.9 0.8 0.8 mid
a joyful carol sung by the whole school | happy hymn major 4/4 104 0.8 0.4 0.4 mid
lanterns, dumplings, three generations shouting over dinner | happy chinese pentatonic 2/4 122 0.8 0.7 0.7 high
she said yes to the job, call everyone | happy jingle major 4/4 132 0.8 0.7 0.6 high
apple picking, ladders, a dog with a stolen apple | happy jig major 6/8 116 0.8 0.5 0.7 mid
a carousel on opening night | happy waltz major 3/4 132 0.8 0.5 0.6 high
sunrise over the allotment, radishes ready | happy folk major 6/8 96 0.6 0.1 0.4 mid
the platform is empty and the last letter is in my pocket | sad ballad minor 4/4 64 -0.7 -0.5 0.3 mid
an old dog's basket, still by the stove | sad lullaby minor 3/4 58 -0.6 -0.6 0.2 mid
snow on a name nobody reads | sad hymn minor 4/4 54 -0.7 -0.6 0.2 low
her coat is still on the hook | sad ballad minor 4/4 66 -0.6 -0.5 0.3 mid
fishing boats come back one short | sad folk dorian 3/4 62 -0.7 -0.4 0.3 mid
the violin in the pawnshop window | sad waltz minor 3/4 70 -0.5 -0.4 0.3 mid
the house is sold, echo in every room | sad cinematic minor 4/4 60 -0.5 -0.5 0.2 mid
widow at the harbour wall, wind in her scarf | sad folk dorian 6/8 62 -0.6 -0.4 0.3 mid
dying star, one signal left | sad cinematic minor 4/4 56 -0.6 -0.5 0.2 low
the robot keeps setting two plates | sad chiptune minor 4/4 74 -0.5 -0.4 0.4 mid
a lullaby sung to an empty cradle | sad lullaby minor 3/4 56 -0.8 -0.6 0.2 high
requiem for a small bird | sad hymn minor 4/4 58 -0.6 -0.6 0.2 high
autumn leaves in the drained fountain, I count the days since | sad chinese pentatonic 4/4 60 -0.5 -0.5 0.3 mid
the slow procession climbs the hill without a word | sad march minor 4/4 58 -0.7 -0.4 0.3 low
november, grey sea, closed kiosks | sad cinematic minor 4/4 60 -0.5 -0.5 0.2 low
he sings the chorus alone now | sad ballad minor 4/4 68 -0.6 -0.4 0.4 mid
a tired waltz for the last two dancers | sad waltz minor 3/4 82 -0.4 -0.4 0.3 mid
low battery, no signal, no one to call anyway | sad chiptune minor 4/4 72 -0.5 -0.5 0.3 mid
the tide took the sandcastle and the summer | sad folk major 6/8 66 -0.4 -0.5 0.3 mid
a hospice window at four in the morning | sad hymn dorian 4/4 56 -0.6 -0.6 0.2 mid
the landlord changed the locks | angry folk dorian 2/4 126 -0.5 0.7 0.7 low
a pot thrown at a wall | angry cinematic minor 4/4 160 -0.7 0.9 0.9 high
strike! gates shut, drums out | angry march minor 2/4 118 -0.4 0.8 0.7 low
every lie on one long receipt | angry ballad minor 4/4 96 -0.6 0.5 0.5 low
rage quit | angry chiptune minor 4/4 172 -0.5 0.9 0.9 high
hornets and a broken umbrella | angry jig minor 6/8 146 -0.5 0.8 0.9 high
lava finds the road | angry cinematic minor 4/4 132 -0.6 0.8 0.7 low
two fiddlers who cannot stand each other | angry reel dorian 4/4 130 -0.3 0.8 0.9 mid
they paved over the orchard; play it through your teeth | angry folk dorian 4/4 112 -0.5 0.6 0.6 low
the queen has heard enough excuses | angry march minor 4/4 112 -0.6 0.7 0.6 low
final boss, third form, screaming | angry chiptune minor 4/4 178 -0.6 0.9 0.9 low
a slip jig kicked down the stairs | angry jig minor 9/8 132 -0.4 0.8 0.8 mid
storm surge hits the sea wall again and again | angry cinematic minor 4/4 148 -0.6 0.9 0.8 low
a hymn spat out by miners | angry hymn minor 4/4 90 -0.5 0.6 0.5 low
furious typing at midnight, the manager will read this | angry reel dorian 2/4 142 -0.4 0.8 0.9 mid
the bull sees the gate is open | angry cinematic minor 2/4 150 -0.5 0.9 0.8 low
marching on parliament in the sleet | angry march dorian 4/4 110 -0.4 0.6 0.6 low
wolves at the throat of the herd, no mercy | angry cinematic minor 4/4 156 -0.7 0.9 0.9 low
you stole my song, give it back | angry folk minor 2/4 128 -0.5 0.7 0.7 mid
war drums of a river clan | angry chinese pentatonic 2/4 130 -0.5 0.8 0.7 low
a pond with one leaf turning | calm cinematic pentatonic 4/4 56 0.4 -0.8 0.2 high
tea steam, wooden table, rain outside that is none of our business | calm chinese pentatonic 4/4 60 0.4 -0.7 0.2 mid
slow breathing exercise, five minutes, few notes | calm hymn pentatonic 4/4 54 0.3 -0.8 0.1 low
the cat folds itself into the sun | calm waltz major 3/4 66 0.5 -0.7 0.3 mid
harbour at four in the morning, boats nodding | calm lullaby major 6/8 62 0.3 -0.7 0.3 mid
reading by the window while it snows | calm ballad major 4/4 66 0.4 -0.6 0.3 mid
a garden of raked sand | calm chinese pentatonic 4/4 54 0.3 -0.8 0.1 mid
evening prayer in a stone chapel, two candles | calm hymn dorian 4/4 60 0.3 -0.7 0.2 mid
clouds seen from a hay cart | calm folk major 3/4 70 0.5 -0.6 0.3 mid
background loop for a spa's booking page, soft | calm jingle major 4/4 72 0.4 -0.5 0.3 mid
a lullaby for twins | calm lullaby major 6/8 62 0.5 -0.7 0.3 high
floating on my back in a warm lake | calm cinematic major 4/4 56 0.4 -0.8 0.2 mid
wind through tall grass, far bells | calm folk pentatonic 3/4 64 0.4 -0.7 0.3 mid
bedtime menu of a handheld game | calm chiptune major 4/4 76 0.4 -0.5 0.3 high
first frost, no footprints | calm hymn dorian 4/4 56 0.2 -0.8 0.2 high
ferry crossing at dusk, engine low | calm ballad mixolydian 4/4 70 0.3 -0.6 0.3 low
a heron does not move | calm cinematic pentatonic 3/4 54 0.3 -0.8 0.1 mid
sleepy train, forehead on the glass | calm lullaby major 6/8 66 0.3 -0.7 0.3 mid
sunday morning in an empty library | calm waltz major 3/4 68 0.4 -0.6 0.3 mid
moonlight on rice terraces | calm chinese pentatonic 3/4 58 0.4 -0.7 0.2 mid
someone tries the door handle, very slowly | tense cinematic minor 4/4 84 -0.6 0.4 0.3 low
eleven seconds on the timer, two wires | tense chiptune minor 4/4 150 -0.3 0.8 0.8 high
the witness is late | tense march minor 2/4 104 -0.4 0.4 0.5 low
tightrope, gusts from the left | tense waltz minor 3/4 132 -0.4 0.5 0.6 high
a pursuit over tin roofs | tense reel dorian 4/4 138 -0.2 0.8 0.9 mid
submarine, engines off, something above | tense cinematic minor 4/4 72 -0.5 0.3 0.2 low
heartbeat in an elevator that stops between floors | tense cinematic minor 2/4 92 -0.5 0.4 0.4 low
interview room, the tape recorder turning | tense ballad dorian 4/4 90 -0.4 0.3 0.4 low
the fuse is shorter than we thought | tense chiptune minor 2/4 156 -0.3 0.8 0.8 high
wolves trailing the sledge | tense folk dorian 6/8 104 -0.5 0.6 0.5 low
crossing the minefield on tiptoe | tense march minor 2/4 88 -0.5 0.4 0.4 low
penalty shoot-out, nobody breathes | tense cinematic dorian 4/4 118 -0.2 0.6 0.6 mid
a chess clock, black to move | tense chiptune dorian 4/4 120 -0.3 0.5 0.5 mid
trapped in a hall of mirrors, which one is me | tense waltz minor 3/4 126 -0.4 0.5 0.5 high
storm warning; the mooring rope is fraying | tense folk dorian 6/8 108 -0.4 0.6 0.6 low
they are counting the votes again | tense reel dorian 4/4 124 -0.2 0.6 0.8 mid
alarm at the bank, nine minutes to get out | tense cinematic minor 2/4 152 -0.3 0.9 0.9 mid
insects stop singing all at once | tense cinematic minor 9/8 80 -0.5 0.3 0.3 low
the surgeon asks for silence | tense hymn minor 4/4 76 -0.4 0.3 0.3 low
spider on the ceiling above my bed | tense jig minor 6/8 112 -0.4 0.5 0.5 high
a duck in a bowler hat goes to court | playful march major 2/4 104 0.7 0.3 0.5 low
marbles down the staircase | playful jig major 6/8 136 0.6 0.7 0.8 high
two kittens and a roll of toilet paper | playful reel mixolydian 2/4 128 0.7 0.7 0.8 high
pixel frog misses the lily pad again | playful chiptune major 4/4 136 0.6 0.6 0.7 high
socks sliding on a polished floor | playful jig major 6/8 126 0.7 0.6 0.7 high
tiptoeing past the sleeping teacher | playful march major 2/4 96 0.6 0.2 0.4 low
jingle for a chewing gum that whistles | playful jingle major 2/4 132 0.8 0.6 0.6 high
goblins playing leapfrog | playful jig mixolydian 6/8 124 0.6 0.6 0.7 mid
a tuba trying to be a butterfly | playful waltz major 3/4 126 0.6 0.4 0.5 low
hide and seek behind the laundry | playful folk major 2/4 112 0.6 0.4 0.5 high
the parrot keeps answering the phone | playful jingle major 4/4 118 0.7 0.5 0.6 high
toast jumping out of the toaster in turns | playful chiptune major 2/4 134 0.7 0.6 0.7 high
a slip jig for a three-legged table | playful jig major 9/8 122 0.6 0.5 0.7 mid
monkeys in the bell tower | playful reel mixolydian 4/4 122 0.6 0.7 0.9 high
snail race, live commentary | playful reel major 2/4 110 0.6 0.5 0.7 mid
wind-up penguins falling off the shelf one by one | playful march major 2/4 112 0.7 0.5 0.6 high
a panda rolls down the hill on purpose | playful chinese pentatonic 2/4 116 0.7 0.5 0.6 high
cartoon detective loses his own magnifying glass | playful cinematic minor 2/4 98 0.4 0.3 0.4 low
bath time, rubber boats, a small flood | playful jig major 6/8 118 0.7 0.5 0.6 high
hiccups during the choir concert | playful hymn major 3/4 100 0.6 0.3 0.5 mid
our hands find each other under the table | romantic ballad major 4/4 76 0.6 -0.2 0.3 mid
dancing close while the rain keeps the taxi away | romantic waltz major 3/4 88 0.6 -0.2 0.4 mid
a kiss on the night ferry | romantic ballad major 6/8 74 0.6 -0.3 0.3 mid
perfume advert, silk and a slow glance | romantic jingle dorian 3/4 78 0.4 -0.2 0.3 low
she plays piano so that he will stay longer | romantic ballad major 4/4 80 0.5 -0.2 0.4 mid
anniversary breakfast, fifty years, same cups | romantic waltz major 3/4 92 0.6 -0.2 0.3 mid
walking her home the long way | romantic folk mixolydian 4/4 86 0.6 -0.1 0.4 mid
moon over the terrace, jasmine, your shoulder | romantic ballad major 6/8 68 0.6 -0.4 0.3 mid
bride's walk, small country church | romantic hymn major 4/4 72 0.7 -0.2 0.3 mid
two save files with the same heart | romantic chiptune major 4/4 108 0.7 0.2 0.5 high
candle between us, rain on the skylight | romantic ballad dorian 4/4 72 0.5 -0.3 0.3 mid
a serenade under the wrong balcony | romantic folk major 6/8 90 0.5 0.1 0.5 mid
hush, my love, the train goes on without us | romantic lullaby major 6/8 62 0.5 -0.5 0.3 mid
lotus pond, two paper boats drift together | romantic chinese pentatonic 4/4 70 0.5 -0.4 0.3 high
a highland love song by the fire | romantic folk mixolydian 9/8 78 0.5 -0.2 0.4 mid
chocolates for a shy confession, warm, one hook | romantic jingle major 3/4 94 0.7 0 0.4 high
old lovers meet on the same bench | romantic waltz major 3/4 84 0.4 -0.3 0.3 mid
film kiss at the airport, strings please | romantic cinematic major 4/4 78 0.6 0.1 0.4 mid
his scarf still smells of you; tender | romantic ballad major 4/4 70 0.4 -0.4 0.3 mid
wedding waltz, first dance, strings of light bulbs | romantic waltz major 3/4 96 0.7 0 0.4 mid
torchbearers climb the last ridge | heroic march major 4/4 108 0.7 0.6 0.5 mid
the lifeboat goes out anyway | heroic folk mixolydian 6/8 112 0.5 0.7 0.6 low
anthem for a team that never won before | heroic hymn major 4/4 88 0.7 0.4 0.4 mid
she lifts the sword out of the lake | heroic cinematic mixolydian 4/4 96 0.6 0.5 0.4 mid
pixel hero storms the castle | heroic chiptune major 4/4 148 0.7 0.8 0.8 high
rescue helicopters over the flood | heroic cinematic minor 4/4 124 0.5 0.7 0.6 low
homecoming of the fleet, cannons, banners | heroic march major 2/4 112 0.7 0.6 0.5 mid
runners at dawn, one torch passed on | heroic cinematic major 4/4 104 0.7 0.5 0.5 mid
eagle over the gorge, horns answering | heroic cinematic mixolydian 4/4 92 0.6 0.4 0.4 mid
choir for the opening of the children's hospital | heroic hymn major 4/4 80 0.6 0.3 0.3 mid
the small boat beats the hurricane | heroic folk mixolydian 2/4 126 0.6 0.8 0.7 mid
riders across the steppe | heroic chinese pentatonic 2/4 126 0.6 0.7 0.7 low
opening of the games: flags, trumpets | heroic march major 4/4 110 0.8 0.6 0.5 high
stand up, villagers, the dam will hold | heroic folk mixolydian 4/4 108 0.6 0.6 0.5 low
the knight is a girl, the dragon is tired, she wins | heroic reel mixolydian 4/4 122 0.7 0.7 0.8 mid
rocket leaves the pad, everyone holding hands | heroic cinematic major 4/4 112 0.8 0.7 0.5 mid
mountain choir greets the sun | heroic hymn mixolydian 3/4 78 0.6 0.3 0.4 high
last lap, lungs burning, the crowd on its feet | heroic chiptune minor 4/4 144 0.5 0.9 0.7 mid
proud little nation raises its flag | heroic hymn major 4/4 82 0.7 0.3 0.4 mid
firefighters' parade, polished helmets | heroic march major 2/4 112 0.7 0.5 0.5 mid
a staircase that was not there yesterday | mysterious cinematic dorian 4/4 70 -0.2 0 0.3 low
voices under the ice | mysterious cinematic minor 4/4 60 -0.4 -0.1 0.2 low
the clockmaker's daughter winds the moon | mysterious waltz dorian 3/4 78 -0.1 0 0.3 high
foxfire between the birches | mysterious folk dorian 6/8 80 -0.1 0 0.4 mid
the map draws itself at night | mysterious cinematic dorian 3/4 76 0 0 0.3 mid
a lullaby from behind the wallpaper | mysterious lullaby minor 3/4 64 -0.4 -0.2 0.2 high
hidden level behind the waterfall | mysterious chiptune dorian 4/4 94 0 0.1 0.5 high
who lit the lamps in the drowned village? | mysterious folk dorian 3/4 68 -0.3 -0.1 0.3 low
incense, a mask, someone humming backwards | mysterious hymn dorian 4/4 62 -0.3 -0.1 0.2 low
a fairy ring that hums at noon | mysterious jig dorian 9/8 104 0 0.2 0.6 high
the seventh bell has no rope | mysterious hymn minor 3/4 64 -0.3 0 0.3 low
a caravan that leaves no tracks | mysterious folk dorian 4/4 82 -0.2 0.1 0.4 low
perfume launch: shadow, smoke, one eye | mysterious jingle dorian 4/4 84 0 0 0.3 low
ghost ship, sails full, no wind | mysterious chinese minor 4/4 64 -0.3 -0.1 0.2 low
masked ball, clocks all stopped | mysterious waltz minor 3/4 108 -0.2 0.2 0.5 mid
deep space, something answers | mysterious cinematic dorian 4/4 62 -0.1 0 0.2 low
a riddle carved into the root of an oak | mysterious folk dorian 9/8 84 -0.1 0 0.4 mid
owl asks a question in an old tongue | mysterious ballad dorian 4/4 74 -0.1 -0.1 0.3 mid
crystal cavern, every drop a note | mysterious cinematic dorian 4/4 70 0 -0.1 0.3 high
circus wagon lit from inside, nobody home | mysterious waltz minor 3/4 104 -0.2 0.1 0.5 mid
grandfather's pocket watch still smells of tobacco | nostalgic waltz major 3/4 84 0.2 -0.3 0.3 mid
the swing behind the school, rusted now | nostalgic folk major 3/4 88 0.1 -0.2 0.4 mid
summer radio through a screen door | nostalgic ballad mixolydian 4/4 92 0.3 -0.1 0.4 mid
cassette with our voices on it | nostalgic ballad major 4/4 84 0.1 -0.2 0.4 mid
the village I left, its one bell | nostalgic hymn major 3/4 72 0.1 -0.4 0.3 mid
old handheld game found in a drawer | nostalgic chiptune major 4/4 106 0.3 0 0.5 high
mother's recipe in her own handwriting | nostalgic lullaby major 3/4 70 0.3 -0.4 0.3 mid
dance hall photographs, everyone young | nostalgic waltz major 3/4 104 0.1 -0.1 0.4 mid
riding home on father's shoulders | nostalgic jig major 6/8 96 0.4 0 0.5 mid
the fiddle tune uncle never finished | nostalgic reel mixolydian 4/4 96 0 -0.1 0.6 mid
an emigrant remembers the hills | nostalgic folk mixolydian 6/8 76 0 -0.3 0.4 mid
lullaby in grandmother's dialect | nostalgic lullaby pentatonic 6/8 64 0.2 -0.5 0.3 mid
advert for a family bakery since 1921, warm | nostalgic jingle major 3/4 92 0.4 -0.1 0.4 mid
the old courtyard, a date tree, a broken kite | nostalgic chinese pentatonic 4/4 74 0.2 -0.3 0.4 mid
postcards from the year we were seventeen | nostalgic ballad major 4/4 86 0.2 -0.1 0.4 mid
the playground before the flats were built | nostalgic folk pentatonic 2/4 98 0.3 0 0.5 high
tin soldiers in an attic box | nostalgic march major 2/4 96 0.2 -0.1 0.4 mid
home movie, no sound, everybody waving | nostalgic cinematic major 4/4 84 0.2 -0.2 0.4 mid
first snow of childhood | nostalgic lullaby major 3/4 70 0.3 -0.4 0.3 high
school song, half the class gone | nostalgic hymn major 4/4 80 0 -0.3 0.3 mid
everyone at the bus stop starts humming | happy jingle major 4/4 116 0.8 0.4 0.5 mid
new puppy in the house, tail like a propeller | happy jig major 6/8 126 0.8 0.7 0.7 high
harvest home, barrels rolled out, boots on the table | happy reel mixolydian 4/4 118 0.8 0.8 0.9 mid
first swim of the year, shrieks and splashes | happy jig major 6/8 128 0.8 0.8 0.7 high
sunlight through a jar of honey | happy folk major 3/4 96 0.7 0.1 0.4 mid
a lemonade stand with a hand-painted sign | happy jingle major 4/4 114 0.7 0.4 0.5 high
the whole team piles onto the goalkeeper | happy march major 2/4 126 0.9 0.8 0.7 mid
a ceilidh in a tent, the rain can do what it likes | happy reel major 4/4 118 0.8 0.8 0.9 mid
birthday breakfast in bed, crumbs, paper crowns | happy waltz major 3/4 116 0.8 0.4 0.5 high
lion dance outside the noodle shop | happy chinese pentatonic 2/4 130 0.8 0.8 0.8 mid
good morning, says the radio, and it means it | happy jingle major 4/4 112 0.7 0.3 0.5 mid
easter choir, doors thrown open | happy hymn major 3/4 100 0.8 0.4 0.4 mid
new high score, the whole arcade claps | happy chiptune major 4/4 146 0.9 0.8 0.8 high
strawberries, barefoot, a borrowed ukulele | happy folk major 4/4 104 0.7 0.3 0.5 mid
merry-go-round with real music | happy waltz major 3/4 126 0.8 0.5 0.6 high
parade of tractors, flags on every one | happy march major 2/4 112 0.8 0.6 0.6 mid
nothing can go wrong today | happy jingle major 4/4 122 0.8 0.5 0.5 high
polka at grandma's ninetieth | happy reel major 2/4 122 0.8 0.7 0.8 mid
she never picked up the photographs | sad ballad minor 4/4 68 -0.5 -0.4 0.3 mid
an umbrella for two, carried by one | sad waltz minor 3/4 76 -0.5 -0.4 0.3 mid
the mine closed and took the town with it | sad folk dorian 4/4 70 -0.6 -0.4 0.3 low
hospital corridor, vending machine light | sad cinematic minor 4/4 62 -0.5 -0.5 0.2 mid
last lighthouse keeper turns off the lamp | sad hymn minor 4/4 58 -0.5 -0.5 0.2 low
a swing moving with nobody on it | sad lullaby minor 3/4 60 -0.6 -0.5 0.2 high
they buried him at sea | sad hymn minor 4/4 54 -0.8 -0.5 0.2 low
half a bed | sad ballad minor 4/4 64 -0.6 -0.5 0.2 mid
the elephant remembers the other elephant | sad cinematic dorian 4/4 58 -0.6 -0.5 0.2 low
unplugged fairground in the rain | sad waltz minor 3/4 78 -0.5 -0.4 0.3 mid
the little game boy nobody charges | sad chiptune minor 4/4 76 -0.4 -0.4 0.3 high
a mother sings to a photograph | sad lullaby minor 6/8 58 -0.7 -0.6 0.2 mid
melting glacier, filmed from above | sad cinematic minor 4/4 56 -0.5 -0.5 0.2 mid
a funeral march for a good dog | sad march minor 4/4 60 -0.6 -0.4 0.3 low
lonely lute by a lotus pond gone brown | sad chinese pentatonic 4/4 58 -0.6 -0.5 0.3 mid
a jar of his buttons | sad folk major 3/4 64 -0.5 -0.5 0.3 mid
we stopped talking in march and it is august | sad ballad minor 4/4 66 -0.5 -0.4 0.3 mid
slow rain on a tin roof, one plate on the table | sad folk minor 3/4 62 -0.5 -0.5 0.3 mid
you burned the letters, I will burn the house | angry cinematic minor 4/4 146 -0.7 0.9 0.8 low
the crowd turns on the bailiff | angry folk dorian 2/4 124 -0.5 0.7 0.7 low
a cornered cat | angry chiptune minor 4/4 164 -0.5 0.9 0.9 high
cymbals and slammed lids, the chef has quit | angry reel minor 2/4 148 -0.4 0.8 0.8 mid
they broke the strike with dogs | angry folk dorian 4/4 104 -0.6 0.6 0.5 low
traffic jam, forty degrees, broken air conditioning | angry reel dorian 2/4 136 -0.4 0.7 0.8 mid
iron heels on the square | angry march minor 4/4 112 -0.6 0.7 0.6 low
vengeance, patient and cold | angry ballad minor 4/4 88 -0.6 0.4 0.4 low
the volcano clears its throat | angry cinematic minor 4/4 128 -0.5 0.8 0.7 low
bad-tempered jig for a broken chair | angry jig dorian 6/8 132 -0.3 0.7 0.8 mid
scream into the pillow | angry cinematic minor 4/4 158 -0.7 0.9 0.9 high
no justice, no sleep | angry march minor 2/4 120 -0.5 0.8 0.6 low
thunder god's drum, bamboo splitting | angry chinese pentatonic 4/4 134 -0.5 0.8 0.7 low
server crash, deadline, third energy drink | angry chiptune minor 4/4 170 -0.4 0.9 0.9 high
the slandered girl stares the village down | angry hymn minor 4/4 92 -0.5 0.5 0.4 mid
hail on the greenhouse, all of it gone | angry cinematic minor 2/4 152 -0.6 0.9 0.9 mid
barefoot on frosty grass before anyone wakes | calm folk pentatonic 3/4 62 0.4 -0.7 0.2 mid
a candle, a bath, the door locked | calm ballad major 4/4 64 0.5 -0.7 0.2 mid
drifting snow globe | calm lullaby major 3/4 66 0.4 -0.6 0.3 high
the tide breathing in its sleep | calm cinematic major 6/8 56 0.4 -0.8 0.2 low
ink stone, rice paper, morning | calm chinese pentatonic 4/4 56 0.4 -0.7 0.2 mid
soft loop for a sleep app | calm lullaby pentatonic 3/4 56 0.4 -0.8 0.2 mid
watering the ferns | calm jingle major 4/4 78 0.4 -0.5 0.3 mid
monks sweeping leaves in step | calm hymn dorian 4/4 58 0.3 -0.7 0.2 low
a canoe on flat water, mist | calm folk mixolydian 6/8 64 0.4 -0.7 0.3 mid
greenhouse at noon, bees, nobody | calm folk major 3/4 70 0.5 -0.6 0.3 mid
long exposure of stars | calm cinematic pentatonic 4/4 52 0.3 -0.8 0.1 high
the nurse dims the ward | calm lullaby major 3/4 60 0.3 -0.7 0.2 mid
an inn under plum blossom, steam from the bowl | calm chinese pentatonic 3/4 62 0.5 -0.6 0.3 mid
pause menu, rain outside the castle | calm chiptune dorian 4/4 74 0.3 -0.5 0.3 mid
even breathing of a sleeping child | calm lullaby major 6/8 58 0.5 -0.8 0.2 high
a wide desert at dusk, cooling | calm cinematic dorian 4/4 56 0.2 -0.7 0.1 low
knitting by the stove, no talk | calm waltz major 3/4 70 0.4 -0.6 0.3 mid
chapel after everyone has left | calm hymn major 4/4 58 0.3 -0.7 0.2 mid
footsteps in the flat upstairs; it is supposed to be empty | tense cinematic minor 4/4 86 -0.5 0.4 0.3 low
the plane drops, cups float | tense cinematic minor 2/4 144 -0.5 0.8 0.8 high
sneaking past the dragon with a bag of eggs | tense jig minor 6/8 116 -0.2 0.5 0.6 mid
cards on the table, a hand under it | tense ballad dorian 4/4 92 -0.3 0.4 0.4 low
laser beams, one foot at a time | tense chiptune minor 4/4 116 -0.3 0.5 0.5 high
ice cracking under the last sledge | tense folk minor 6/8 100 -0.5 0.5 0.4 low
a telephone rings in an evacuated town | tense cinematic minor 4/4 78 -0.5 0.3 0.2 high
last bus, one other passenger, he stares | tense ballad minor 4/4 84 -0.5 0.3 0.4 low
radar sweep, one dot too many | tense chiptune dorian 4/4 112 -0.3 0.5 0.4 mid
climbing the clock tower before midnight | tense waltz minor 3/4 134 -0.2 0.6 0.7 mid
hounds in the reeds | tense reel dorian 4/4 132 -0.4 0.8 0.8 low
soldiers hold their fire | tense march minor 2/4 92 -0.4 0.4 0.4 low
hostage call, keep him talking | tense cinematic minor 4/4 96 -0.5 0.5 0.4 low
two minutes of oxygen | tense hymn minor 4/4 72 -0.5 0.3 0.2 low
ninja on the paper roof | tense chinese pentatonic 2/4 118 -0.2 0.5 0.6 high
running for a train with the wrong suitcase | tense reel minor 2/4 150 -0.1 0.8 0.9 mid
a nine-beat pulse behind the locked door | tense jig minor 9/8 108 -0.4 0.5 0.5 low
one violin string about to snap | tense cinematic minor 4/4 104 -0.4 0.6 0.5 high
spaghetti fight at the orphanage | playful reel major 2/4 126 0.7 0.7 0.8 high
robot vacuum falls in love with a slipper | playful chiptune major 4/4 122 0.6 0.4 0.6 high
the goose is in charge now | playful march major 2/4 108 0.6 0.4 0.5 mid
rubber ducks in formation | playful march major 2/4 110 0.7 0.4 0.6 high
a mouse conducts the kitchen clocks | playful waltz major 3/4 122 0.6 0.4 0.6 high
three clowns, one bicycle | playful jig major 6/8 132 0.6 0.6 0.7 high
kids' cereal spot, crunch on every beat | playful jingle major 2/4 130 0.8 0.6 0.6 high
pigs at the piano | playful reel mixolydian 2/4 116 0.6 0.6 0.8 low
imp in the flour bin | playful jig mixolydian 6/8 122 0.6 0.6 0.7 high
bouncing on the hotel bed until someone knocks | playful jig major 6/8 130 0.7 0.7 0.7 high
a very small dragon sneezes | playful cinematic major 4/4 104 0.6 0.3 0.4 high
frogs arguing in canon | playful folk mixolydian 2/4 110 0.6 0.4 0.6 mid
hat that runs away in the wind | playful waltz major 3/4 128 0.6 0.5 0.6 high
monkey king steals the peaches | playful chinese pentatonic 2/4 124 0.7 0.6 0.7 high
toddler versus spoon | playful jingle major 2/4 116 0.7 0.4 0.5 high
slip jig for clumsy fairies | playful jig major 9/8 120 0.6 0.5 0.7 high
skeletons rattling to a disco | playful chiptune dorian 4/4 124 0.4 0.5 0.6 mid
crooked little tune for a crooked little house | playful folk mixolydian 6/8 108 0.5 0.3 0.5 mid
your name, said for the first time | romantic ballad major 4/4 74 0.6 -0.2 0.3 mid
slow dance after closing, chairs already on tables | romantic waltz major 3/4 84 0.5 -0.3 0.3 mid
rowing her home under the willows | romantic ballad major 6/8 70 0.6 -0.3 0.3 mid
pressed violets in a book of poems | romantic waltz major 3/4 86 0.5 -0.3 0.3 high
engagement ring advert, snow light, one breath | romantic jingle major 3/4 80 0.6 -0.2 0.3 high
we share one umbrella and no words | romantic ballad major 4/4 78 0.5 -0.2 0.3 mid
a vow in a village church, bells after | romantic hymn major 3/4 76 0.7 -0.1 0.3 mid
a harp under an open window, summer night | romantic ballad major 6/8 72 0.6 -0.3 0.4 mid
player one kisses player two | romantic chiptune major 4/4 110 0.7 0.3 0.6 high
reunited at the quay, two years of letters | romantic cinematic major 4/4 82 0.6 0.1 0.4 mid
he hums while she sleeps on his arm | romantic lullaby major 6/8 60 0.6 -0.6 0.3 mid
harvest love song, hay in your hair | romantic folk mixolydian 3/4 92 0.6 0 0.4 mid
red silk, drums far off, wedding night | romantic chinese pentatonic 4/4 74 0.5 -0.3 0.4 mid
tango that never quite touches | romantic ballad minor 2/4 108 0.2 0.2 0.5 mid
jazz cellar, saxophone, her cigarette smoke | romantic ballad dorian 4/4 72 0.4 -0.3 0.4 low
hands in the same pocket | romantic ballad major 4/4 82 0.6 -0.2 0.4 high
the last guardian raises her shield | heroic cinematic minor 4/4 116 0.4 0.7 0.6 low
sailors cheer: land | heroic folk mixolydian 6/8 116 0.7 0.7 0.6 mid
unification day, choirs from both sides | heroic hymn major 4/4 82 0.7 0.4 0.4 mid
wheelchair racer enters the stadium | heroic cinematic major 4/4 112 0.7 0.6 0.5 mid
scouts plant the flag on the hill | heroic march major 2/4 112 0.7 0.5 0.5 high
a phoenix, finally | heroic cinematic mixolydian 4/4 104 0.7 0.7 0.5 high
pixel armada against the moon | heroic chiptune minor 4/4 152 0.5 0.8 0.8 mid
the blacksmith's daughter becomes a knight | heroic folk mixolydian 4/4 108 0.6 0.5 0.5 mid
dam workers hold the line all night | heroic march minor 4/4 104 0.4 0.6 0.5 low
graduates throw their caps | heroic march major 4/4 112 0.8 0.6 0.5 mid
temple warriors bow, then leap | heroic chinese pentatonic 2/4 124 0.5 0.7 0.7 mid
summit at sunrise, frost on every beard | heroic hymn major 4/4 78 0.7 0.3 0.3 mid
first woman on the moon steps down | heroic cinematic major 4/4 88 0.7 0.4 0.4 mid
comeback: three goals in nine minutes | heroic reel mixolydian 4/4 128 0.7 0.8 0.8 high
ride of the mountain rescue | heroic folk mixolydian 6/8 124 0.5 0.7 0.7 mid
fanfare for the night cleaners | heroic march major 4/4 100 0.6 0.5 0.4 mid
a key that fits no door in this house | mysterious waltz minor 3/4 88 -0.1 0 0.4 mid
lights moving in the closed museum | mysterious cinematic dorian 4/4 72 -0.2 0 0.3 low
the lake returns what was thrown in | mysterious folk dorian 3/4 70 -0.2 -0.1 0.3 low
a choir under the floorboards | mysterious hymn minor 4/4 60 -0.4 -0.1 0.2 low
star map tattooed on a sailor | mysterious folk dorian 6/8 86 -0.1 0.1 0.4 mid
who moved the chess pieces overnight | mysterious ballad dorian 4/4 78 -0.1 0 0.3 low
neon rain, a detective, wrong address | mysterious ballad dorian 4/4 82 -0.2 0 0.4 low
moths write on the window | mysterious lullaby dorian 6/8 66 -0.1 -0.3 0.3 high
the forest path is different on the way back | mysterious folk dorian 9/8 88 -0.2 0.1 0.4 mid
unopened tomb, warm to the touch | mysterious cinematic minor 4/4 58 -0.3 -0.1 0.2 low
floating islands, secret level | mysterious chiptune dorian 4/4 98 0.1 0.1 0.5 high
tea house that exists only in fog | mysterious chinese pentatonic 4/4 64 -0.1 -0.1 0.3 mid
twin sisters answer at the same time | mysterious waltz minor 3/4 96 -0.2 0.1 0.4 high
a goblin market by lantern light | mysterious jig dorian 6/8 106 -0.1 0.3 0.6 mid
magician's assistant knows how it is done | mysterious jingle dorian 4/4 96 0 0.2 0.4 mid
frozen clock, warm tea | mysterious ballad dorian 3/4 74 -0.1 -0.1 0.3 mid
radio from nineteen fifty, one station still playing | nostalgic ballad major 4/4 88 0.2 -0.1 0.4 mid
chalk marks of my height on the door | nostalgic lullaby major 3/4 74 0.2 -0.3 0.3 mid
the corner shop bell, liquorice, coins in a fist | nostalgic jingle major 2/4 100 0.3 0 0.5 high
train set in a box marked keep | nostalgic waltz major 3/4 90 0.2 -0.2 0.4 mid
our old band, one rehearsal tape | nostalgic ballad mixolydian 4/4 94 0.1 0 0.5 mid
grandmother's hands shelling beans, her song | nostalgic folk major 3/4 78 0.2 -0.3 0.3 mid
shadow theatre in the alley, long gone | nostalgic chinese pentatonic 4/4 78 0.1 -0.2 0.4 mid
first computer, blue screen, endless afternoon | nostalgic chiptune major 4/4 104 0.3 0 0.5 high
veterans' choir, fewer every year | nostalgic hymn major 4/4 74 -0.1 -0.3 0.3 low
the ferry we took every august | nostalgic folk major 6/8 84 0.3 -0.2 0.4 mid
white dresses, accordion, a square that is a car park now | nostalgic waltz major 3/4 106 0.1 0 0.4 mid
a jig my father danced in socks | nostalgic jig major 6/8 104 0.3 0.1 0.6 mid
village school march, slightly flat | nostalgic march major 2/4 98 0.3 0 0.5 mid
old film reel, the dog is still alive | nostalgic cinematic major 3/4 80 0.1 -0.3 0.3 mid
the song from the summer we did not know was the last | nostalgic ballad major 4/4 86 0 -0.1 0.4 mid
homesick in a rented room, humming the harbour song | nostalgic folk dorian 3/4 72 -0.2 -0.3 0.3 mid
放暑假啦，书包往天上一扔 | happy jingle major 4/4 132 0.8 0.7 0.7 high
村口唱大戏，瓜子糖果堆成山 | happy chinese pentatonic 2/4 124 0.8 0.7 0.7 mid
面包出炉的香味飘满整条街 | happy jingle major 3/4 110 0.7 0.3 0.5 mid
啤酒杯碰得叮当响，谁都站起来跳 | happy reel major 4/4 118 0.8 0.8 0.9 mid
小侄女第一次自己骑车，没摔 | happy jig major 6/8 124 0.8 0.6 0.7 high
奶茶店开张，清爽又上头 | happy jingle major 4/4 124 0.8 0.6 0.6 high
婚车到了，鞭炮响成一片 | happy march pentatonic 2/4 126 0.9 0.8 0.7 mid
通关！金币哗啦啦往下掉 | happy chiptune major 4/4 150 0.9 0.8 0.8 high
晒着太阳剥橘子，什么都好 | happy folk major 6/8 90 0.7 -0.1 0.4 mid
赶海归来，桶里全是螃蟹 | happy folk pentatonic 2/4 118 0.8 0.6 0.6 mid
全家福拍了三遍，每遍都有人笑场 | happy waltz major 3/4 124 0.8 0.5 0.5 mid
闹元宵，龙灯从桥上游过来 | happy chinese pentatonic 2/4 128 0.8 0.8 0.8 high
球进了！整条街都在喊 | happy chiptune major 2/4 150 0.9 0.9 0.8 high
油菜花开到天边，骑车去追风 | happy folk major 4/4 112 0.8 0.5 0.5 high
晨会开场用的短曲，明亮有精神 | happy jingle major 4/4 118 0.7 0.4 0.5 high
新疆姑娘转圈跳舞，手鼓越打越快 | happy reel mixolydian 6/8 132 0.8 0.8 0.8 high
合唱团唱新年，满堂喝彩 | happy hymn major 4/4 104 0.8 0.5 0.5 mid
小提琴带着全村人跳到天亮 | happy reel mixolydian 4/4 120 0.8 0.8 0.9 mid
外婆家的院子，追鸡撵狗 | happy jig major 6/8 124 0.7 0.6 0.7 mid
收到录取通知书的那个早上 | happy march major 4/4 116 0.9 0.6 0.5 high
她的杯子还在，茶早凉透 | sad ballad minor 4/4 64 -0.6 -0.5 0.3 mid
送走了最后一班客船，码头空了 | sad cinematic minor 4/4 62 -0.6 -0.5 0.2 low
独坐寒窗，一声雁过 | sad chinese pentatonic 4/4 58 -0.6 -0.5 0.3 mid
病床边的灯，亮了一夜 | sad hymn minor 4/4 56 -0.6 -0.6 0.2 mid
葬花，落了一地没人扫 | sad chinese pentatonic 3/4 60 -0.6 -0.5 0.3 high
手机里还存着爸爸的语音 | sad ballad minor 4/4 66 -0.7 -0.5 0.3 mid
送葬的队伍走在雪里 | sad march minor 4/4 56 -0.8 -0.4 0.3 low
小猫没能等到春天 | sad lullaby minor 3/4 58 -0.7 -0.6 0.2 high
雨下了整夜，信没有写完 | sad ballad minor 6/8 66 -0.5 -0.5 0.3 mid
旧戏台上一个人唱给空椅子听 | sad chinese pentatonic 4/4 62 -0.5 -0.4 0.4 mid
散场后的舞厅，她独自转了一圈 | sad waltz minor 3/4 80 -0.5 -0.3 0.3 mid
草原上的老牧人，唱给走失的马 | sad folk dorian 4/4 60 -0.6 -0.4 0.3 low
最后一个玩家下线，服务器关了 | sad chiptune minor 4/4 74 -0.5 -0.4 0.4 mid
空荡荡的教室，黑板没擦 | sad cinematic minor 4/4 64 -0.4 -0.4 0.3 mid
江边的芦苇白了，人没回来 | sad folk pentatonic 3/4 64 -0.6 -0.4 0.3 mid
哭累了，靠着墙睡着 | sad lullaby minor 3/4 56 -0.6 -0.6 0.2 mid
枯井旁的石碑，名字磨平了 | sad hymn dorian 4/4 56 -0.6 -0.6 0.2 low
离婚那天，天气特别好 | sad ballad minor 4/4 70 -0.5 -0.3 0.3 mid
海难纪念日，众人低头 | sad hymn minor 4/4 58 -0.7 -0.5 0.2 low
冬夜站台，呵出的气散了 | sad cinematic minor 4/4 60 -0.5 -0.5 0.2 mid
忍了三年，今天不忍了 | angry cinematic minor 4/4 144 -0.5 0.8 0.7 low
拍桌子，摔门，走人 | angry reel minor 2/4 150 -0.5 0.9 0.8 high
工人砸开铁门，吼声一片 | angry march minor 4/4 116 -0.5 0.8 0.6 low
雷公发怒，劈开老槐树 | angry chinese pentatonic 2/4 136 -0.5 0.9 0.8 low
被骗走的血汗钱，一分不少要回来 | angry folk dorian 2/4 126 -0.5 0.7 0.7 low
岩浆往下冲，谁也拦不住 | angry cinematic minor 4/4 150 -0.6 0.9 0.8 low
输了第十局，手柄都要捏碎 | angry chiptune minor 4/4 168 -0.5 0.9 0.9 high
仇人相见，刀光一闪 | angry chinese minor 2/4 140 -0.6 0.9 0.8 low
一群马蜂追着人跑 | angry jig minor 6/8 148 -0.4 0.8 0.9 high
咬着牙把誓言刻在墙上 | angry ballad minor 4/4 92 -0.6 0.5 0.4 low
法庭上他还在笑，我握紧了拳头 | angry cinematic minor 4/4 108 -0.7 0.6 0.5 low
暴民的怒歌，脚跺得地板发抖 | angry march minor 2/4 122 -0.5 0.8 0.7 low
狂风掀翻屋顶，夜里全是碎声 | angry cinematic minor 4/4 156 -0.6 0.9 0.9 low
抢我的话还抢我的功，火大 | angry reel dorian 2/4 140 -0.4 0.8 0.8 mid
压抑的圣歌，最后变成控诉 | angry hymn minor 4/4 88 -0.5 0.5 0.4 low
九八拍，像一只被关急了的豹 | angry jig minor 9/8 136 -0.4 0.8 0.8 low
恨得发抖的将军，一鼓作气 | angry march minor 4/4 124 -0.6 0.8 0.6 low
电子噪点，尖叫，红色警告，全部打碎 | angry chiptune minor 4/4 166 -0.6 0.9 0.9 high
苦了一辈子的农民，终于骂出声 | angry folk dorian 4/4 112 -0.5 0.6 0.6 low
窦娥喊冤，六月飞雪 | angry chinese pentatonic 4/4 96 -0.7 0.6 0.5 high
一盏茶，半窗竹影 | calm chinese pentatonic 4/4 56 0.4 -0.8 0.2 mid
泉水滴在石头上，慢慢的 | calm chinese pentatonic 3/4 58 0.4 -0.8 0.2 high
云从山那边过来，不着急 | calm folk pentatonic 4/4 64 0.4 -0.7 0.3 mid
瑜伽课的结尾，躺平，呼吸 | calm hymn pentatonic 4/4 54 0.3 -0.8 0.1 low
雪夜读书，炉火噼啪一声 | calm ballad major 4/4 66 0.4 -0.6 0.3 mid
小船摇啊摇，月亮跟着走 | calm lullaby major 6/8 62 0.5 -0.7 0.3 mid
清晨的海，一条线，什么都没有 | calm cinematic major 4/4 54 0.3 -0.8 0.1 mid
睡莲开了一朵，蜻蜓停着 | calm chinese pentatonic 3/4 60 0.4 -0.7 0.2 high
图书馆闭馆前的轻音乐，柔和 | calm waltz major 3/4 72 0.4 -0.6 0.3 mid
牧场的黄昏，牛铃远远地响 | calm folk major 3/4 68 0.4 -0.6 0.3 mid
银行大厅背景音乐，温和不打扰 | calm jingle major 4/4 76 0.3 -0.4 0.3 mid
给怕黑的孩子唱的歌 | calm lullaby major 3/4 62 0.4 -0.7 0.3 high
古寺钟声之后的安静 | calm hymn pentatonic 4/4 54 0.3 -0.8 0.1 low
猫在暖气上打呼噜 | calm lullaby major 3/4 64 0.5 -0.7 0.2 mid
晚祷，石墙，回声很长 | calm hymn dorian 4/4 58 0.2 -0.7 0.2 low
薄雾里的稻田，白鹭不飞 | calm chinese pentatonic 4/4 58 0.3 -0.7 0.2 mid
下午三点的阳台，风翻书页 | calm ballad major 4/4 70 0.5 -0.6 0.3 mid
深水里的光，慢慢往下沉 | calm cinematic dorian 4/4 52 0.2 -0.8 0.1 low
游戏存档点的音乐，安心 | calm chiptune major 4/4 78 0.4 -0.5 0.3 high
山里的雨停了，屋檐滴水 | calm folk pentatonic 6/8 62 0.4 -0.7 0.3 mid
门把手自己转了半圈 | tense cinematic minor 4/4 84 -0.6 0.4 0.3 low
剪红线还是蓝线，还有七秒 | tense chiptune minor 2/4 152 -0.3 0.8 0.8 high
深夜有人敲窗，三下 | tense cinematic minor 4/4 80 -0.6 0.4 0.3 low
潜伏的人屏住气，巡逻灯扫过来 | tense march minor 2/4 96 -0.4 0.4 0.4 low
高手对弈，最后一子迟迟不落 | tense chinese pentatonic 4/4 82 -0.3 0.3 0.3 low
追车，逆行，后视镜里全是灯 | tense cinematic dorian 2/4 164 -0.3 0.9 0.9 mid
考卷发下来，第一题就不会 | tense jig minor 6/8 128 -0.3 0.6 0.7 high
走悬崖上的木板，一步一响 | tense waltz minor 3/4 118 -0.4 0.5 0.5 high
草丛动了一下，猎人没有开枪 | tense folk dorian 6/8 92 -0.4 0.4 0.4 low
医生摘下口罩前的那一秒 | tense hymn minor 4/4 76 -0.5 0.3 0.2 low
股票跌停，电话响个不停 | tense chiptune minor 4/4 148 -0.4 0.7 0.8 high
快递里有滴答声 | tense cinematic minor 2/4 104 -0.5 0.5 0.5 low
审讯灯下，谁先眨眼 | tense ballad dorian 4/4 88 -0.4 0.3 0.4 low
台风眼里的片刻安静，窗户在抖 | tense cinematic minor 4/4 76 -0.4 0.3 0.3 low
马上轮到我上台，手在抖 | tense reel dorian 2/4 132 -0.2 0.7 0.8 high
十面埋伏，弦越绷越紧 | tense chinese pentatonic 2/4 142 -0.4 0.8 0.8 low
直播投票，差距只剩两票 | tense chiptune dorian 4/4 138 -0.1 0.7 0.7 mid
边境检查站，证件是假的 | tense march minor 2/4 98 -0.4 0.4 0.4 low
九拍子的脚步声，跟在身后 | tense cinematic minor 9/8 96 -0.5 0.4 0.4 low
拆弹人的耳机里只有心跳 | tense cinematic minor 4/4 88 -0.5 0.4 0.3 low
小狗偷了拖鞋，全家在追 | playful jig major 6/8 134 0.7 0.7 0.8 high
蚂蚁搬家，领头的走错了路 | playful march major 2/4 104 0.6 0.3 0.5 high
猴子照镜子，越照越生气 | playful chinese pentatonic 2/4 118 0.6 0.5 0.6 high
企鹅打滑，一个撞一个 | playful reel mixolydian 2/4 124 0.7 0.6 0.8 high
薯片广告，咔嚓咔嚓，停不下来 | playful jingle major 2/4 132 0.7 0.6 0.7 high
像素小鸡过马路 | playful chiptune major 4/4 132 0.7 0.6 0.7 high
大象学跳芭蕾 | playful waltz major 3/4 116 0.6 0.3 0.5 low
贪吃的小老鼠踮脚绕过猫 | playful march major 2/4 98 0.6 0.2 0.4 high
捏泥人，捏着捏着打起了泥巴仗 | playful folk pentatonic 2/4 118 0.7 0.6 0.7 mid
不倒翁喝醉了 | playful waltz major 3/4 120 0.6 0.4 0.5 mid
小和尚念经念着念着睡着了 | playful chinese pentatonic 2/4 100 0.6 0.2 0.5 high
跳跳糖在舌头上开派对 | playful chiptune major 4/4 142 0.8 0.7 0.8 high
老猫装睡，尾巴出卖了它 | playful cinematic minor 2/4 92 0.5 0.2 0.4 low
公鸡打鸣跑了调，全村笑醒 | playful folk mixolydian 2/4 116 0.7 0.5 0.6 high
弹簧床上的三只小猪 | playful jig major 6/8 126 0.7 0.6 0.7 high
洗发水广告，泡泡堆成假胡子 | playful jingle major 4/4 122 0.7 0.5 0.6 high
松鼠忘了坚果藏在哪 | playful jig mixolydian 6/8 120 0.6 0.5 0.7 high
九八拍的跷跷板 | playful jig major 9/8 118 0.6 0.5 0.6 high
机器人学打太极，关节嘎吱响 | playful chiptune pentatonic 4/4 112 0.6 0.3 0.5 mid
牛蛙指挥，萤火虫打灯，开演唱会 | playful march mixolydian 2/4 112 0.7 0.5 0.6 low
雨中共一把伞，谁也不说话 | romantic ballad major 4/4 76 0.5 -0.3 0.3 mid
他在信里画了一朵小花 | romantic ballad major 4/4 80 0.6 -0.2 0.4 high
海边求婚，浪把戒指盒打湿了 | romantic ballad major 6/8 86 0.6 0.1 0.4 mid
桂花树下，头靠着肩 | romantic chinese pentatonic 4/4 68 0.6 -0.4 0.3 mid
第一次牵手，手心全是汗 | romantic chiptune major 4/4 104 0.6 0.2 0.5 high
钻戒短片，慢镜头，光在指尖 | romantic jingle major 4/4 76 0.5 -0.3 0.3 mid
金婚老人在厨房里慢慢跳舞 | romantic waltz major 3/4 80 0.6 -0.3 0.3 mid
梁祝化蝶，翩翩双飞 | romantic chinese pentatonic 4/4 72 0.4 -0.3 0.4 high
夜行列车上，她靠着我睡着了 | romantic lullaby major 6/8 64 0.6 -0.5 0.3 mid
巴黎的桥，锁，两个名字 | romantic waltz major 3/4 98 0.6 -0.1 0.4 mid
山歌对唱，隔着一条河 | romantic folk pentatonic 4/4 88 0.6 0.1 0.5 high
新娘入场，小教堂，白百合 | romantic hymn major 4/4 72 0.7 -0.2 0.3 mid
悄悄把耳机分你一半 | romantic ballad major 4/4 84 0.6 -0.1 0.4 high
月色真美，后半句没说出口 | romantic ballad major 6/8 70 0.5 -0.4 0.3 mid
重逢的车站，拥抱了很久 | romantic cinematic major 4/4 80 0.6 0.1 0.4 mid
玫瑰味护手霜的广告，温柔一点 | romantic jingle major 3/4 88 0.6 -0.2 0.3 high
苏州河畔，旗袍和白衬衫 | romantic waltz pentatonic 3/4 96 0.5 -0.1 0.4 mid
写给妻子的摇篮曲 | romantic lullaby major 6/8 62 0.6 -0.5 0.3 mid
吉他弹错了三次，她还是笑着听完 | romantic folk mixolydian 4/4 86 0.6 -0.1 0.4 mid
暗恋，克制，只敢看背影 | romantic ballad minor 4/4 72 0.3 -0.3 0.3 mid
攀到峰顶，旗子插上去 | heroic cinematic major 4/4 96 0.8 0.5 0.4 mid
抗洪大堤上，人墙没有退 | heroic hymn minor 4/4 86 0.4 0.5 0.4 low
铁骑踏雪，直取敌营 | heroic chinese pentatonic 2/4 128 0.5 0.8 0.7 low
国旗升起，全场肃立 | heroic hymn major 4/4 84 0.7 0.3 0.4 mid
龙舟冲线，鼓声如雷 | heroic folk pentatonic 2/4 128 0.7 0.8 0.7 mid
像素勇者拔出圣剑 | heroic chiptune major 4/4 144 0.7 0.7 0.7 high
凯旋门下，队伍整齐走过 | heroic march major 4/4 110 0.7 0.6 0.5 mid
火箭点火，十，九，八…… | heroic cinematic minor 4/4 124 0.5 0.7 0.6 low
黄河船夫的号子 | heroic folk pentatonic 2/4 112 0.5 0.7 0.6 low
运动会开幕，各班方阵入场 | heroic march major 2/4 112 0.7 0.5 0.5 high
女排夺冠，最后一球落地 | heroic cinematic major 4/4 120 0.8 0.8 0.6 high
木兰披甲，辞别爹娘 | heroic chinese pentatonic 4/4 104 0.4 0.5 0.5 mid
灯塔守了六十年，从没熄过 | heroic hymn mixolydian 3/4 78 0.5 0.2 0.3 mid
援疆医生出征，亲人挥手 | heroic march major 4/4 104 0.6 0.5 0.5 mid
巨轮下水，汽笛长鸣 | heroic cinematic major 4/4 92 0.7 0.4 0.4 low
长城上的风，千年不倒 | heroic chinese pentatonic 4/4 86 0.6 0.4 0.4 low
少年立誓，要走遍天下 | heroic folk mixolydian 6/8 120 0.6 0.6 0.6 mid
最后一公里，跑者带着伤 | heroic cinematic minor 4/4 132 0.4 0.8 0.6 mid
校歌，庄严，向上 | heroic hymn major 4/4 86 0.6 0.3 0.4 mid
拓荒者的马车翻过山口 | heroic folk mixolydian 4/4 110 0.6 0.6 0.5 mid
雾里有人吹笛，却不见人 | mysterious chinese pentatonic 4/4 64 -0.2 -0.1 0.3 mid
镜子里的人慢了半拍 | mysterious waltz minor 3/4 84 -0.3 0 0.3 high
地图上没有的小站 | mysterious cinematic dorian 4/4 74 -0.1 0 0.3 mid
深潭下有座城，灯还亮着 | mysterious cinematic dorian 4/4 62 -0.2 -0.1 0.2 low
午夜书店，第十三排书架 | mysterious ballad dorian 4/4 76 -0.1 0 0.3 low
老钟敲了十三下 | mysterious hymn minor 3/4 64 -0.3 0 0.3 low
巫女摇铃，火光忽明忽暗 | mysterious folk dorian 6/8 84 -0.3 0.2 0.4 low
隐藏关卡，墙后有风 | mysterious chiptune dorian 4/4 94 -0.1 0.1 0.5 high
纸人眨了一下眼 | mysterious chinese dorian 2/4 72 -0.5 0.2 0.3 low
外星信号，每隔九秒一次 | mysterious cinematic dorian 9/8 78 -0.1 0 0.3 high
雪地上只有去的脚印 | mysterious cinematic minor 4/4 66 -0.3 -0.1 0.2 mid
假面舞会，每个人都叫同一个名字 | mysterious waltz minor 3/4 106 -0.2 0.2 0.5 mid
香氛品牌，一滴夜色 | mysterious jingle dorian 3/4 80 0 -0.1 0.3 low
山洞壁画上的人在跳舞 | mysterious folk dorian 6/8 92 -0.1 0.2 0.5 low
会发光的森林，低语 | mysterious cinematic dorian 4/4 68 0 -0.1 0.3 high
有人在阁楼里唱摇篮曲，房子空了十年 | mysterious lullaby minor 3/4 62 -0.4 -0.2 0.2 high
古剑在匣中低鸣 | mysterious chinese pentatonic 4/4 66 -0.2 0 0.3 low
精灵的圆圈舞，一靠近就散 | mysterious jig dorian 9/8 106 0 0.2 0.6 high
占星师合上了书 | mysterious ballad dorian 3/4 74 -0.1 -0.1 0.3 mid
沙下传来钟声 | mysterious hymn dorian 4/4 62 -0.2 -0.1 0.2 low
爷爷的自行车，前梁上的我 | nostalgic folk major 6/8 92 0.3 0 0.4 mid
小学门口的麦芽糖摊 | nostalgic chinese pentatonic 2/4 92 0.3 0 0.5 high
磁带翻面的那一声咔哒 | nostalgic ballad major 4/4 86 0.2 -0.1 0.4 mid
老屋拆了，门前的枣树还在 | nostalgic ballad pentatonic 4/4 76 0 -0.3 0.3 mid
街机厅，两个硬币，一个下午 | nostalgic chiptune major 4/4 116 0.3 0.1 0.6 high
母亲缝衣的灯下，哼着小调 | nostalgic lullaby pentatonic 3/4 66 0.2 -0.4 0.3 mid
黑白照片里的舞会 | nostalgic waltz major 3/4 100 0.1 -0.1 0.4 mid
广播里的评书，竹椅，晚风 | nostalgic chinese pentatonic 4/4 78 0.3 -0.3 0.4 mid
同学录最后一页，祝前程似锦 | nostalgic ballad major 4/4 84 0.1 -0.2 0.4 mid
离乡的船，母亲站成一个点 | nostalgic folk pentatonic 4/4 72 -0.2 -0.3 0.3 mid
升旗仪式的进行曲，如今只在梦里 | nostalgic march major 2/4 104 0.2 0 0.5 mid
夏夜凉席，数星星数到睡着 | nostalgic lullaby pentatonic 6/8 64 0.3 -0.5 0.3 mid
百年酱园的广告，老味道，慢工夫 | nostalgic jingle pentatonic 2/4 86 0.3 -0.2 0.4 mid
教堂里的童声，那年我也站在里面 | nostalgic hymn major 3/4 74 0.1 -0.3 0.3 high
跑过麦浪去追火车 | nostalgic cinematic major 4/4 96 0.3 0.1 0.4 mid
旧雪橇，山坡，冻红的脸 | nostalgic jig major 6/8 104 0.4 0.1 0.5 high
外公拉的那支快舞曲，再没人会 | nostalgic reel mixolydian 4/4 100 0 0 0.6 mid
收到一张二十年前寄出的明信片 | nostalgic waltz major 3/4 86 0.1 -0.2 0.3 mid
毕业那天的操场，风把校服吹鼓 | nostalgic ballad major 4/4 88 0.2 -0.1 0.4 mid
老家的井水，冰过的西瓜 | nostalgic folk pentatonic 3/4 84 0.3 -0.2 0.4 mid
早市开张，吆喝声此起彼伏 | happy chinese pentatonic 2/4 118 0.7 0.6 0.6 mid
双胞胎过生日，蛋糕糊了一脸 | happy jig major 6/8 126 0.8 0.7 0.7 high
春游大巴上全班一起唱 | happy jingle major 4/4 120 0.8 0.6 0.6 high
篝火晚会，手拉手越转越快 | happy reel mixolydian 4/4 122 0.8 0.8 0.9 mid
中秋博饼，骰子一响满堂笑 | happy chinese pentatonic 2/4 122 0.8 0.6 0.7 mid
冰淇淋新口味，夏天一口咬下去 | happy jingle major 4/4 122 0.8 0.5 0.5 high
集体婚礼，捧花抛上天 | happy waltz major 3/4 118 0.8 0.5 0.5 high
老街坊的生日宴，唢呐吹得欢 | happy chinese pentatonic 2/4 126 0.8 0.7 0.8 high
晨跑，耳机，太阳刚出来 | happy jingle major 4/4 128 0.7 0.6 0.6 mid
孩子们追着肥皂泡跑 | happy jig major 6/8 120 0.8 0.6 0.6 high
葡萄熟了，踩着拍子酿酒 | happy reel major 2/4 116 0.8 0.7 0.8 mid
游戏开场，彩虹桥，一路蹦过去 | happy chiptune major 4/4 140 0.8 0.7 0.7 high
唱诗班的圣诞颂，雪地里灯火通明 | happy hymn major 3/4 100 0.8 0.3 0.4 high
今天什么都顺 | happy folk major 4/4 110 0.7 0.3 0.5 mid
火锅咕嘟咕嘟，十个人抢一盘肉 | happy reel major 2/4 124 0.8 0.7 0.8 mid
花车巡游，铜管开道 | happy march major 2/4 118 0.8 0.7 0.6 mid
樱桃红了，奶奶搬来竹梯 | happy folk pentatonic 3/4 98 0.7 0.2 0.4 mid
升职加薪，请大家喝奶茶 | happy jingle major 4/4 126 0.8 0.6 0.6 high
阳台上的两双拖鞋，只剩一双在穿 | sad ballad minor 4/4 66 -0.5 -0.4 0.3 mid
黄昏的养老院，收音机没人听 | sad waltz minor 3/4 72 -0.5 -0.5 0.3 mid
孤雁南飞，江水无声 | sad chinese pentatonic 4/4 58 -0.6 -0.5 0.2 mid
老狗等了一整个冬天 | sad lullaby minor 3/4 58 -0.6 -0.6 0.2 mid
战后的村庄，只剩烟囱 | sad hymn minor 4/4 56 -0.7 -0.5 0.2 low
最后一班渡轮开走，汽笛很远 | sad cinematic minor 4/4 60 -0.5 -0.5 0.2 low
退潮以后，沙滩上一只小鞋 | sad cinematic minor 4/4 56 -0.7 -0.5 0.2 high
拆掉的游乐园，旋转木马停了 | sad waltz minor 3/4 74 -0.5 -0.4 0.3 mid
弹一首没人点的歌 | sad ballad minor 4/4 70 -0.4 -0.4 0.3 mid
黛玉焚稿 | sad chinese pentatonic 3/4 58 -0.7 -0.5 0.3 high
小机器人等主人回来，等到没电 | sad chiptune minor 4/4 72 -0.5 -0.4 0.4 high
母亲走后，锅铲的声音也走了 | sad hymn minor 4/4 58 -0.7 -0.5 0.2 low
秋夜，芭蕉，雨，一个人 | sad chinese pentatonic 4/4 60 -0.5 -0.5 0.3 mid
北漂十年，退掉了出租屋 | sad ballad minor 4/4 72 -0.4 -0.3 0.4 mid
矿难第七天，井口的花 | sad folk dorian 4/4 60 -0.7 -0.4 0.3 low
灰蒙蒙的下午，什么也不想说 | sad cinematic minor 4/4 62 -0.4 -0.5 0.2 mid
摇篮空了，歌还在嘴边 | sad lullaby minor 6/8 58 -0.7 -0.6 0.2 high
送灵的鼓，一步一声 | sad march minor 4/4 56 -0.7 -0.4 0.3 low
装修的电钻响了三个月，我受够了 | angry reel minor 2/4 144 -0.4 0.8 0.8 mid
狼群红了眼 | angry cinematic minor 4/4 152 -0.6 0.9 0.8 low
打翻棋盘，一声断喝 | angry chinese pentatonic 2/4 138 -0.5 0.8 0.8 low
黑心老板，还我工钱 | angry folk dorian 2/4 122 -0.5 0.7 0.6 low
拳头砸在墙上，一下，又一下 | angry march minor 4/4 116 -0.6 0.8 0.6 low
网速卡死在最后一关 | angry chiptune minor 4/4 166 -0.4 0.9 0.9 high
咆哮的瀑布，把石头劈成两半 | angry cinematic minor 4/4 146 -0.5 0.9 0.8 low
压着火，一字一句地说 | angry ballad minor 4/4 84 -0.6 0.4 0.4 low
泼妇骂街，越骂越快 | angry jig minor 6/8 142 -0.3 0.8 0.9 high
万人请愿，怒吼如潮 | angry march minor 4/4 110 -0.4 0.7 0.6 low
被抢了最后一块排骨的哥哥 | angry reel dorian 2/4 132 -0.2 0.7 0.8 mid
哪吒闹海，翻江倒海 | angry chinese pentatonic 2/4 142 -0.3 0.9 0.9 mid
审判日的管风琴，不留情面 | angry hymn minor 4/4 90 -0.6 0.6 0.5 low
山火，风向变了，烧过来了 | angry cinematic minor 2/4 154 -0.6 0.9 0.9 low
恶龙被踩了尾巴 | angry chiptune minor 4/4 158 -0.4 0.9 0.8 low
冤案昭雪前夜，满腔的恨 | angry chinese minor 4/4 100 -0.6 0.6 0.5 low
窗台上的多肉，晒着太阳 | calm jingle major 4/4 78 0.5 -0.5 0.3 high
溪边洗菜，水很凉，心很静 | calm folk pentatonic 3/4 64 0.4 -0.7 0.3 mid
抄经，一笔一画 | calm chinese pentatonic 4/4 54 0.3 -0.8 0.1 mid
雪后的林子，一点声音也没有 | calm cinematic pentatonic 4/4 52 0.3 -0.8 0.1 high
午睡，风扇，竹席 | calm lullaby major 3/4 64 0.5 -0.7 0.2 mid
海湾里的帆船都收了帆 | calm ballad major 6/8 64 0.4 -0.7 0.3 mid
茶馆打烊前，最后一壶 | calm chinese pentatonic 4/4 64 0.4 -0.6 0.3 mid
助眠音频，潮水，远远的灯塔 | calm lullaby major 6/8 56 0.4 -0.8 0.2 low
天鹅湖面的晨雾 | calm waltz major 3/4 66 0.4 -0.7 0.2 high
修道院的长廊，脚步很轻 | calm hymn dorian 4/4 58 0.3 -0.7 0.2 low
周日早晨，咖啡，没有安排 | calm ballad major 4/4 74 0.5 -0.5 0.4 mid
星空露营，谁也没说话 | calm folk major 6/8 66 0.4 -0.7 0.3 mid
候诊室的轻音乐，让人安心 | calm jingle major 4/4 74 0.4 -0.5 0.3 mid
老树下打盹的猫和人 | calm folk major 3/4 68 0.5 -0.7 0.3 mid
月照平湖 | calm chinese pentatonic 3/4 56 0.4 -0.8 0.2 mid
孩子睡着了，灯调到最暗 | calm lullaby major 6/8 58 0.5 -0.8 0.2 high
宇宙飞船巡航，一切正常 | calm chiptune major 4/4 76 0.3 -0.5 0.3 mid
云海日出前的那份静 | calm cinematic major 4/4 54 0.4 -0.7 0.2 mid
房东说楼上没住人，可是有脚步声 | tense cinematic minor 4/4 82 -0.6 0.4 0.3 low
飞机下坠，氧气面罩掉下来 | tense cinematic minor 2/4 150 -0.5 0.9 0.8 high
卧底接头，暗号对不上 | tense ballad dorian 4/4 92 -0.4 0.4 0.4 low
抢答倒数三秒 | tense chiptune minor 4/4 146 -0.1 0.8 0.8 high
猎豹伏低，羚羊抬头 | tense folk dorian 6/8 104 -0.3 0.5 0.5 low
冰湖中央，冰在响 | tense cinematic minor 4/4 78 -0.5 0.4 0.2 high
鸿门宴，杯子举着没放下 | tense chinese pentatonic 4/4 84 -0.4 0.4 0.4 low
面试官翻着简历，一言不发 | tense waltz minor 3/4 96 -0.3 0.3 0.4 mid
偷渡船熄了灯，巡逻艇靠近 | tense march minor 2/4 94 -0.5 0.4 0.4 low
点球，他助跑了 | tense cinematic dorian 2/4 128 -0.2 0.7 0.7 mid
小偷踩到了玩具鸭子 | tense jig minor 6/8 118 0 0.5 0.6 high
对讲机里只剩杂音 | tense cinematic minor 4/4 76 -0.5 0.3 0.2 low
拍卖槌悬在半空，有人又举了牌 | tense reel dorian 4/4 124 -0.1 0.6 0.8 mid
毒蛇和笛声 | tense chinese pentatonic 3/4 92 -0.4 0.4 0.4 mid
监控黑屏的十七分钟 | tense chiptune dorian 4/4 108 -0.4 0.4 0.4 low
走廊尽头的灯一盏一盏灭过来 | tense cinematic minor 4/4 88 -0.6 0.5 0.3 low
悬索桥断了一根 | tense folk minor 9/8 104 -0.5 0.5 0.5 low
祷告声里混进一个陌生人 | tense hymn minor 4/4 70 -0.5 0.2 0.2 low
仓鼠越狱 | playful chiptune major 2/4 138 0.7 0.6 0.7 high
鹅追着快递员跑了三条街 | playful reel mixolydian 2/4 126 0.7 0.7 0.8 high
三个和尚抢水喝 | playful chinese pentatonic 2/4 114 0.6 0.4 0.6 mid
爸爸学女儿跳绳，绊倒了 | playful jig major 6/8 120 0.7 0.5 0.7 high
辣条广告，越吃越上头 | playful jingle major 2/4 128 0.7 0.6 0.6 high
乌龟开着滑板车 | playful march major 2/4 106 0.6 0.4 0.5 mid
布娃娃半夜开茶话会 | playful waltz major 3/4 118 0.6 0.3 0.5 high
打喷嚏的小象 | playful folk major 2/4 108 0.6 0.4 0.5 low
孙悟空偷蟠桃 | playful chinese pentatonic 2/4 126 0.7 0.7 0.8 high
捉弄人的精灵，藏起一只袜子 | playful jig mixolydian 6/8 122 0.6 0.5 0.7 high
闹钟们开会，谁都不想先响 | playful jingle major 2/4 116 0.6 0.4 0.6 high
跳房子，一二三，转身 | playful folk major 6/8 116 0.7 0.4 0.6 high
小丑的鼻子掉进汤里 | playful waltz major 3/4 124 0.6 0.5 0.6 mid
鼹鼠探头，锤子落空 | playful chiptune major 4/4 136 0.6 0.7 0.7 high
踩着落叶装恐龙 | playful march major 2/4 102 0.6 0.4 0.5 low
胖橘猫减肥失败 | playful cinematic major 2/4 96 0.6 0.2 0.4 low
泥鳅溜出手心 | playful reel major 2/4 124 0.6 0.6 0.8 mid
九拍子的小矮人挖矿歌 | playful jig mixolydian 9/8 116 0.5 0.5 0.6 low
图书馆里递来的一张便签 | romantic ballad major 4/4 82 0.6 -0.1 0.4 high
塞纳河边，最后一支慢舞 | romantic waltz major 3/4 88 0.6 -0.2 0.3 mid
夏夜屋顶，她数星星，他看她 | romantic ballad major 6/8 74 0.6 -0.3 0.3 mid
鸳鸯戏水，红帐低垂 | romantic chinese pentatonic 4/4 70 0.5 -0.4 0.3 mid
口红新品，一个眼神就够 | romantic jingle dorian 4/4 84 0.4 -0.1 0.4 low
青梅竹马，长大了还并肩走 | romantic folk major 4/4 88 0.6 -0.1 0.4 mid
像素小人捧着一朵像素玫瑰 | romantic chiptune major 4/4 106 0.7 0.2 0.5 high
雪夜归来，灯下有人等 | romantic ballad major 4/4 72 0.6 -0.3 0.3 mid
誓词念到一半，他哭了 | romantic hymn major 4/4 70 0.6 -0.2 0.3 mid
钢琴四手联弹，手指碰到手指 | romantic waltz major 3/4 90 0.6 -0.1 0.5 mid
哄她睡，哼一首走调的歌 | romantic lullaby major 6/8 62 0.6 -0.5 0.3 mid
隔着车窗写下反过来的字 | romantic cinematic major 4/4 78 0.5 -0.1 0.3 mid
长安月下，折一枝梅送你 | romantic chinese pentatonic 3/4 70 0.5 -0.3 0.3 high
爵士酒吧，她把高跟鞋提在手里 | romantic ballad dorian 4/4 76 0.4 -0.2 0.4 low
情人节巧克力，丝滑，不急 | romantic jingle major 3/4 86 0.6 -0.2 0.3 mid
草原情歌，马慢慢走 | romantic folk pentatonic 4/4 76 0.5 -0.2 0.4 mid
百米冲刺，国旗披在肩上 | heroic cinematic major 4/4 124 0.7 0.8 0.6 mid
众志成城，堤坝合龙 | heroic march major 4/4 108 0.6 0.6 0.5 low
赵子龙七进七出 | heroic chinese pentatonic 2/4 132 0.5 0.8 0.8 low
消防车冲进火海 | heroic cinematic minor 2/4 132 0.3 0.8 0.7 low
烈士陵园，庄严的颂歌 | heroic hymn major 4/4 72 0.3 0.2 0.3 low
雪山哨所，敬礼 | heroic march major 4/4 96 0.5 0.4 0.4 mid
宇航员出舱，地球在脚下 | heroic cinematic major 4/4 86 0.7 0.3 0.3 high
最后一格血，反杀 | heroic chiptune minor 4/4 150 0.5 0.9 0.8 high
纤夫拉着大船过险滩 | heroic folk pentatonic 2/4 104 0.4 0.6 0.5 low
国庆阅兵，方阵走来 | heroic march major 2/4 114 0.7 0.7 0.6 mid
郑和下西洋，千帆竞发 | heroic chinese pentatonic 4/4 98 0.6 0.5 0.5 low
班级接力，倒数第一追到第一 | heroic reel mixolydian 4/4 130 0.7 0.8 0.8 high
合唱：我们是大地的儿女 | heroic hymn major 4/4 84 0.6 0.4 0.4 mid
骑士单膝跪地，接过旗帜 | heroic cinematic mixolydian 4/4 90 0.6 0.4 0.4 mid
风暴中掌舵的老船长 | heroic folk dorian 6/8 116 0.4 0.7 0.6 low
山村第一个大学生出发了 | heroic folk major 4/4 100 0.6 0.4 0.4 mid
枯树半夜开了花 | mysterious chinese pentatonic 3/4 66 -0.1 -0.1 0.3 high
电台里传来三十年前的天气预报 | mysterious ballad dorian 4/4 74 -0.2 -0.1 0.3 low
面具后面还有一张面具 | mysterious waltz minor 3/4 100 -0.2 0.1 0.5 mid
月食，狗不叫了 | mysterious cinematic minor 4/4 64 -0.3 0 0.2 low
丛林里的石像，眼睛朝着我们 | mysterious folk dorian 4/4 78 -0.2 0.1 0.4 low
藏宝图少了一角 | mysterious folk dorian 6/8 92 0 0.2 0.5 mid
魔法学院的旋转楼梯 | mysterious waltz dorian 3/4 96 0 0.1 0.5 high
祠堂里的香自己燃了 | mysterious chinese minor 4/4 62 -0.4 -0.1 0.2 low
白鹿一闪，雪地上没有脚印 | mysterious cinematic dorian 4/4 68 0 -0.1 0.3 high
地下室的合唱，唱的是没人懂的话 | mysterious hymn minor 4/4 60 -0.4 0 0.2 low
解谜游戏，机关慢慢转动 | mysterious chiptune dorian 4/4 96 0 0.1 0.5 mid
海底传来摇篮曲 | mysterious lullaby dorian 6/8 62 -0.1 -0.3 0.2 low
画里的女人换了姿势 | mysterious ballad minor 3/4 74 -0.3 -0.1 0.3 mid
九个石阶，每次数都不一样 | mysterious folk dorian 9/8 84 -0.2 0 0.4 mid
夜市尽头卖面具的老人 | mysterious chinese pentatonic 2/4 82 -0.2 0.1 0.4 low
密室里有第三个人的呼吸 | mysterious cinematic minor 4/4 66 -0.5 0.1 0.2 low
课本里夹着的枫叶 | nostalgic ballad major 4/4 80 0.2 -0.2 0.3 mid
村小的手摇铃 | nostalgic folk pentatonic 3/4 86 0.2 -0.1 0.4 high
爸爸的二八大杠，后座的我 | nostalgic folk major 6/8 90 0.3 0 0.4 mid
老戏院拆迁前最后一场 | nostalgic chinese pentatonic 4/4 76 -0.1 -0.2 0.4 mid
像素坦克，两个手柄，表哥 | nostalgic chiptune major 4/4 114 0.3 0.1 0.6 high
奶奶的缝纫机，哒哒哒 | nostalgic lullaby pentatonic 3/4 76 0.2 -0.3 0.4 mid
知青点的口琴声 | nostalgic ballad major 4/4 78 0 -0.2 0.3 mid
厂里的联谊舞会，皮鞋擦得发亮 | nostalgic waltz major 3/4 102 0.2 0 0.4 mid
儿时的年味，灶糖粘牙 | nostalgic chinese pentatonic 2/4 96 0.3 0.1 0.5 mid
老式火车的月台，挥到看不见 | nostalgic cinematic major 4/4 76 -0.1 -0.2 0.3 mid
少先队鼓号队，跑调也骄傲 | nostalgic march major 2/4 106 0.3 0.1 0.5 high
外滩的钟声，外公的怀表 | nostalgic hymn major 4/4 72 0.1 -0.3 0.3 mid
老牌汽水回来了，还是那个味 | nostalgic jingle major 4/4 102 0.4 0.1 0.5 high
村口的快乐舞曲，如今只剩回音 | nostalgic reel mixolydian 4/4 96 0 0 0.6 mid
妈妈年轻时爱唱的那首 | nostalgic ballad major 4/4 82 0.2 -0.2 0.4 mid
故乡的河，月光还是那样 | nostalgic folk pentatonic 3/4 74 0.1 -0.4 0.3 mid
"""
_FIELDS = (
    "mood",
    "style",
    "mode",
    "meter",
    "tempo_bpm",
    "valence",
    "arousal",
    "density",
    "register",
)
_NUMBERS = ("tempo_bpm", "valence", "arousal", "density")


def melody_rows() -> list[dict[str, Any]]:
    """The descriptions as rows of `melody_plans_written.jsonl` are, in a fixed order."""
    return [_row(*line.split(" | ")) for line in WRITTEN.strip().splitlines()]


def _row(text: str, plan: str) -> dict[str, Any]:
    named = dict(zip(_FIELDS, plan.split(" "), strict=True))
    return {"text": text, **named, **{name: float(named[name]) for name in _NUMBERS}}
