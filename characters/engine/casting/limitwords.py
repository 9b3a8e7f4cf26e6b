"""Words that make somebody a child, an animal, a crowd or a body the stage has not: alternatives of regular expressions.

House tables; read only where they say what somebody is.
"""

from __future__ import annotations

CHILDREN = (
    "child|children|kids?|bab(?:y|ies)|toddlers?|infants?|newborns?|boys?|girls?|schoolboys?|"
    "schoolgirls?|schoolchildren|teenagers?|teens?|adolescents?|tweens?"
)

ANIMALS = (
    r"(?:dog|cat|horse|bird|raven|crow|bear|lion|tiger|rat|rabbit|snake|owl|monkey|elephant|cow|goat|"
    r"pig|hound|kitten|parrot|spider|labrador|terrier|poodle|spaniel|retriever|german shepherd|stallion|"
    r"mare|foal|donkey|mule|bull|lamb|duck|swan|hen|rooster|chicken|pigeon|seagull|gull|eagle|hawk|bee|"
    r"wasp|butterfl(?:y|ie)|beetle|frog|toad|turtle|lizard|crocodile|shark|whale|dolphin|squirrel|hedgehog|"
    r"gorilla|chimpanzee|camel|giraffe|zebra|panther|leopard|animal)s?|"
    r"wol(?:f|ves)|fox(?:es)?|mouse|mice|pupp(?:y|ies)|pon(?:y|ies)|goose|geese|fish|sheep|deer|"
    r"swarm|herd|flock"
)

CROWDS = (
    "crowds?|mobs?|audience|extras|passers-by|bystanders|onlookers|spectators|protesters|jurors|jury|"
    "people|commuters|passengers|soldiers|policemen|policewomen|workers|students|tourists|villagers|"
    "dancers|fans|reporters|journalists|customers|guests|strangers|thugs|guards|officers|nurses|men|women|"
    "twins|triplets|choir|throng"
)

GROUPS = r"(?:groups?|bunch|dozens?|hundreds|gang|couple|famil(?:y|ies)|squad|army) of \w+"

LIMBS = (
    r"one[- ](?:armed|legged|handed)|armless|legless|amputees?|"
    r"(?:missing|lost|without|lacks|lacking)\s+(?:(?:his|her|their|an?|the|one|both|two|right|left)\s+)*"
    r"(?:arms?|legs?|hands?|foot|feet)"
)

WHEELCHAIR = r"in (?:an?|his|her|their) (?:\w+ )?wheelchair|wheelchair users?"

NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty"
)
"""In order, from one."""

MODIFIERS = (
    "little|small|young|old|big|tall|fat|thin|black|white|grey|gray|brown|red|stray|wild|barking|angry|"
    "frightened|crying|laughing|lost|first|second|third|other|another|court|bus|school|hundred|dozen|"
    "several|many|some|a"
)

PERSONS = (
    "woman|man|lady|gentleman|person|owner|trainer|keeper|doctor|teacher|mother|father|grandmother|"
    "grandfather|detective|lawyer|judge|actor|actress|singer|officer|driver"
)
