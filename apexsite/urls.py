"""All addresses: pages, media, admin, health."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from projects.web import account, look, lookcolours, lookplace, people, terms, tokens
from renders.web import (
    again,
    animatic,
    blocking,
    board,
    body,
    bulk,
    camera,
    cut,
    cutedit,
    cutsound,
    engines,
    feed,
    grade,
    help,
    home,
    line,
    looksketch,
    media,
    models,
    notices,
    palette,
    prompt,
    review,
    scores,
    script,
    stems,
    talk,
    upload,
    writing,
)
from renders.web import captions as captions_web
from renders.web import cast as cast_web
from renders.web import drift as drift_web
from renders.web import shot as shot_web
from renders.web import timeline as timeline_web


def health(request: HttpRequest) -> JsonResponse:
    """Say that the web process answers."""
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("health", health, name="health"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("apexsite.api")),
    path("login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account", account.account_page, name="account"),
    path("account/tokens", tokens.token_new, name="token-new"),
    path("account/tokens/<uuid:token_id>/end", tokens.token_end, name="token-end"),
    path("help/api", help.api_page, name="help-api"),
    path("help/terms", terms.terms_page, name="help-terms"),
    path("help/verdicts", help.verdicts_page, name="help-verdicts"),
    path("", home.home_page, name="home"),
    path("projects/new", home.project_new, name="project-new"),
    path("projects/from-topic", writing.project_from_topic, name="project-from-topic"),
    path("episodes/<uuid:episode_id>/write", writing.write_page, name="write"),
    path("drafts/<uuid:draft_id>", writing.draft, name="draft"),
    path("projects/<uuid:project_id>/", board.board_page, name="board"),
    path("projects/<uuid:project_id>/cast/", cast_web.cast_page, name="cast"),
    path("characters/<uuid:character_id>/", cast_web.character_page, name="character"),
    path("characters/<uuid:character_id>/restore", cast_web.restore, name="character-restore"),
    path("characters/<uuid:character_id>/voice.wav", cast_web.voice, name="character-voice"),
    path("characters/<uuid:character_id>/body", body.body, name="character-body"),
    path("characters/<uuid:character_id>/portrait", cast_web.face, name="character-portrait"),
    path("projects/<uuid:project_id>/look", look.look_page, name="look"),
    path("projects/<uuid:project_id>/look/colours", lookcolours.look_colours, name="look-colours"),
    path("projects/<uuid:project_id>/look/restore", look.look_restore, name="look-restore"),
    path("projects/<uuid:project_id>/look/sketch", looksketch.look_sketch, name="look-sketch"),
    path("scenes/<uuid:scene_id>/look", lookplace.scene_look, name="scene-look"),
    path(
        "scenes/<uuid:scene_id>/look/sketch", looksketch.scene_look_sketch, name="scene-look-sketch"
    ),
    path("shots/<uuid:shot_id>/look", lookplace.shot_look, name="shot-look"),
    path("shots/<uuid:shot_id>/look/sketch", looksketch.shot_look_sketch, name="shot-look-sketch"),
    path("projects/<uuid:project_id>/look.json", look.look_export, name="look-export"),
    path("projects/<uuid:project_id>/engines", engines.engines_page, name="engines"),
    path("projects/<uuid:project_id>/scores", scores.scores_page, name="scores"),
    path("projects/<uuid:project_id>/people", people.people_page, name="people"),
    path("projects/<uuid:project_id>/people/invite", people.invite, name="invite"),
    path(
        "projects/<uuid:project_id>/people/invitations/<uuid:invitation_id>/withdraw",
        people.withdraw,
        name="invitation-withdraw",
    ),
    path(
        "projects/<uuid:project_id>/people/<int:user_id>/role",
        people.change_role,
        name="member-role",
    ),
    path(
        "projects/<uuid:project_id>/people/<int:user_id>/remove",
        people.remove,
        name="member-remove",
    ),
    path("projects/<uuid:project_id>/models", models.models_page, name="models"),
    path("projects/<uuid:project_id>/commercial", models.commercial, name="project-commercial"),
    path("projects/<uuid:project_id>/activity/", feed.activity_page, name="activity"),
    path("projects/<uuid:project_id>/activity/new", feed.activity_new, name="activity-new"),
    path("notifications/", notices.notifications_page, name="notifications"),
    path("notifications/count", notices.bell_count, name="bell"),
    path("notifications/read", notices.read_all, name="notifications-read"),
    path("notifications/<uuid:notification_id>", notices.open_one, name="notification-open"),
    path("notifications/<uuid:notification_id>/read", notices.read_one, name="notification-read"),
    path("join/<str:secret>", people.join, name="join"),
    path("projects/<uuid:project_id>/jobs", home.jobs_drawer, name="jobs"),
    path("projects/<uuid:project_id>/jobs/<uuid:job_id>/cancel", home.job_stop, name="job-cancel"),
    path("projects/<uuid:project_id>/jobs/<uuid:job_id>/retry", home.job_again, name="job-retry"),
    path("episodes/<uuid:episode_id>/script", script.script_page, name="script"),
    path("episodes/<uuid:episode_id>/cue", script.cue, name="cue-cast"),
    path("scenes/<uuid:scene_id>/sketches", bulk.scene_act, name="scene-sketch"),
    path("scenes/<uuid:scene_id>/rename", script.rename, name="scene-rename"),
    path("episodes/<uuid:episode_id>/cut", cut.cut_page, name="cut"),
    path("episodes/<uuid:episode_id>/cut/build", cut.build, name="cut-build"),
    path("episodes/<uuid:episode_id>/grade", grade.grade_page, name="grade"),
    path("episodes/<uuid:episode_id>/grade/save", grade.save, name="grade-save"),
    path("episodes/<uuid:episode_id>/grade/reset", grade.reset, name="grade-reset"),
    path("episodes/<uuid:episode_id>/grade/table", grade.table, name="grade-table"),
    path("episodes/<uuid:episode_id>/grade/picture.jpg", grade.picture, name="grade-picture"),
    path("episodes/<uuid:episode_id>/grade/scope.png", grade.scope, name="grade-scope"),
    path("episodes/<uuid:episode_id>/grade.cube", grade.cube, name="grade-cube"),
    path("episodes/<uuid:episode_id>/drift", drift_web.drift_page, name="drift"),
    path("episodes/<uuid:episode_id>/drift.svg", drift_web.drift_svg, name="drift-svg"),
    path("episodes/<uuid:episode_id>/drift/measure", drift_web.measure, name="drift-measure"),
    path(
        "episodes/<uuid:episode_id>/drift/tighten", drift_web.tighten_all, name="drift-tighten-all"
    ),
    path("variants/<uuid:variant_id>/tighten", drift_web.tighten, name="drift-tighten"),
    path("episodes/<uuid:episode_id>/cut/beat", cutsound.cut_on_beat, name="cut-on-beat"),
    path("episodes/<uuid:episode_id>/cut/render", cut.render_film, name="cut-render"),
    *[
        path(
            f"cuts/<uuid:cut_id>/captions.{kind}",
            captions_web.captions,
            {"kind": kind},
            name=f"captions-{kind}",
        )
        for kind in captions_web.KINDS
    ],
    *[
        path(
            f"cuts/<uuid:cut_id>/timeline.{kind}",
            timeline_web.timeline_file,
            {"kind": kind},
            name=f"timeline-{kind}",
        )
        for kind in timeline_web.KINDS
    ],
    path("cuts/<uuid:cut_id>/edit", cutedit.edit, name="cut-edit"),
    path("cuts/<uuid:cut_id>/preview", cutedit.preview, name="cut-preview"),
    path("cuts/<uuid:cut_id>/waveform.png", media.cut_waveform, name="cut-waveform"),
    path("cuts/<uuid:cut_id>/camera", camera.camera, name="camera"),
    path("cuts/<uuid:cut_id>/camera/preview", camera.preview, name="camera-preview"),
    path("cuts/<uuid:cut_id>/bring", timeline_web.bring, name="timeline-bring"),
    path("episodes/<uuid:episode_id>/animatic", animatic.animatic, name="animatic"),
    path("shots/<uuid:shot_id>/upload", upload.upload, name="upload"),
    path("episodes/<uuid:episode_id>/variants", board.variants_ask_missing, name="ask-missing"),
    path("episodes/<uuid:episode_id>/approve-best", board.approve_best, name="approve-best"),
    path("deliveries/<uuid:delivery_id>/report", cut.report, name="report"),
    path("shots/<uuid:shot_id>/", shot_web.shot_page, name="shot"),
    path("shots/<uuid:shot_id>/blocking", blocking.save, name="shot-block"),
    path("shots/<uuid:shot_id>/blocking/sketch", blocking.sketch, name="blocking-sketch"),
    path("shots/<uuid:shot_id>/prompt", prompt.save, name="shot-prompt"),
    path("shots/<uuid:shot_id>/prompt/tried", prompt.tried, name="prompt-tried"),
    path("shots/<uuid:shot_id>/sketch", shot_web.sketch, name="shot-sketch"),
    path("shots/<uuid:shot_id>/line.wav", line.line_sound, name="line-sound"),
    path("shots/<uuid:shot_id>/line/record", line.record, name="line-record"),
    path("shots/<uuid:shot_id>/line/unrecord", line.unrecord, name="line-unrecord"),
    path("shots/<uuid:shot_id>/ask", shot_web.ask, name="shot-ask"),
    path("shots/<uuid:shot_id>/read-picture", again.read, name="shot-read-picture"),
    path("shots/<uuid:shot_id>/ask-again", again.ask_again, name="shot-ask-again"),
    path("variants/<uuid:variant_id>/prove", again.prove, name="variant-prove"),
    path("shots/<uuid:shot_id>/retake", shot_web.retake, name="shot-retake"),
    path("shots/<uuid:shot_id>/corrections", script.corrections, name="shot-corrections"),
    *[
        path(f"shots/<uuid:shot_id>/{act}", script.correct, {"act": act}, name=f"shot-{act}")
        for act in script.CORRECTIONS
    ],
    path("episodes/<uuid:episode_id>/shots", bulk.shots_act, name="shots-act"),
    path("shots/<uuid:shot_id>/card", board.shot_card, name="shot-card"),
    path("shots/<uuid:shot_id>/variants", board.variants_ask, name="ask-variants"),
    path("shots/<uuid:shot_id>/review", review.review_page, name="review"),
    path("shots/<uuid:shot_id>/review/ask", talk.ask, name="review-ask"),
    path("shots/<uuid:shot_id>/review/retake", talk.retake, name="review-retake"),
    path("shots/<uuid:shot_id>/comments", talk.comments, name="comments"),
    path("comments/<uuid:comment_id>/edit", talk.edit, name="comment-edit"),
    path("comments/<uuid:comment_id>/resolve", talk.resolve, name="comment-resolve"),
    path("comments/<uuid:comment_id>/reopen", talk.reopen, name="comment-reopen"),
    path(
        "variants/<uuid:variant_id>/palette", palette.variant_palette_page, name="variant-palette"
    ),
    path("variants/<uuid:variant_id>/recommend", talk.recommend, name="variant-recommend"),
    path("variants/<uuid:variant_id>/approve", review.approve, name="variant-approve"),
    path("variants/<uuid:variant_id>/reject", review.reject, name="variant-reject"),
    path("variants/<uuid:variant_id>/undo", review.undo, name="variant-undo"),
    path("media/variants/<uuid:variant_id>/picture", media.variant_picture, name="variant-picture"),
    path(
        "media/variants/<uuid:variant_id>/thumbnail",
        media.variant_thumbnail,
        name="variant-thumbnail",
    ),
    path(
        "media/variants/<uuid:variant_id>/files/<slug:kind>",
        media.variant_file,
        name="variant-file",
    ),
    path(
        "media/deliveries/<uuid:delivery_id>/stems/<slug:kind>",
        stems.delivery_stem,
        name="delivery-stem",
    ),
    path("media/deliveries/<uuid:delivery_id>/film", media.delivery_film, name="delivery-film"),
    path(
        "media/deliveries/<uuid:delivery_id>/contact-sheet",
        media.delivery_contact_sheet,
        name="delivery-contact-sheet",
    ),
    path(
        "media/deliveries/<uuid:delivery_id>/poster", media.delivery_poster, name="delivery-poster"
    ),
]
