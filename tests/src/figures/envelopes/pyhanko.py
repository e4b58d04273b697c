"""Microseconds in which pyHanko validates the one signature of a PDF, the median of several runs.

pyhanko.py FILE AUTHORITY: both are files, the authority's certificate in DER. Revocation is not asked for.
"""

import io
import statistics
import sys
import time

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

RUNS = 31


def octets(path):
    with open(path, "rb") as file:
        return file.read()


def validate(signed, authority):
    begun = time.perf_counter()
    signature = PdfFileReader(io.BytesIO(signed)).embedded_signatures[0]
    context = ValidationContext(trust_roots=[authority], allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    taken = time.perf_counter() - begun
    if not (status.intact and status.valid and status.trusted):
        sys.exit(f"pyHanko refuses the file: {status.summary()}")
    return taken


def main(file, authority):
    signed, authority = octets(file), x509.Certificate.load(octets(authority))
    print(statistics.median(validate(signed, authority) for _ in range(RUNS)) * 1e6)


main(*sys.argv[1:])
