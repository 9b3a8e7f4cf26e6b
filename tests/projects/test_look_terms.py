"""A site's own terms: added in the administration, named by looks, refused where they cannot be used."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from apexsite.kit.errors import InputError
from projects.models import LookTerm
from projects.readings.terms import terms_now
from projects.services.bibles import bible_publish

ROW = {
    "table": "directors",
    "key": "varda",
    "title": "Agnès Varda",
    "words": "in the style of Agnès Varda",
    "settings": '{"composition_rule": "centred"}',
    "source": "Varda par Agnès (2019)",
    "is_active": "on",
}


def test_a_look_names_a_director_once_the_administration_has_one(project, ada):
    with pytest.raises(InputError, match=r"director='varda'.*wes_anderson"):
        bible_publish(user=ada, project=project, document={"director": "varda"})
    client = Client()
    client.force_login(User.objects.create_superuser("root", password="root-password"))
    said = client.post("/admin/projects/lookterm/add/", {**ROW, "settings": '{"warmth": 900}'})
    assert "from −30 to 30" in said.content.decode()
    assert client.post("/admin/projects/lookterm/add/", ROW).status_code == 302
    assert terms_now()["directors"]["varda"].asks == {"composition_rule": "centred"}
    assert bible_publish(user=ada, project=project, document={"director": "varda"}).version
    LookTerm.objects.update(is_active=False)
    assert "varda" not in terms_now()["directors"]


def test_settings_must_be_an_object(db):
    row = LookTerm(table="moods", key="x", title="X", source="test", settings=[1])
    with pytest.raises(ValidationError, match="object"):
        row.full_clean()


def test_all_names_are_shown_with_their_sources_and_own_ones_are_marked(db, dan):
    LookTerm.objects.create(
        table="directors", key="varda", title="Agnès Varda", words="a beach", source="Varda (2019)"
    )
    client = Client()
    client.force_login(dan)
    page = client.get("/help/terms").content.decode()
    for words in ("Guillermo del Toro", "composed by symmetry", "Agnès Varda", "Varda (2019)"):
        assert words in page.lower() or words in page
    assert page.count(">own</span>") == 1
    rows = {(row["table"], row["key"]): row for row in client.get("/api/v1/look-terms/").json()}
    assert rows["directors", "varda"]["is_built_in"] is False
    assert rows["genres", "noir"]["asks"]["contrast"] == 26
    assert rows["genres", "noir"]["is_built_in"] is True
