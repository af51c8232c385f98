"""Time stamps (RFC 3161): an authority outside says that a checkpoint's hash was there at a time."""

import hashlib
from base64 import b64decode, b64encode
from datetime import datetime
from types import ModuleType
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from truceline.errors import LedgerError

_SECONDS = 30
_HASHES = ("sha512", "sha256")  # those that requests are made with


def request(head: str) -> bytes:
    """The request (DER) for a stamp on the hash of a checkpoint's entry.

    Raises:
        LedgerError: The library for it is not installed.
    """
    built: bytes = _library().TimestampRequestBuilder().data(bytes.fromhex(head)).build().as_bytes()
    return built


def ask(url: str, wanted: bytes) -> bytes:
    """What an authority on the web answers.

    Raises:
        LedgerError: It cannot be reached, or refuses.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise LedgerError(f"{url}: not an address; it begins with https:// or http://")
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "truceline"}
    try:
        with urlopen(Request(url, data=wanted, headers=headers), timeout=_SECONDS) as answer:
            body: bytes = answer.read(1_000_000)
            return body
    except (URLError, OSError, ValueError) as fault:
        raise LedgerError(f"{url}: no time stamp ({getattr(fault, 'reason', fault)}); check the address") from fault


def token(answer: bytes, head: str) -> tuple[str, datetime]:
    """An answer as it is kept (base64), and the time it tells.

    Raises:
        LedgerError: It is no time stamp, or one of something else.
    """
    library = _library()
    try:
        told = library.decode_timestamp_response(answer)
        moment: datetime = told.tst_info.gen_time
        stamped: bytes = told.tst_info.message_imprint.message
    except Exception as fault:
        raise LedgerError(f"the answer is no time stamp ({fault}); ask the authority again") from fault
    if stamped not in {hashlib.new(name, bytes.fromhex(head)).digest() for name in _HASHES}:
        raise LedgerError("the time stamp is of another checkpoint; give the answer to this one's request")
    return b64encode(answer).decode(), moment


def check_token(kept: str, head: str, authority: bytes) -> str | None:
    """What is wrong with a kept stamp; None when the authority stamped this very hash.

    Args:
        kept: The answer in base64.
        head: Hash of the checkpoint's entry.
        authority: Its root certificate and, if needed, those between (PEM).
    """
    from cryptography.x509 import load_pem_x509_certificates

    library = _library()
    verify = __import__("rfc3161_client.verify", fromlist=["VerifierBuilder"])
    try:
        builder: Any = verify.VerifierBuilder()
        for certificate in load_pem_x509_certificates(authority):
            builder = builder.add_root_certificate(certificate)
        response = library.decode_timestamp_response(b64decode(kept))
        builder.build().verify_message(response, bytes.fromhex(head))
    except Exception as fault:
        return f"its time stamp does not hold ({' '.join(str(fault).split())})"
    return None


def _library() -> ModuleType:
    try:
        import rfc3161_client
    except ModuleNotFoundError as fault:
        raise LedgerError("time stamps need rfc3161-client; pip install 'truceline[timestamp]'") from fault
    return rfc3161_client
