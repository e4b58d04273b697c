"""pyHanko, as a judge of PDFs and as one who signs them.

judge AUTHORITY FILE...: for each file a line: its path as it was given, and for each signature whether it is intact, trusted and what it
covers; or the reason why nothing is read.
sign KEY CERTIFICATE AUTHORITY FOLDER: signs plain.pdf and ours.pdf of the folder in several ways, each to a file of its own.
"""

import os
import sys

from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

PADES, ADBE = fields.SigSeedSubFilter.PADES, fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED


def judge(authority, files):
    for file in files:
        try:
            verdict = " ".join(verdicts(authority, file)) or "none"
        except Exception as error:
            verdict = f"refused {type(error).__name__}"
        print(file, verdict)


def verdicts(authority, file):
    with open(file, "rb") as stream:
        reader = PdfFileReader(stream)
        # Where a table hides objects from older readers, it judges nothing while it is strict.
        reader.strict = not reader.xrefs.hybrid_xrefs_present
        for signature in reader.embedded_signatures:
            context = ValidationContext(trust_roots=[authority], allow_fetching=False, revocation_mode="soft-fail")
            status = validate_pdf_signature(signature, signer_validation_context=context)
            good = status.bottom_line and status.intact and status.trusted
            yield f"{'good' if good else 'bad'}:{status.coverage.name}"


def sign(key, certificate, authority, folder):
    alone = SimpleCertificateStore()
    chain = SimpleCertificateStore()
    chain.register(authority)
    ways = {
        "pades": ("plain.pdf", PADES, alone, {}, {}),
        "adbe": ("plain.pdf", ADBE, alone, {}, {}),
        "streams": ("streams.pdf", PADES, alone, {}, {}),
        "twice": ("pades.pdf", PADES, alone, {}, {}),
        "second": ("ours.pdf", PADES, alone, {}, {}),
        "chain": ("plain.pdf", PADES, chain, {}, {}),
        "pss": ("plain.pdf", PADES, alone, {"prefer_pss": True}, {}),
        "sha512": ("plain.pdf", PADES, alone, {}, {"md_algorithm": "sha512"}),
        "certified": ("plain.pdf", PADES, alone, {}, {"certify": True}),
        "nameless": ("plain.pdf", ADBE, alone, {}, {"name": None}),
    }
    for way, (source, sub_filter, store, signing, metadata) in ways.items():
        signer = signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store, **signing)
        stated = {"field_name": way, "subfilter": sub_filter, "name": "A Name", "reason": "A Reason",
                  "md_algorithm": "sha256", **metadata}
        with open(os.path.join(folder, source), "rb") as stream:
            writer = IncrementalPdfFileWriter(stream)
            signed = signers.sign_pdf(writer, signers.PdfSignatureMetadata(**stated), signer=signer)
        with open(os.path.join(folder, f"{way}.pdf"), "wb") as out:
            out.write(signed.getbuffer())


match sys.argv[1:]:
    case ["judge", authority, *files]:
        judge(load_cert_from_pemder(authority), files)
    case ["sign", key, certificate, authority, folder]:
        key = load_private_key_from_pemder(key, passphrase=None)
        sign(key, load_cert_from_pemder(certificate), load_cert_from_pemder(authority), folder)
