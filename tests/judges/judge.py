"""Judges of a whole folder at once: prints the names of those that a library accepts, a line each.

    judge.py pyhanko AUTHORITY.pem FOLDER FILE [CONTENT]    CMS, with its content inside or in CONTENT
    judge.py joserfc SIGNER.der FOLDER FILE                 JWS, compact, or flattened where it begins with a brace

The files are FOLDER/*/FILE, and are named by the folders that they lie in. Names of those to be judged come on standard input.
"""

import asyncio
import hashlib
import json
import logging
import sys
from pathlib import Path


def pyhanko(authority, content):
    from asn1crypto import cms, pem, x509
    from pyhanko.sign.validation import async_validate_cms_signature
    from pyhanko_certvalidator import ValidationContext

    _, _, der = pem.unarmor(Path(authority).read_bytes())
    root = x509.Certificate.load(der)
    # One context for all: the same chain is found again.
    context = ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")
    digest = hashlib.sha256(Path(content).read_bytes()).digest() if content else None

    def accepts(octets):
        signed = cms.ContentInfo.load(octets, strict=True)["content"]
        validation = async_validate_cms_signature(signed, raw_digest=digest, validation_context=context)
        status = asyncio.run(validation)
        return status.intact and status.valid and status.trusted

    return accepts


def joserfc(certificate, _):
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from joserfc import jws
    from joserfc.jwk import RSAKey
    from joserfc.registry import HeaderParameter

    public = x509.load_der_x509_certificate(Path(certificate).read_bytes()).public_key()
    key = RSAKey.import_key(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    known = {"sigD": HeaderParameter("files outside", lambda value: None)}
    registry = jws.JWSRegistry(known, algorithms=["RS256"], strict_check_header=False)
    # Room for a certificate.
    registry.max_header_length = 32 * 1024

    def accepts(octets):
        if octets.startswith(b"{"):
            return bool(jws.deserialize_json(json.loads(octets), key, registry=registry))
        return bool(jws.deserialize_compact(octets, key, registry=registry))

    return accepts


def main():
    logging.disable(logging.CRITICAL)
    judge, trusted, folder, file, *content = sys.argv[1:]
    accepts = {"pyhanko": pyhanko, "joserfc": joserfc}[judge](trusted, content[0] if content else None)
    for name in sys.stdin.read().split():
        try:
            accepted = accepts((Path(folder) / name / file).read_bytes())
        except Exception:  # whatever it refuses with
            accepted = False
        if accepted:
            print(name)


main()
