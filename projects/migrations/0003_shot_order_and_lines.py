"""A shot's lines in the script, and one shot a place in its scene."""

from django.db import migrations, models


def number_shots(apps, schema_editor):
    """Give the shots of every scene the places 0, 1, 2, …; those left out stood on the places of others until now."""
    shots = apps.get_model("projects", "Shot")
    place, scene = 0, None
    changed = []
    rows = shots.objects.order_by("scene_id", "order", "code").only("pk", "scene_id", "order")
    for shot in rows.iterator(chunk_size=2000):
        place = place + 1 if shot.scene_id == scene else 0
        scene = shot.scene_id
        if shot.order != place:
            shot.order = place
            changed.append(shot)
    shots.objects.bulk_update(changed, ["order"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_invitation")]

    operations = [
        migrations.AddField("shot", "first_line", models.PositiveIntegerField(default=0)),
        migrations.AddField("shot", "last_line", models.PositiveIntegerField(default=0)),
        migrations.RunPython(number_shots, migrations.RunPython.noop),
        migrations.AddConstraint(
            "shot",
            models.UniqueConstraint(fields=("scene", "order"), name="shot_order_once_per_scene"),
        ),
    ]
