"""A shot's own word on the look, and keys of older looks that later fields now give a meaning."""

from django.db import migrations, models

from projects.engine.biblefaults import bible_faults
from projects.engine.bibleschema import SINCE_FIRST


def _set_aside(document):
    """Return the document with keys that meant something else before the schema took them, under another name."""
    if not isinstance(document, dict):
        return document
    odd = {
        key: document[key]
        for key in (*SINCE_FIRST, "scene_styles", "weights")
        if key in document and bible_faults({key: document[key]}, override=True)
    }
    if not odd:
        return document
    kept = {key: value for key, value in document.items() if key not in odd}
    return {**kept, **{f"{key}_as_written": value for key, value in odd.items()}}


def set_aside(apps, schema_editor):
    """Keep looks and overrides readable; what an export gives back (`given`) stays as it is."""
    for model, name in (("StyleBibleVersion", "document"), ("Scene", "bible_override")):
        rows = apps.get_model("projects", model).objects.exclude(**{name: {}})
        for row in rows.only("pk", name).iterator():
            before = getattr(row, name)
            after = _set_aside(before)
            if after is not before:
                setattr(row, name, after)
                row.save(update_fields=[name])


class Migration(migrations.Migration):
    dependencies = [("projects", "0009_look_terms")]
    operations = [
        migrations.AddField(
            model_name="shot",
            name="bible_override",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(set_aside, migrations.RunPython.noop),
    ]
