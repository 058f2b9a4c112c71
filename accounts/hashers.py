"""Passwords: Argon2id with a bounded cost, so that a wave of sign-ins does not starve everyone else."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CappedArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane (OWASP's lower bound; quality/security.md rule 15)."""

    algorithm = "argon2"
    time_cost = 2
    memory_cost = 19456
    parallelism = 1
