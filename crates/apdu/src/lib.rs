//! ISO 7816-4 bytes: commands, responses, status words, BER-TLV.
