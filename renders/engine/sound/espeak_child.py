"""A small program of its own: reads one JSON document of lines on stdin, speaks each into a WAV file with eSpeak NG.

It is run as `python -m renders.engine.sound.espeak_child`, never imported: the library is GPL-3.0-or-later and stays
in this process. For each line it prints one JSON line: its index, sample rate and the times of its words; for each phrase,
which is not spoken, its index and phonemes in IPA with `^` as the tie inside one.
"""

from __future__ import annotations

import ctypes
import json
import sys
import wave
from pathlib import Path
from typing import Any

OUTPUT_RETRIEVAL, DONT_EXIT = 1, 0x8000
RATE, PITCH, RANGE = 1, 3, 4
CHARS_UTF8, POSITION_CHARACTER = 1, 1
WORD_EVENT, LIST_END = 1, 0
IPA_TIED = 0x02 | 0x80 | ord("^") << 8
"""Source: espeak-ng/speak_lib.h of eSpeak NG 1.52."""


class Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h. `audio_position` is in ms, `text_position` counts characters from 1."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)


class Speaker:
    """The library, opened once; each `speak` gives 16-bit mono sound and word events."""

    def __init__(self) -> None:
        import espeakng_loader

        self.library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
        self.data = Path(str(espeakng_loader.get_data_path()))
        self.sound = bytearray()
        self.words: list[dict[str, float]] = []
        self._callback = CALLBACK(self._take)
        self.open()

    def open(self) -> None:
        """Begin with a fresh state of the library."""
        data = str(self.data).encode()
        self.sample_rate = int(
            self.library.espeak_Initialize(OUTPUT_RETRIEVAL, 200, data, DONT_EXIT)
        )
        if self.sample_rate <= 0:
            raise RuntimeError(f"espeak_Initialize answered {self.sample_rate}")
        self.library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self.sound += ctypes.string_at(samples, count * 2)
        at = 0
        while events[at].type != LIST_END:
            event = events[at]
            if event.type == WORD_EVENT:
                self.words.append(
                    {
                        "at": event.text_position - 1,
                        "length": event.length,
                        "seconds": event.audio_position / 1000.0,
                    }
                )
            at += 1
        return 0

    def speak(self, text: str, *, voice: str, pitch: int, words_per_minute: int) -> None:
        """Fill `sound` and `words` with one line."""
        # The library carries state from line to line; opened anew, the same line is the same sound.
        self.library.espeak_Terminate()
        self.open()
        self.sound, self.words = bytearray(), []
        variant = voice.partition("+")[2]
        if variant and not (self.data / "voices" / "!v" / variant).is_file():
            raise RuntimeError(f"voice variant {variant!r} is not known to eSpeak NG")
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"voice={voice!r} is not known to eSpeak NG")
        self.library.espeak_SetParameter(RATE, words_per_minute, 0)
        self.library.espeak_SetParameter(PITCH, pitch, 0)
        self.library.espeak_SetParameter(RANGE, 50, 0)
        raw = text.encode("utf-8")
        status = self.library.espeak_Synth(
            raw, ctypes.c_size_t(len(raw) + 1), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None
        )
        if status != 0:
            raise RuntimeError(f"espeak_Synth answered {status}")
        self.library.espeak_Synchronize()

    def phonemes(self, text: str, *, voice: str) -> str:
        """Return a phrase's phonemes, words apart by a space."""
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RuntimeError(f"voice={voice!r} is not known to eSpeak NG")
        translate = self.library.espeak_TextToPhonemes
        translate.restype = ctypes.c_char_p
        rest = ctypes.c_char_p(text.encode("utf-8"))
        parts = []
        # It translates a clause a call and moves the pointer on, to nothing at the end.
        while rest.value is not None:
            parts.append((translate(ctypes.byref(rest), CHARS_UTF8, IPA_TIED) or b"").decode())
        return " ".join(part for part in parts if part)


def main() -> int:
    """Speak every line of the document on stdin."""
    document = json.load(sys.stdin)
    speaker = Speaker()
    for index, phrase in enumerate(document.get("phrases", [])):
        found = speaker.phonemes(phrase["text"], voice=phrase["voice"])
        sys.stdout.write(json.dumps({"index": index, "phonemes": found}) + "\n")
    for index, line in enumerate(document.get("lines", [])):
        speaker.speak(
            line["text"],
            voice=line["voice"],
            pitch=line["pitch"],
            words_per_minute=line["words_per_minute"],
        )
        with wave.open(line["path"], "wb") as stream:
            stream.setnchannels(1)
            stream.setsampwidth(2)
            stream.setframerate(speaker.sample_rate)
            stream.writeframes(bytes(speaker.sound))
        answer = {"index": index, "sample_rate": speaker.sample_rate, "words": speaker.words}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
