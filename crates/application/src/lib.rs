//! The application document: model, canonical form, procedure definitions, text and date rules.
