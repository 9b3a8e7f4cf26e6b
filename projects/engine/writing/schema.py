"""The shape of a written script as a JSON schema, and its bounds."""

from __future__ import annotations

from typing import Any

LONGEST_TITLE = 120
LONGEST_LOGLINE = 400
LONGEST_HEADING = 120
LONGEST_ACTION = 700
LONGEST_SPEECH = 600
LONGEST_NAME = 40
MOST_SCENES = 40
MOST_ELEMENTS = 60
MOST_FAULTS_TOLD = 12
LONGEST_ANSWER = 400_000
"""Most characters of an answer. House choice: 120 shots at 700 characters are 84,000; JSON's marks double that at most."""

ANSWER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "logline", "scenes"],
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": LONGEST_TITLE},
        "logline": {"type": "string", "minLength": 1, "maxLength": LONGEST_LOGLINE},
        "scenes": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_SCENES,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["heading", "elements"],
                "properties": {
                    "heading": {
                        "type": "string",
                        "description": "INT. or EXT., the place, a dash, the time of day",
                        "minLength": 1,
                        "maxLength": LONGEST_HEADING,
                    },
                    "elements": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_ELEMENTS,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["type", "text", "character", "manner"],
                            "properties": {
                                "type": {"type": "string", "enum": ["action", "dialogue"]},
                                "text": {"type": "string", "minLength": 1},
                                "character": {
                                    "type": "string",
                                    "description": "who speaks; empty for action",
                                },
                                "manner": {
                                    "type": "string",
                                    "description": "V.O. or O.S. for a voice that is not seen, a short "
                                    "parenthetical such as 'quietly', or empty",
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""Every property is required, as strict structured output wants it: what does not apply is an empty string."""
