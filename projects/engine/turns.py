"""Turns of long outlines: how a scene is entered, what is said in it, and looks between. `{a}`, `{b}` are who is there."""

from __future__ import annotations

ENTRIES: tuple[str, ...] = (
    "{a} comes in with a wet coat. {b} is already there and does not turn round.",
    "{b} sits alone under one lamp. {a} stays in the doorway.",
    "{a} and {b} walk side by side without a word until {b} stops.",
    "{a} stands at the window. Behind, {b} closes the door with care.",
    "{b} counts something under the table. {a} watches the hands, not the face.",
    "{a} waits where anybody could see. {b} comes from the other side.",
    "{b} puts two cups down, far apart. {a} takes neither of them.",
    "{a} reads a page, then the same page again. {b} lets the time pass.",
    "{b} leans at the wall as if the place were theirs. {a} keeps walking.",
    "{a} switches the light on. {b} has been sitting in the dark all along.",
    "{b} holds the door for {a}, a moment too long to be polite.",
    "{a} finds {b} by the cigarette smoke. Neither of them is surprised.",
)
"""Source: house writing. Two people, one picture."""

EXCHANGES: tuple[tuple[str, str, str], ...] = (
    (
        "I thought you had left.",
        "I had. Then somebody asked me about {topic}.",
        "Who asked? Say the name.",
    ),
    (
        "You have read it. I can see that you have.",
        "Twice. It doesn't get better.",
        "Then tell me the part you left out.",
    ),
    (
        "Why here, of all places?",
        "Because nobody listens here.",
        "I do.",
    ),
    (
        "There is still time to stop this.",
        "There was. Last week there was.",
        "Then at least don't do it alone.",
    ),
    (
        "Did you tell the others?",
        "I told them half.",
        "Which half are you keeping?",
    ),
    (
        "You said you were never near it.",
        "I said I was not there that night.",
        "And the night before?",
    ),
    (
        "What do you want from me?",
        "Ten minutes and the truth.",
        "You can have the ten minutes.",
    ),
    (
        "Nobody will believe you.",
        "They don't have to. They only have to look.",
        "Look at what?",
    ),
    (
        "My father used to talk about {topic}.",
        "What did he say?",
        "That it was none of our business. He was wrong.",
    ),
    (
        "You are shaking.",
        "It's cold.",
        "It isn't.",
    ),
    (
        "If I go in there, I can't come back out.",
        "Then don't go in as yourself.",
        "I have tried that. It's how all this began.",
    ),
    (
        "Somebody has been here before us.",
        "How do you know?",
        "The dust. There is none.",
    ),
    (
        "I kept your secret for eleven years.",
        "I never asked you to.",
        "No. You only looked at me.",
    ),
    (
        "Say it once more, slowly.",
        "{topic}. All of it, from the beginning.",
        "Now I believe you. I wish I didn't.",
    ),
    (
        "They will come at six.",
        "It is ten to.",
        "Then sit down. We have time for one question.",
    ),
    (
        "You could have called me.",
        "You would have come.",
        "Of course I would.",
    ),
    (
        "Whose side are you on?",
        "The side that is still here tomorrow.",
        "There may be no such side.",
    ),
    (
        "That is not what I remember.",
        "Memory is kind to you.",
        "And to you it never was.",
    ),
)
"""Speeches A, B, A. Source: house writing; short enough for one shot each."""

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("When did you first hear of {topic}?", "As a child. Everybody here did.", "And today?"),
    ("What does a day look like?", "Early. Cold hands. Then coffee.", "And after the coffee?"),
    ("What has changed?", "The people. The work has not.", "Which people are missing?"),
    (
        "Who taught you?",
        "Nobody. I stood in the way until I understood.",
        "How long did you stand?",
    ),
    ("What do you want people to know about {topic}?", "That it is real.", "Do they doubt it?"),
    ("Were you here when it happened?", "I was at that window.", "Show me what you saw."),
    ("Is it true what they say?", "Some of it.", "Tell me the part that is true."),
    ("Will it still be here in ten years?", "Ask me in nine.", "I will come back."),
    ("How do you decide?", "I count what is left.", "And when nothing is left?"),
    ("What did the office tell you?", "To wait for a letter.", "Has the letter come?"),
)
"""The same for styles that ask people. Source: house writing."""

LOOKS: tuple[str, ...] = (
    "{a} stays in the same spot with both eyes on the closed door.",
    "{b} turns the thing over in both hands and puts it back.",
    "{a} breathes out slowly and looks down at the floor.",
    "{b} takes one step nearer, then thinks better of it.",
    "{a} looks back over one shoulder at the empty place behind.",
    "{b} writes one word on a scrap of paper and folds it.",
    "{a} watches the light move along the wall and says nothing.",
    "{b} rubs both eyes like somebody who has not slept for days.",
    "{a} raises a hand to knock and lets it sink again.",
    "{b} smiles for the first time, and it does not last.",
    "{a} listens to steps that come nearer and then go past.",
    "{b} buttons the coat up to the collar and looks away.",
    "{a} lays two fingers on the table and waits for an answer.",
    "{b} looks straight ahead as if nobody else were there.",
    "{a} picks up the cup, finds it cold, and holds it anyway.",
    "{b} stands in the last of the light, face half in shadow.",
)
"""One person, one picture, over seven words, so that it stays a shot of its own. Source: house writing."""

PROP_SHOWN: tuple[str, ...] = (
    "On the table, the {prop}.",
    "Half hidden in the shadow, the {prop}.",
    "In the open hand, the {prop}.",
    "Left behind on a chair, the {prop}.",
)

STANDS: tuple[str, ...] = (
    "waits",
    "stands very still",
    "turns round",
    "looks up",
    "comes nearer",
    "says nothing yet",
)
"""What people do when they are first described. Source: house writing."""
