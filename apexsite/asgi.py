"""The front door for HTTP and websockets. Django is set up before anything that touches rows is imported."""

from __future__ import annotations

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apexsite.settings.dev")

from apexsite.onehop import one_hop_application

django_application = one_hop_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from apexsite.lifespan import lifespan  # noqa: E402
from renders.routing import websocket_urlpatterns  # noqa: E402

# Static files are small and read whole by their middleware; media have async bodies of their own.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "lifespan": lifespan,
        # A browser says where a page came from; a page of another site may not open a socket with our cookie.
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
        ),
    }
)
