"""Common words that are complete as they stand, so that a text may end with them.

Counted in `ads_en_written` (written for this project, CC0-1.0; train split only): every word that
occurs in four or more kits.
"""

from __future__ import annotations

_WORDS = """
about above across act add after again air all already also always an and another answer any
apples are arrange arrive arrives as ash ask asked asks asleep at august awake away back bad
badger bag band bank bar bare barn batch be beans beat because bed been before began begin
begins behind being bell bench bent beside better between big bike bikes biscuit bit bits black
blue board boards boat bone book books borrow both bottle bought box brass bread breakfast
breath breathe bridge bring broken brought brown bucket built bundle bus but buy by call came
can can't car card cards carried carries carry cat catch cello cent chair chairs change chart
check cheese child children chips choose clay clean climb clock close cloth coat coffee coins
cold colour come comes coming compare cook corner count counter cows crossed cup cut dad dark
date day days decide deep degrees desk dial did dinner do does doesn't dog don't done door down
draw drawer drawing drink drive drop dry dusk each ear eat eaten edge egg eight eighteen eighty
elbow eleven else empty end ends enough evening ever every everyone everything exactly eye face
family far feet felt ferry field fifty figure filed fill film find fine fingers finished fire
first fit five fix flat floor floors flower flowers foam fog fold folded foot for forget fork
forty found four fourteen fox frame free friday fridge from front full gale gap garden gate get
gets give gives glass go goat goes going gold gone good got grab grams gravy green grey ground
guests had hadn't hair half hall hand hands harbour harvest has have he head hear heard heat
hedge her here heron hill hills him hinge his hold holds hole home hot hour hours house how
hundred hung if in initials ink inside into iron is isn't it it's its itself january jar join
jug june just keep keeps kept kettle keys kilo kilos kitchen knees knew know knows label ladder
lamp lands lane lantern last late later lean learn leave leaves leeks left lemon length lent
less let letter letters lid lie life lift lifted lifts light lights like likes lime line linen
lines list listen lit litres little load loaf log long look looked looking looks loose lose lost
loud love low lunch made make map march mark match may means meant measure measured meet menu
metre metres midnight mile miles milk mill millimetre mind minute minutes ml mm monday month
months moon more morning most moved moves mug music must my name named names nearly need needs
neighbour never new next nice night nights nine ninety no nobody none noon not note notes
nothing notice november now number numbers o'clock oak october of off offer old on once one ones
only open opens or orange order other others our ours out oven over own pace pack packed page
pages paid paint pair pairs pan paper part pass past pay peel pencil people per person ph phone
photo photograph piano pick picked picture piece place plain plan plank plans plant plates play
played please plums pocket point post pot pour press pressed price print pull pump purpose put
question queue quiet rack rail rain rang reach read reading ready real recipe red remembers
report request reserve rest ride right ring river road roll roof room rooms roses round row run
runs said salt same saturday say saying says scale school screen sea seat seats second seconds
see seen send set sets seven sewn shadow she she'll she's sheet shelf shelves shift shirt shoes
shop short shoulder show shows shut shuts side sign silence since sing single sit sits six
sixteen sixty size sky sleep slept slide slots slow slowly small smell smells so sock socks sofa
soft sold sole some somebody somebody's someone something song sound soup spare spend spoon
spring square stage stand standing start starts stay stays steel step still stitch stone stop
stopped stops storm story stove straight street string strips sun sunday table tables tag take
takes talk tape tastes tea tell tells ten tent tenth test text th than that that's the their
them then there there's they they've thin thing things think thirty this those thought thousand
thread three through thumb thursday tide till time times tin to toast today together told
tonight tonight's too took top touch train tree trees trust try tuesday turn turned turns twelve
twenty twice two under until up us use used van very visit voice volume wait waiting waits wake
walk walked wall walls warm was wash watch water way we we'll we've wear weather wednesday week
weekend weeks weigh weight well went were wet what what's whatever when where which while white
who whole why wide will wind window winter with without won't wool word words work working worn
worth wrist write written wrong wrote year years yes you you'd you'll you're you've your yours
zip
"""

COMPLETE_WORDS = frozenset(_WORDS.split())
