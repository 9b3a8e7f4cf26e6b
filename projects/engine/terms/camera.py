"""The camera: lenses, apertures, film speeds and shutter times, each with what it does to a picture."""

from __future__ import annotations

from projects.engine.terms.term import Term, table

# In the brief: S1, Camera Settings.
S1 = "values: the product brief; what they do: photographic common knowledge"
STOPS = "full stops of the standard series (ISO 2720); what they do: photographic common knowledge"

LENSES = table(
    Term("24mm", "24 mm", "24mm wide-angle lens", S1, asks={"mm": 24}),
    Term("35mm", "35 mm", "35mm lens", S1, asks={"mm": 35}),
    Term("50mm", "50 mm", "50mm lens", S1, asks={"mm": 50}),
    Term("85mm", "85 mm", "85mm portrait lens", S1, asks={"mm": 85}),
    Term("135mm", "135 mm", "135mm telephoto lens", S1, asks={"mm": 135}),
)

APERTURES = table(
    Term("f/1.4", "f/1.4", "f/1.4, soft bokeh background", STOPS,
         asks={"f_number": 1.4, "depth_of_field": "shallow"}),
    Term("f/2", "f/2", "f/2, soft background", STOPS,
         asks={"f_number": 2.0, "depth_of_field": "shallow"}),
    Term("f/2.8", "f/2.8", "f/2.8, shallow depth of field", S1,
         asks={"f_number": 2.8, "depth_of_field": "shallow"}),
    Term("f/4", "f/4", "f/4", STOPS, asks={"f_number": 4.0}),
    Term("f/5.6", "f/5.6", "f/5.6", S1, asks={"f_number": 5.6}),
    Term("f/8", "f/8", "f/8, deep focus", STOPS, asks={"f_number": 8.0, "depth_of_field": "deep"}),
    Term("f/11", "f/11", "f/11, deep focus", STOPS, asks={"f_number": 11.0, "depth_of_field": "deep"}),
    Term("f/16", "f/16", "f/16, everything in focus", STOPS, asks={"f_number": 16.0, "depth_of_field": "deep"}),
)  # fmt: skip

ISOS = table(
    Term("100", "ISO 100", "ISO 100, clean image", STOPS, asks={"iso": 100, "grain": 0.0}),
    Term("200", "ISO 200", "ISO 200, fine grain", STOPS, asks={"iso": 200, "grain": 0.05}),
    Term("400", "ISO 400", "ISO 400, fine grain", STOPS, asks={"iso": 400, "grain": 0.1}),
    Term("800", "ISO 800", "ISO 800, visible grain", S1, asks={"iso": 800, "grain": 0.2}),
    Term("1600", "ISO 1600", "ISO 1600, pronounced grain", STOPS, asks={"iso": 1600, "grain": 0.35}),
    Term("3200", "ISO 3200", "ISO 3200, coarse grain", STOPS, asks={"iso": 3200, "grain": 0.5}),
)  # fmt: skip

SHUTTERS = table(
    Term("1/24", "1/24 s", "heavy motion blur", STOPS, asks={"shutter_s": 0.041667}),
    Term("1/48", "1/48 s", "cinematic motion blur",
         "180° shutter at 24 frames a second", asks={"shutter_s": 0.020833}),
    Term("1/60", "1/60 s", "slight motion blur", STOPS, asks={"shutter_s": 0.016667}),
    Term("1/125", "1/125 s", "little motion blur", S1, asks={"shutter_s": 0.008}),
    Term("1/250", "1/250 s", "movement nearly frozen", STOPS, asks={"shutter_s": 0.004}),
    Term("1/500", "1/500 s", "movement frozen", STOPS, asks={"shutter_s": 0.002}),
    Term("1/1000", "1/1000 s", "movement frozen sharp", STOPS, asks={"shutter_s": 0.001}),
)  # fmt: skip
