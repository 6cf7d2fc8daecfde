"""The settings of the service.

What differs between places comes from the environment, and each has a default that is safe:

WAYPOST_DATA_DIR     where everything it keeps is kept; `var` beside the program if not set
WAYPOST_DATABASE     postgresql://... of a PostgreSQL database; SQLite in the data folder if not set
WAYPOST_HOSTS        the names it answers to, with commas between; this machine alone if not set
WAYPOST_TRAINING     1 for a service of invented people, which then says so on every page
WAYPOST_HTTPS        1 where it is reached over HTTPS, as every live service must be
WAYPOST_HTTPS_HEADER the header by which the proxy in front of it says that it was asked over HTTPS, such as
                     X-Forwarded-Proto; none if not set. The proxy must set it itself and let none through
WAYPOST_LOCK_AFTER   seconds after which a session that is left alone locks; 900 if not set
WAYPOST_GLASS_MINUTES  minutes for which a record that is opened in an emergency stays open; 60 if not set
WAYPOST_SCANNER      a command that is given the path of each file before it is kept: 0 is clean, 1 infected
WAYPOST_OIDC         a file of the identity providers that staff sign in with, as `access/sign_in/providers.py` says
WAYPOST_PROXIES      how many proxies it stands behind, so that a lock-out is of the address beyond them; 0 if not set
WAYPOST_MAIL         host:port of the mail server that sends its few emails; localhost:25 if not set
WAYPOST_MAIL_FROM    the address that they come from
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url

from waypost.access.sign_in.providers import origins, providers
from waypost.config.logs import LOGGING as LOGGING
from waypost.config.proxies import https_header
from waypost.config.secrets import secret_key

PROGRAM_DIR = Path(__file__).parents[3]
DATA_DIR = Path(os.environ.get("WAYPOST_DATA_DIR") or PROGRAM_DIR / "var")
IS_TRAINING = os.environ.get("WAYPOST_TRAINING") == "1"
IS_HTTPS = os.environ.get("WAYPOST_HTTPS") == "1"

SECRET_KEY = secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("WAYPOST_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "waypost.config.urls"
WSGI_APPLICATION = "waypost.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

INSTALLED_APPS = [
    "waypost.web",
    "waypost.access",
    "waypost.access.local",
    "waypost.records.casework",
    "waypost.records.pathway",
    "waypost.performance",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "waypost.web.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "waypost.access.sign_in.guards.Age",
    "waypost.access.lock.Lock",
    "waypost.access.middleware.WhoIsAsking",
    "waypost.access.sign_in.guards.SecondFactor",
    "waypost.web.drafts.Drafts",
    "axes.middleware.AxesMiddleware",
]

# ---------------------------------------------------------------- records

# Children's records outlast a power cut: SQLite writes each change through to the disk (synchronous=FULL).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        "PRAGMA busy_timeout=20000; PRAGMA temp_store=MEMORY;"
    ),
}
DATABASES = {"default": dj_database_url.parse(os.environ.get("WAYPOST_DATABASE") or f"sqlite:///{DATA_DIR}/waypost.db")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

# ---------------------------------------------------------------- work behind the service (docs/adr/0025)

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "OPTIONS": {"id_function": "waypost.upkeep.slots.task_id"},
    }
}

# ---------------------------------------------------------------- pages

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "waypost.web.jinja.environment",
            "context_processors": ["waypost.web.jinja.around", "waypost.access.doors.around"],
        },
    },
    # The parts that Django itself and the sign-in library draw before our own pages take over.
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
REPORTS_DIR = DATA_DIR / "reports"
CHECKING_DIR = DATA_DIR / "checking"
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = ["waypost.web.uploads.SetDown"]
SCANNER = os.environ.get("WAYPOST_SCANNER", "")

# ---------------------------------------------------------------- language and time

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# ---------------------------------------------------------------- safety

OIDC = providers(os.environ.get("WAYPOST_OIDC"))
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *origins(OIDC)],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
LOCK_AFTER = int(os.environ.get("WAYPOST_LOCK_AFTER", 15 * 60))
GLASS_MINUTES = int(os.environ.get("WAYPOST_GLASS_MINUTES", 60))
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = https_header(os.environ.get("WAYPOST_HTTPS_HEADER"))
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SESSION_COOKIE_SECURE = IS_HTTPS
# A browser takes a cookie of such a name from this host alone, over HTTPS alone.
_bound = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_bound}sessionid", f"{_bound}csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "waypost.web.errors.form_expired"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# ---------------------------------------------------------------- signing in (docs/adr/0020)

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = SESSION_LONGEST = 12 * 60 * 60
SECOND_FACTOR_IS_NEEDED = not IS_TRAINING
# Limits are counted in the database, as several processes serve.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

ACCOUNT_ADAPTER = "waypost.access.sign_in.adapters.Accounts"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
# Of codes, by account; passwords are counted by axes (`Accounts.pre_authenticate`).
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
ACCOUNT_FORMS = {
    "login": "waypost.access.sign_in.forms.SignIn",
    "change_password": "waypost.access.sign_in.forms.ChangePassword",
    "reset_password": "waypost.access.sign_in.forms.ForgottenPassword",
    "reset_password_from_key": "waypost.access.sign_in.forms.NewPassword",
    "reauthenticate": "waypost.access.sign_in.forms.ConfirmPassword",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("WAYPOST_PROXIES", 0))

MFA_ADAPTER = "waypost.access.sign_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Waypost, training" if IS_TRAINING else "Waypost"
# An address is vouched for by the administrator who opened the account, and by the link that was sent to it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_FORMS = {
    "authenticate": "waypost.access.sign_in.forms.Code",
    "reauthenticate": "waypost.access.sign_in.forms.ConfirmCode",
    "activate_totp": "waypost.access.sign_in.forms.SetUpApp",
    "add_webauthn": "waypost.access.sign_in.forms.AddPasskey",
    "edit_webauthn": "waypost.access.sign_in.forms.RenamePasskey",
}

SOCIALACCOUNT_ADAPTER = "waypost.access.sign_in.adapters.Providers"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC, "EMAIL_AUTHENTICATION": True, "OAUTH_PKCE_ENABLED": True}}
# Nothing of what a provider says is kept: each sign-in is matched anew.
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "waypost.access.sign_in.limits.whose"
AXES_CLIENT_IP_CALLABLE = "waypost.access.sign_in.limits.where_from"
AXES_LOCKOUT_CALLABLE = "waypost.access.sign_in.limits.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "password", "oldpassword", "csrfmiddlewaretoken", "next"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# ---------------------------------------------------------------- email

# A training service sends nothing: its emails are files in the data folder.
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if IS_TRAINING else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "emails"
EMAIL_HOST, _, _port = os.environ.get("WAYPOST_MAIL", "localhost:25").partition(":")
EMAIL_PORT = int(_port or 25)
DEFAULT_FROM_EMAIL = os.environ.get("WAYPOST_MAIL_FROM", "waypost@localhost")
