"""One settings file for every place Kith runs; what differs comes from the environment (see docs/how-to/run-it.md)."""

from __future__ import annotations

import os
from pathlib import Path

from kith.config.partnership import read_partnership
from kith.foundations.database import database_url, django_database


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "yes", "true", "on"}


SOURCE = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("KITH_HOME", SOURCE.parents[1] / "var")).resolve()
DELIVERIES = HOME / "deliveries"
CUTS = HOME / "cuts"  # a folder each, which never changes
AREA = HOME / "area"  # outlines behind the map, and lists of small areas: a file a kind
FEEDS = [Path(folder) for folder in os.environ.get("KITH_FEEDS", "").split(os.pathsep) if folder]
DEMO = _flag("KITH_DEMO")
if DEMO and SOURCE / "demo" / "feeds" not in FEEDS:
    FEEDS.append(SOURCE / "demo" / "feeds")
DEBUG = _flag("KITH_DEBUG")
PARTNERSHIP = read_partnership(os.environ.get("KITH_PARTNERSHIP", ""))

SECRET_KEY = os.environ.get("KITH_SECRET_KEY", "")
if not SECRET_KEY and (DEMO or DEBUG or os.environ.get("KITH_TESTING")):
    SECRET_KEY = "only for the demonstration, whose people do not exist"  # noqa: S105 (never used elsewhere)
ALLOWED_HOSTS = os.environ.get("KITH_HOSTS", "localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("KITH_ORIGINS", "").split()

INSTALLED_APPS = [
    "kith.foundations.design_system",  # before django.forms, so that our form templates are found first
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "procrastinate.contrib.django",
    "kith.foundations.access",
    "kith.foundations.audit",
    "kith.foundations.drafts",
    "kith.foundations.documents",
    "kith.foundations.letters",
    "kith.foundations.notices",
    "kith.foundations.private_links",
    "kith.subjects",
    "kith.chronology",
    "kith.pathways",
    "kith.contexts",
    "kith.linkage",
    "kith.intelligence",
    "kith.moments",
    "kith.missing",
    "kith.front_door",
    "kith.insight",
    "kith.case_audits",
    "kith.governance",
    "kith.exchange",
    "kith.doors",
    "kith.desk",
    "kith.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kith.foundations.access.staying.IdleMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # every page needs a sign-in unless it says otherwise
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kith.foundations.access.middleware.ViewerMiddleware",
    "kith.foundations.access.staying.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"
# As the owner, for commands and the worker; the site itself steps down (config/wsgi.py, docs/decisions/0002).
DATABASES = {"default": django_database(database_url(HOME / "postgres"))}
DATABASES["default"]["CONN_MAX_AGE"] = 600
if os.environ.get("KITH_TEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": os.environ["KITH_TEST_DB"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES: dict[str, str] = {}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "environment": "kith.foundations.design_system.environment.make_environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kith.config.page_frame.page_frame",
                "kith.foundations.drafts.pages.kept_forms",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "kith.foundations.design_system.forms.PageFormRenderer"

AUTH_USER_MODEL = "access.Viewer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kith.foundations.access.sign_in.StaffBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kith.foundations.access.sign_in.StaffAccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # nobody stays signed in after closing the browser
WRONG_TRIES = "20/m/ip"  # whoever tries many addresses, or many keys; one address or key is for AXES_… to lock
ACCOUNT_RATE_LIMITS = {"login_failed": WRONG_TRIES, "key_failed": WRONG_TRIES}
MFA_ADAPTER = "kith.foundations.access.sign_in.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "kith.foundations.access.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PARTNERSHIP.name
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "kith.foundations.access.sign_in.address_typed"
AXES_LOCKOUT_CALLABLE = "kith.foundations.access.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
REQUIRE_SECOND_FACTOR = _flag("KITH_SECOND_FACTOR", not (DEMO or os.environ.get("KITH_TESTING")))
KITH_IDLE_SECONDS = 60 * int(os.environ.get("KITH_IDLE_MINUTES", "20"))
# What a script asks by itself, which is no sign that anybody is there.
UNASKED_PATHS = {"/drafts/keep", "/missing/rows"}
BEFORE_TIME_OUT = "kith.foundations.drafts.time_out.keep_posted_words"
UNVIEWED_PATHS = {"/health", "/theme.css"}  # answered without knowing who looks, and without a transaction
SESSION_COOKIE_AGE = 12 * 3600  # signed out after this long, whatever happens
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEMO or DEBUG or bool(os.environ.get("KITH_TESTING")))
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SESSION_COOKIE_SECURE else 0
if _flag("KITH_BEHIND_PROXY"):  # it ends TLS, and always sets or removes this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],  # the map's, from our own origin
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
TESTING = bool(os.environ.get("KITH_TESTING"))
PLACES_AT_ONCE = 0.0 if TESTING or DEMO else 4.0  # seconds that a cut takes longer for more choices of its map
STATIC_ROOT = HOME / ("static-never-collected" if TESTING else "static")  # tests see what was built
WHITENOISE_USE_FINDERS = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kith.config.static_files.HashedStaticFiles"},
}
EMAIL_HOST = os.environ.get("KITH_EMAIL_HOST", "")  # without one, letters are written to the log
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("KITH_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("KITH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KITH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("KITH_EMAIL_TLS", True)
DEFAULT_FROM_EMAIL = os.environ.get("KITH_EMAIL_FROM", PARTNERSHIP.contact_email)
KITH_NOTIFY_KEY = os.environ.get("KITH_NOTIFY_KEY", "")  # GOV.UK Notify; without one, texts are written to the log
KITH_NOTIFY_TEMPLATE = os.environ.get("KITH_NOTIFY_TEMPLATE", "")  # its text template, whose one field is ((body))
KITH_PUSHES_A_DAY = int(os.environ.get("KITH_PUSHES_A_DAY", "5"))  # what anybody is rung for in a day; more waits
KITH_MAILBOX = os.environ.get("KITH_MAILBOX", "")  # a Maildir whose new letters become contacts
# Hosts whose word on who sent a letter counts.
KITH_MAIL_TRUSTED = os.environ.get("KITH_MAIL_TRUSTED", "mx.severnmouth.example" if DEMO else "").split()
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [  # no more of a file is taken in than is looked at
    "kith.foundations.documents.uploading.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KITH_LOG_LEVEL", "WARNING")},
}
