"""Reads, checks and searches a folder of lists with OpenSSL's program and with the package cryptography."""

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import time

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

FOLDER = pathlib.Path(sys.argv[1])
LISTS = sorted(FOLDER.glob("*.crl"))


def resident():
    """Octets of memory that this process has."""
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def openssl(authority):
    pem = FOLDER / "authority.pem"
    pem.write_bytes(authority.public_bytes(Encoding.PEM))
    begun = time.perf_counter()
    for path in LISTS:
        command = ["openssl", "crl", "-inform", "DER", "-in", path, "-CAfile", pem, "-noout"]
        checked = subprocess.run(command, stderr=subprocess.PIPE, check=True)
        assert b"verify OK" in checked.stderr, checked.stderr
    seconds = time.perf_counter() - begun
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def python(authority):
    before, begun = resident(), time.perf_counter()
    lists = [x509.load_der_x509_crl(path.read_bytes()) for path in LISTS]
    assert all(one.is_signature_valid(authority.public_key()) for one in lists)
    seconds = time.perf_counter() - begun
    grown = resident() - before
    entries = [len(one) for one in lists]
    times = []
    for one, count in list(zip(lists, entries))[::19]:
        serial = one[count // 2].serial_number
        begun = time.perf_counter()
        assert one.get_revoked_certificate_by_serial_number(serial) is not None
        times.append(time.perf_counter() - begun)
    return seconds, grown / sum(entries), max(entries), statistics.median(times)


authority = x509.load_der_x509_certificate((FOLDER / "authority.der").read_bytes())
# OpenSSL first: a process started by a large one counts as large.
openssl_seconds, openssl_memory = openssl(authority)
python_seconds, octets, largest, lookup = python(authority)
print(json.dumps({
    "opensslSeconds": openssl_seconds,
    "opensslOctets": openssl_memory / largest,
    "pythonSeconds": python_seconds,
    "pythonOctets": octets,
    "pythonLookupMicros": lookup * 1e6,
}))
