"""Settings: everything that differs between installations comes from the environment."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from backend.config.environment import DEMO_SECRET_KEY, FileEnv, refuse_demo_secrets

env = FileEnv()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

RONDJE_DEMO = env.bool("RONDJE_DEMO", default=False)
RONDJE_IN_CONTAINER = env.bool("RONDJE_IN_CONTAINER", default=False)
RONDJE_CARRIER = env.str("RONDJE_CARRIER", default="simulator")
RONDJE_CARRIER_URL = env.str("RONDJE_CARRIER_URL", default="")
RONDJE_REALLY_SEND = env.str("RONDJE_REALLY_SEND", default="no") == "yes"
RONDJE_ALLOWED_LINES = env.list("RONDJE_ALLOWED_LINES", default=[])
RONDJE_FALLBACK_URL = env.str("RONDJE_FALLBACK_URL", default="")
RONDJE_PUBLIC_URL = env.str("RONDJE_PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
RONDJE_TRUSTED_PROXIES = env.int("RONDJE_TRUSTED_PROXIES", default=0)
RONDJE_PING_URL = env.str("RONDJE_PING_URL", default="")
RONDJE_NUDGE = env.str("RONDJE_NUDGE", default="backend.events.nudge.silent")

# The bus: a wrong value costs nobody their morning; the doctor names it, and straight lines are driven.
BUS_ROUTER = env.str("BUS_ROUTER", default="straight")
BUS_ROUTER_URL = env.str("BUS_ROUTER_URL", default="").rstrip("/")
BUS_TILES_URL = env.str("BUS_TILES_URL", default="")
BUS_TILES_ATTRIBUTION = env.str("BUS_TILES_ATTRIBUTION", default="")

TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID", default="AC" + "0" * 32)
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN", default="simulator-not-configured")
TWILIO_AUTH_TOKEN_PREVIOUS = env.str("TWILIO_AUTH_TOKEN_PREVIOUS", default="")
TWILIO_ACCOUNT_SID_2 = env.str("TWILIO_ACCOUNT_SID_2", default="")
TWILIO_AUTH_TOKEN_2 = env.str("TWILIO_AUTH_TOKEN_2", default="")
TWILIO_AUTH_TOKEN_PREVIOUS_2 = env.str("TWILIO_AUTH_TOKEN_PREVIOUS_2", default="")
TWILIO_SENDER_2 = env.str("TWILIO_SENDER_2", default="")
RONDJE_CARRIER_URL_2 = env.str("RONDJE_CARRIER_URL_2", default=RONDJE_CARRIER_URL)

SECRET_KEY = env.str("RONDJE_SECRET_KEY", default=DEMO_SECRET_KEY)
DEBUG = False
ALLOWED_HOSTS = env.list("RONDJE_ALLOWED_HOSTS", default=[]) or ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [RONDJE_PUBLIC_URL]

if RONDJE_CARRIER not in ("simulator", "twilio"):
    raise ImproperlyConfigured("RONDJE_CARRIER must be 'simulator' or 'twilio'.")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_celery_beat",
    "rest_framework",
    "rest_framework_api_key",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backend.events",
    "backend.people",
    "backend.notifications",
    "backend.incidents",
    "backend.circles",
    "backend.transport",
    "backend.meals",
    "backend.keeping",
    "backend.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "backend.config.urls"
WSGI_APPLICATION = "backend.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://rondje@127.0.0.1:5432/rondje")}
# Apart from the address, so that a password needs no escaping and may lie in a file of its own.
DATABASES["default"]["PASSWORD"] = env.str("RONDJE_DATABASE_PASSWORD", default="") or DATABASES["default"]["PASSWORD"]
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

_IN_THIS_PROCESS = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {
    "default": _IN_THIS_PROCESS,
    # Drives between places, as a router said.
    "travel": _IN_THIS_PROCESS | {"LOCATION": "travel", "TIMEOUT": 24 * 60 * 60, "OPTIONS": {"MAX_ENTRIES": 50_000}},
}

# smtp://user:password@host:587, smtp+tls://… or smtp+ssl://…; in a demo filemail:///, and a directory. Where nothing is
# set, a mail server on this machine is tried: a letter then waits and is seen to, rather than vanish.
vars().update(env.email_url("RONDJE_EMAIL_URL", default="smtp://127.0.0.1:25"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("RONDJE_EMAIL_FROM", default="rondje@localhost")

if RONDJE_IN_CONTAINER:
    refuse_demo_secrets(
        secret_key=SECRET_KEY, database_password=str(DATABASES["default"]["PASSWORD"]), is_demo=RONDJE_DEMO
    )

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["backend.people.api.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["backend.people.api.access.MayAsk"],
    "DEFAULT_THROTTLE_CLASSES": ["backend.people.api.access.PerToken"],
    "DEFAULT_THROTTLE_RATES": {"token": env.str("RONDJE_API_RATE", default="600/minute")},
    "DEFAULT_PAGINATION_CLASS": "backend.people.api.access.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "backend.config.api.answer_refusals",
    "UNAUTHENTICATED_USER": None,
    "NON_FIELD_ERRORS_KEY": "detail",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Rondje",
    "DESCRIPTION": "Telephone circles for other systems: people, absences, duties, mornings and incidents.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "CircleStatus": "backend.circles.models.Circle.Status",
        "MemberStatus": "backend.circles.models.Membership.Status",
        "RoundState": "backend.circles.models.Round.State",
        "IncidentState": "backend.incidents.models.Incident.State",
    },
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = env.str("RONDJE_STATIC_ROOT", default="") or None
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = RONDJE_PUBLIC_URL.startswith("https:")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"privacy": {"()": "backend.common.privacy.NumbersAreHidden"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["privacy"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "twilio": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "fpdf": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # Ticks come several times a second.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.worker.request": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "django_celery_beat.schedulers": {"level": "WARNING"},
    },
}
