//! What a My Number Card means: the JPKI application over any transport.
