"""The REST API: its framework's settings, its limits, its description."""

from __future__ import annotations

from apexsite.settings.env import env_text

APEX_API_RATE = env_text("APEX_API_RATE", "1200/min")
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apexsite.base.api.problems.answer_in_words",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Apex",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Production management for films whose pictures are generated.",
    "OAS_VERSION": "3.0.3",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "CurveEnum": "renders.engine.motion.easing.CURVES",
        "RejectReasonEnum": "renders.engine.lessons.reasons.CHOICES",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apexsite.base.api.schema.add_problems",
    ],
}
