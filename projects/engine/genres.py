"""Tables of the template outline writer: for each style its places, people, props and turns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Genre:
    """What a style's outlines are made of. `{topic}`, `{a}`, `{b}`, `{prop}` are filled in; every list is drawn from by seed.

    `openings` and `closings` are (heading, action) pairs; `exchanges` are three speeches A, B, A; `endings` pairs of action
    and last line; `roles` describes A and B.
    """

    openings: tuple[tuple[str, str], ...]
    meetings: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    props: tuple[str, ...]
    voice_overs: tuple[str, ...]
    exchanges: tuple[tuple[str, str, str], ...]
    endings: tuple[tuple[str, str], ...]


GENRES: dict[str, Genre] = {
    "courtroom_drama": Genre(
        openings=(
            (
                "EXT. CITY STREET, COURTHOUSE STEPS - DAWN",
                "Wet stone. Pigeons scatter from the empty steps.",
            ),
            ("EXT. CITY STREET - NIGHT", "Rain on a street of closed law offices."),
        ),
        meetings=("INT. COURTROOM - DAY", "INT. COURTROOM - DUSK"),
        roles=(
            ("a judge with grey hair in a bun", "a lawyer in a charcoal suit"),
            ("a prosecutor with short black hair", "a defendant in a brown jacket"),
        ),
        props=("SEALED ENVELOPE", "TAPE RECORDER", "COURT LEDGER"),
        voice_overs=("Everyone in this city has an opinion on {topic}. I needed a fact.",),
        exchanges=(
            (
                "You told this court you knew nothing of {topic}.",
                "I said I was never asked.",
                "I am asking now.",
            ),
            (
                "Read the first line to the court.",
                "It is about {topic}. And it is in your handwriting.",
                "Then read the second.",
            ),
        ),
        endings=(
            ("{b} folds the page and looks up at the bench.", "The defence rests."),
            ("{a} stands alone in the emptied room.", "We are adjourned."),
        ),
    ),
    "noir": Genre(
        openings=(
            ("EXT. HARBOUR ALLEY - NIGHT", "Rain. A neon sign dies and comes back."),
            ("EXT. STATION SQUARE - NIGHT", "Fog under the lamps. The last tram is gone."),
        ),
        meetings=("INT. BAR - NIGHT", "INT. DETECTIVE'S OFFICE - NIGHT"),
        roles=(
            ("a detective in a worn grey coat", "a singer in a red dress"),
            ("a private eye with a black hat", "a widow with silver hair"),
        ),
        props=("MATCHBOOK", "LOCKER KEY", "TORN PHOTOGRAPH"),
        voice_overs=("It began with {topic}. It always begins with something small.",),
        exchanges=(
            (
                "You knew what {topic} would cost.",
                "I knew what it would cost you.",
                "Drink up. He's at the door.",
            ),
            (
                "Who else knows about {topic}?",
                "You. Me. The man we buried.",
                "Then one of us is lying.",
            ),
        ),
        endings=(
            ("{b} walks away into the rain.", "Don't follow me. You never could."),
            ("{a} strikes the last match.", "Keep the change."),
        ),
    ),
    "sci_fi": Genre(
        openings=(
            (
                "EXT. ORBITAL STATION - NIGHT",
                "A ring of lights turns in silence above a dark planet.",
            ),
            ("EXT. DESERT COLONY - DAWN", "Dust drifts over white domes. Nothing else moves."),
        ),
        meetings=("INT. CONTROL ROOM - NIGHT", "INT. LABORATORY - NIGHT"),
        roles=(
            ("a pilot in an orange suit", "an engineer with cropped white hair"),
            ("a captain with short grey hair", "a botanist in a green coat"),
        ),
        props=("SIGNAL LAMP", "MEMORY CORE", "GLASS SEED"),
        voice_overs=("Day four hundred. We still say {topic} as if the word were ours.",),
        exchanges=(
            (
                "The signal is about {topic}.",
                "Nobody out there knows the word.",
                "Someone does. It is my voice.",
            ),
            (
                "How long until {topic} reaches us?",
                "It has been here since we woke.",
                "Then who woke us?",
            ),
        ),
        endings=(
            ("{a} looks up at the turning lights.", "Open the door. Let it in."),
            ("{b} lowers the last switch.", "Tell them we answered."),
        ),
    ),
    "horror": Genre(
        openings=(
            ("EXT. FOREST ROAD - NIGHT", "Fog between black trees. One lit window, far off."),
            ("EXT. OLD HOUSE - DUSK", "The house leans. A door moves, though there is no wind."),
        ),
        meetings=("INT. CELLAR - NIGHT", "INT. HOUSE CORRIDOR - NIGHT"),
        roles=(
            ("a nurse in a white coat", "a caretaker with a grey beard"),
            ("a student in a yellow jacket", "an aunt with long white hair"),
        ),
        props=("MUSIC BOX", "CRACKED MIRROR", "BRASS KEY"),
        voice_overs=("They told us never to speak of {topic} after dark.",),
        exchanges=(
            ("Who taught you about {topic}?", "The girl behind you.", "There is nobody behind me."),
            (
                "It stops if we leave {topic} alone.",
                "You opened it.",
                "No. It was open when I came.",
            ),
        ),
        endings=(
            ("{a} stands frozen in the dark.", "Listen. It knows our names."),
            ("{b} smiles with someone else's face.", "You can stop running now."),
        ),
    ),
    "thriller": Genre(
        openings=(
            ("EXT. AIRPORT ROAD - NIGHT", "Headlights in rain. One car, then a second."),
            ("EXT. ROOFTOP - DUSK", "The city far below. A door bangs in the wind."),
        ),
        meetings=("INT. HOTEL ROOM - NIGHT", "INT. PARKING GARAGE - NIGHT"),
        roles=(
            ("a courier in a black jacket", "an agent in a navy suit"),
            ("a journalist with curly hair", "a banker in a grey coat"),
        ),
        props=("BURNER PHONE", "STEEL CASE", "PASSPORT"),
        voice_overs=("There are nine people who know about {topic}. I have met eight.",),
        exchanges=(
            (
                "You have ten minutes to explain {topic}.",
                "I have four. Look at the window.",
                "Who is that?",
            ),
            (
                "Say {topic} was never about money.",
                "It was about who would come for it.",
                "And I came.",
            ),
        ),
        endings=(
            ("{b} is gone. The line is still open.", "You were the ninth."),
            ("{a} lowers the blind.", "Now we wait together."),
        ),
    ),
    "romance": Genre(
        openings=(
            ("EXT. RIVER PARK - DAWN", "Mist on the water. Two empty benches."),
            ("EXT. STATION PLATFORM - DUSK", "A warm evening. The train is late again."),
        ),
        meetings=("INT. CAFE - DAY", "INT. BOOKSHOP - DUSK"),
        roles=(
            ("a baker in a blue coat", "a translator with long red hair"),
            ("a violinist in a green scarf", "a teacher with curly hair"),
        ),
        props=("UNSENT LETTER", "PAPER BOAT", "CONCERT TICKET"),
        voice_overs=("We only ever talked about {topic}. It was never about {topic}.",),
        exchanges=(
            (
                "You kept this. All these years.",
                "You wrote that {topic} would bring you back.",
                "It did.",
            ),
            (
                "Ask me about {topic} again.",
                "You always change the subject.",
                "I was waiting for you to notice.",
            ),
        ),
        endings=(
            ("{b} smiles and sits down beside {a}.", "Stay for one coffee. Then we'll see."),
            ("{a} opens the door to the light.", "Come on. We'll miss it."),
        ),
    ),
    "action": Genre(
        openings=(
            ("EXT. CITY BRIDGE - DUSK", "Sirens. Traffic frozen across eight lanes."),
            ("EXT. MOUNTAIN ROAD - DAY", "A truck takes the bend too fast. Stones fall."),
        ),
        meetings=("INT. WAREHOUSE - NIGHT", "INT. TRAIN - NIGHT"),
        roles=(
            ("a medic in a red jacket", "a soldier with a buzz cut"),
            ("a driver in a leather coat", "a captain with a grey beard"),
        ),
        props=("DETONATOR", "RADIO", "RED FLARE"),
        voice_overs=("They gave us one night to end {topic}.",),
        exchanges=(
            (
                "How many guards on {topic}?",
                "All of them.",
                "Good. Then nobody watches the bridge.",
            ),
            (
                "Leave me. Take {topic} and go.",
                "That isn't the order.",
                "There are no more orders.",
            ),
        ),
        endings=(
            ("{a} runs into the smoke.", "Now!"),
            ("{b} rises out of the dust, the flare lit.", "You're late."),
        ),
    ),
    "documentary": Genre(
        openings=(
            ("EXT. COAST ROAD - DAWN", "A grey sea. Boats leave one after the other."),
            ("EXT. CITY SQUARE - DAY", "Shutters go up. A market builds itself."),
        ),
        meetings=("INT. WORKSHOP - DAY", "INT. KITCHEN - DAY"),
        roles=(
            ("a fisherman with a white beard", "an archivist in a brown coat"),
            ("a mechanic with short grey hair", "a teacher in a blue jacket"),
        ),
        props=("MAP", "BOX OF NEGATIVES", "LOGBOOK"),
        voice_overs=(
            "This is a place where people have lived with {topic} for longer than they can say.",
        ),
        exchanges=(
            (
                "My mother did it by hand.",
                "And the record says {topic} began here.",
                "Records. Ask the people.",
            ),
            (
                "You learn {topic} by looking.",
                "How long did it take you?",
                "I'll tell you when I'm done.",
            ),
        ),
        endings=(
            (
                "{a} goes back to work. Light through the open door.",
                "That's all it is. You do it again tomorrow.",
            ),
            ("{b} closes the book.", "Somebody should write that down."),
        ),
    ),
    "news": Genre(
        openings=(
            ("EXT. CITY SQUARE - DAY", "Vans with dishes on their roofs. People look up as one."),
            ("EXT. TOWN HALL - DAY", "Umbrellas before a closed door. A flag hangs still."),
        ),
        meetings=("INT. NEWS STUDIO - DAY", "INT. TOWN HALL CORRIDOR - DAY"),
        roles=(
            ("a reporter in a blue raincoat", "a presenter in a grey suit"),
            ("a reporter with short red hair", "a clerk in a green cardigan"),
        ),
        props=("MICROPHONE", "PRESS CARD", "PRINTED STATEMENT"),
        voice_overs=(
            "Good evening. This town has talked of nothing but {topic} since this morning.",
        ),
        exchanges=(
            (
                "What can you tell us about {topic}?",
                "What I saw. No more than that.",
                "What did you see?",
            ),
            (
                "Who confirms that this is about {topic}?",
                "Nobody, so far. Two people say so.",
                "Then that is what we report.",
            ),
        ),
        endings=(
            ("{a} looks into the camera. Behind, the door opens.", "That is all we know tonight."),
            ("{b} lays the paper down.", "We will stay here until there is an answer."),
        ),
    ),
}
"""Source: house writing, original."""

NAMES: tuple[tuple[str, str], ...] = (
    ("ADA", "QUIROGA"),
    ("TOMAS", "BRANDT"),
    ("NOOR", "HADDAD"),
    ("ELIAS", "WREN"),
    ("YUKI", "MORI"),
    ("AMARA", "OBI"),
    ("JONAS", "LINDQVIST"),
    ("LUCIA", "FERRO"),
    ("DEV", "RAO"),
    ("MIRA", "KOVAČ"),
    ("SAUL", "PEREIRA"),
    ("INGRID", "DAHL"),
)
"""Given and family names, drawn without repeats and without regard to the role."""

AGES = ("20s", "30s", "40s", "50s", "60s")
