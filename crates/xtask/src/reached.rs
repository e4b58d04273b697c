//! Files of Rust that no other file names: the compiler leaves them out without a word, and their tests with them.

use std::path::Path;

/// The files among `files` that are modules and that no `mod` reaches. `read` gives a file's text.
pub fn unreached(files: &[&str], read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let names = |parent: &str, module: &str| {
        let declared = [format!("mod {module};"), format!("mod {module} {{")];
        read(parent).is_some_and(|text| {
            text.lines().any(|line| declared.iter().any(|one| line.contains(one.as_str())))
        })
    };
    let is_unreached = |file: &&&str| {
        let Some((module, parents)) = place(file) else { return false };
        !parents.iter().any(|parent| files.contains(&parent.as_str()) && names(parent, &module))
    };
    files.iter().filter(is_unreached).map(|file| format!("{file}: no module declares it")).collect()
}

/// The name of a module, and the files that can declare it; none for roots of crates, which Cargo finds.
fn place(file: &str) -> Option<(String, Vec<String>)> {
    let inside = file.strip_suffix(".rs")?;
    let (folder, name) = inside.rsplit_once('/')?;
    if !folder.contains("/src") || folder.ends_with("/src/bin") || matches!(name, "lib" | "main") {
        return None;
    }
    let (folder, module) = if name == "mod" { folder.rsplit_once('/')? } else { (folder, name) };
    let beside = ["mod.rs", "lib.rs", "main.rs"].map(|root| Path::new(folder).join(root));
    let mut parents: Vec<String> = beside.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    parents.push(format!("{folder}.rs"));
    Some((module.to_owned(), parents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_reached_from_beside_it_or_from_above() {
        let root = ("a/src/lib.rs", "pub mod one;\nmod two;\npub(crate) mod four;\n");
        let cases: [(&[(&str, &str)], usize); 7] = [
            (&[root, ("a/src/one.rs", "")], 0),
            (&[root, ("a/src/four.rs", "")], 0),
            (&[root, ("a/src/three.rs", "")], 1),
            (&[root, ("a/src/two/mod.rs", "mod in_two;"), ("a/src/two/in_two.rs", "")], 0),
            (&[root, ("a/src/two/mod.rs", "\n"), ("a/src/two/in_two.rs", "")], 1),
            (&[root, ("a/src/two.rs", "mod in_two;"), ("a/src/two/in_two.rs", "")], 0),
            (&[("a/src/main.rs", ""), ("a/src/bin/b.rs", ""), ("a/tests/t.rs", "")], 0),
        ];
        for (files, expected) in cases {
            let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            let read = |name: &str| files.iter().find(|file| file.0 == name).map(|file| file.1.to_owned());
            assert_eq!(unreached(&names, read).len(), expected, "{names:?}");
        }
    }
}
