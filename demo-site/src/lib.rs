//! みほん市 (Sample City): a municipal e-application site.
