"""Checkpoints: the head of the log, signed (Ed25519). The key lies beside the ledger; the ledger knows its public half."""

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from truceline.errors import LedgerError
from truceline.ledger.canonical import canonical, sha256
from truceline.ledger.database import Database

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_OWN_EYES_ONLY = 0o600


def key_path(database: Database, ledger: str) -> Path:
    """Where the private key is: beside an SQLite file; for PostgreSQL in the folder of this user's settings."""
    if database.path is not None:
        return database.path.with_name(database.path.name + ".key")
    import platformdirs

    return Path(platformdirs.user_config_dir("truceline")) / "keys" / f"{ledger}.key"


def own_key(path: Path) -> str:
    """The public half, in hexadecimal, of the key at this path; a new key is made where there is none.

    The key is written before the ledger's first entry names it: a crash between the two leaves a key that is used next time.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _save(path, pem)
    return _load(path).public_key().public_bytes_raw().hex()


def sign(path: Path, *, ledger: str, number: int, head: str) -> dict[str, Any]:
    """The payload of a checkpoint.

    Raises:
        LedgerError: The key is missing or none.
    """
    key = _load(path)
    public = key.public_key().public_bytes_raw().hex()
    signature = b64encode(key.sign(_message(ledger, number, head))).decode()
    return {"number": number, "head": head, "key": public, "signature": signature}


def is_signed(payload: dict[str, Any], *, ledger: str, public_key: str) -> bool:
    """Whether a checkpoint was signed with the ledger's key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(b64decode(payload["signature"]), _message(ledger, payload["number"], payload["head"]))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return bool(payload["key"] == public_key)


def fingerprint(public_key: str) -> str:
    """A short form of a public key to read to each other over the telephone."""
    digest = sha256(bytes.fromhex(public_key))
    return " ".join(digest[i : i + 4] for i in range(0, 24, 4))


def _message(ledger: str, number: int, head: str) -> bytes:
    return canonical({"ledger": ledger, "number": number, "head": head}).encode()


def _save(path: Path, pem: bytes) -> None:
    """Write a private key that only its owner can read; never over another one, and never half of one."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWN_EYES_ONLY)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(pem)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):  # another process made one a moment ago: that one is used
            os.link(partial, path)
        partial.unlink()
    except OSError as fault:
        raise LedgerError(
            f"{path}: the key cannot be written ({fault.strerror}); check the folder and free space"
        ) from fault


def _load(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    advice = "put back the key made by `truceline init`"
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as fault:
        raise LedgerError(f"{path}: no key here, so nothing can be signed; {advice}") from fault
    except (OSError, ValueError, TypeError) as fault:
        raise LedgerError(f"{path}: the key cannot be read ({fault}); {advice}") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError(f"{path}: not an Ed25519 key; {advice}")
    return key
