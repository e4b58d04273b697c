//! The page module: a thin wasm-bindgen layer, published as an npm package.
