"""Wiring of Django: which parts, which database, which rules for the browser; no decisions of ours."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from gensvar.kernel import database, environment, secrets

DATA = environment.data_folder()
SECRET_KEY = secrets.desk_key(DATA, environment.SECRET_KEY.read())
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in environment.ALLOWED_HOSTS.read().split(",") if host.strip()]
BASE_URL = environment.BASE_URL.read() or f"http://127.0.0.1:{environment.PORT.read()}"
if BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "gensvar.desk",
    "gensvar.process",
    "gensvar.process.alert",
    "gensvar.process.rejoin",
    "gensvar.process.solve",
    "gensvar.process.respond",
    "gensvar.process.document",
    "gensvar.process.reader",
    "gensvar.process.assess",
    "gensvar.process.listen",
    "gensvar.process.case",
    "gensvar.people",
    "gensvar.engine",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "gensvar.urls"
ASGI_APPLICATION = "gensvar.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database.configuration(environment.DATABASE_URL.read(), DATA)}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "captures", "polls", "alerts", "readers"],
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "gensvar.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
MFA_ADAPTER = "gensvar.people.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses prove nothing here
MFA_TOTP_ISSUER = "Gensvar"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://127.0.0.1")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sv", "Svenska"), ("fi", "Suomi"), ("nl", "Nederlands"), ("de", "Deutsch")]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA / "files"

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

DEFAULT_FROM_EMAIL = environment.MAIL_FROM.read()
_mail = urlsplit(environment.MAIL_URL.read())
_smtp: dict[str, Any] = {
    "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "OPTIONS": {
        "host": _mail.hostname,
        "port": _mail.port or 25,
        "username": unquote(_mail.username or ""),
        "password": unquote(_mail.password or ""),
        "use_tls": _mail.port == 587,
        "use_ssl": _mail.scheme == "smtps",
        "timeout": 10,
    },
}
_files: dict[str, Any] = {
    "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "OPTIONS": {"file_path": DATA / "mail"},
}
MAILERS = {"default": _smtp if _mail.hostname else _files}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "filters": {"told": {"()": "gensvar.desk.guard.Told"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["told"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gensvar": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.tasks": {"level": "WARNING"},
        "apprise": {"level": "CRITICAL"},  # its lines could name addresses; ours say why in the row
    },
}

UNDO_SECONDS = float(environment.UNDO_SECONDS.read())
