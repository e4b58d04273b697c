//! A software My Number Card: files, keys, passwords with counters. Knows apdu, never card.
