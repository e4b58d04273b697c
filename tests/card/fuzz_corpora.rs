//! The fuzzer's corpora, replayed; and its longest target once more with random sequences.

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use shomei_tests::fuzz;

    fn corpora() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus"))
    }

    #[test]
    fn every_target_has_a_corpus_and_every_corpus_a_target() {
        let targets: BTreeSet<String> = fuzz::TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
        let folders: BTreeSet<String> = fs::read_dir(corpora())
            .unwrap()
            .map(|folder| folder.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(folders, targets);
    }

    #[test]
    fn every_corpus_replays() {
        for (name, target) in fuzz::TARGETS {
            let mut replayed = 0;
            for file in fs::read_dir(corpora().join(name)).unwrap() {
                let file = file.unwrap().path();
                println!("{}", file.display());
                target(&fs::read(&file).unwrap());
                replayed += 1;
            }
            assert!(replayed > 0, "{name} has nothing to replay");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_card_is_never_hurt(data in prop::collection::vec(prop_oneof![0_u8..24, any::<u8>()], 0..61)) {
            fuzz::run("operations", &data);
        }

        #[test]
        fn a_signed_file_is_only_good_as_it_was_signed(data in prop::collection::vec(any::<u8>(), 0..24)) {
            fuzz::run("pdf", &data);
            fuzz::run("egov", &data);
        }

        #[test]
        fn a_virtual_card_always_answers(data in prop::collection::vec(any::<u8>(), 0..300)) {
            fuzz::run("virtual-card", &data);
        }
    }
}
