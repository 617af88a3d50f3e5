"""Settings of one Trình Ký installation.

Everything an office may change is an environment variable (README, "Cài đặt"). Without any, the
settings describe a trial on one machine: SQLite, files under ``var/``, demo keys allowed. With
``PRODUCTION=1`` the missing ones fail loudly and the demo keys are refused.
"""

from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

django_stubs_ext.monkeypatch()  # lets generic Django classes be written with their types

env = environ.Env()

PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
TRIAL_SECRET = "trial-only-secret-that-production-refuses"  # noqa: S105
SECRET_KEY = env("SECRET_KEY") if PRODUCTION else env("SECRET_KEY", default=TRIAL_SECRET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost"])

# What the installation keeps: database, files, keys. One folder to back up.
VAR = Path(env("VAR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "project.accounts",
    "procedures",
    "documents",
    "workflows",
    "viewflow",
    "viewflow.workflow",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "project.apps.KeepersPages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "project.compression.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "project.accounts.turnstile.Turnstile",
    "project.accounts.middleware.Doorkeeper",
    "procedures.idempotency.middleware.OnceOnly",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "project.urls"
WSGI_APPLICATION = "project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'trinhky.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: two writers queue instead of failing. recursive_triggers: INSERT OR REPLACE must
    # not slip past the append-only triggers of the ledger.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Seen by every process of the office: a code used at one must be refused by the others.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["project.accounts.standing.StandingBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Officers confirm with a second factor; a trial leaves it to them. Before these pages they prove
# once more who they are, unless they did so within STEP_UP_SECONDS.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=PRODUCTION)
STEP_UP_ROUTES = [
    "dossier-sign", "dossier-seal", "tray",
    "dossier-sign-outside", "dossier-seal-outside", "certificates", "copy-seal",
    "copy-seal-outside",
    "dossier-countersign", "dossier-countersign-outside",
    "assignment-add", "assignment-install", "assignment-end",
]  # fmt: skip
STEP_UP_SECONDS = 15 * 60
# Pages for anybody that cost the server work: how many files one address, and all together, may
# send in five minutes. A commune's hall or a mobile network may stand behind one address.
LIMITED_ROUTES = ["documents:public", "documents:verify-file", "documents:check-form"]
LIMITED_PER_ADDRESS, LIMITED_TOGETHER = 30, 300
# How many proxies of the office stand before the server: the address counted by the limits on
# guessing is the one the outermost of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=1 if PRODUCTION else 0)
ACCOUNT_ADAPTER = "project.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # ours (accounts/limits.py) count password, code and slip together
MFA_ADAPTER = "project.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "project.accounts.forms.CodeForm",
    "activate_totp": "project.accounts.forms.FirstCodeForm",
    "add_webauthn": "project.accounts.forms.AddKeyForm",
    "authenticate_webauthn": "project.accounts.forms.KeyForm",
}
# A passkey (WebAuthn) beside the code of the phone, never instead of it. A trial has no HTTPS.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Trình Ký"
MFA_TOTP_TOLERANCE = 1  # an old phone's clock may be half a minute off

# One language, also for a phone that asks for English: half a page would be translated.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"  # the legal clock of every number and date
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = not PRODUCTION  # a trial needs no collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATICFILES_DIRS = [BASE_DIR / "project" / "static"]
MEDIA_ROOT = VAR / "files"  # never served by URL: files leave through procedures.access only

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION

# Digests go out by e-mail; a trial prints them. EMAIL_URL as smtp+tls://user:password@host:587
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="trinhky@localhost")

# Where the public checks a paper copy: printed as a QR code on every document.
PUBLIC_URL = env("PUBLIC_URL") if PRODUCTION else env("PUBLIC_URL", default="http://127.0.0.1:8000")

# Certificates trusted by verification, one PEM file each. The demo authority is trusted only
# where demo keys may sign.
TRUST_ROOTS = Path(env("TRUST_ROOTS", default=str(VAR / "trust")))
DEMO_KEYS_ALLOWED = not PRODUCTION

# Lists of revoked certificates (*.crl): put there by the office, or fetched when we sign.
CRL_FOLDER = Path(env("CRL_FOLDER", default=str(VAR / "crl")))
# The time-stamp authority (RFC 3161) asked at each signature; empty: signatures carry no stamp.
TSA_URL = env("TSA_URL", default="")
# How long a signer waits for it, and for a list, before the signature is made without.
NETWORK_SECONDS = env.int("NETWORK_SECONDS", default=4)
# Modules of tokens and HSMs by name, as usb=/usr/lib/libvendor.so,hsm=/opt/hsm/lib.so. Only a
# module named here is ever loaded.
PKCS11_MODULES = env.dict("PKCS11_MODULES", default={})

# Key of the ledger's HMAC: kept outside the database, so a database thief cannot forge a chain.
LEDGER_KEY_FILE = Path(env("LEDGER_KEY_FILE", default=str(VAR / "ledger.key")))

# How long a signer's number waits for its signature before another may take the case up.
SIGNING_LEASE_SECONDS = env.int("SIGNING_LEASE_SECONDS", default=120)
