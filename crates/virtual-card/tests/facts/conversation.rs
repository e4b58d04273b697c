//! Conversations with the card: what is sent, what comes back.

use std::sync::LazyLock;

use rsa::RsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use shomei_virtual_card::{BasicFourItems, Behaviour, Contents, Credential, InputSupport, VirtualCard};

/// The words of a conversation. Anything else in one is hexadecimal.
const WORDS: [(&str, &str); 26] = [
    ("jpki", "00A4040C0AD392F000260100000001"),
    ("input-support", "00A4040C0AD3921000310001010408"),
    ("common", "00A4040C0AD3921000310001010100"),
    ("unknown", "00A4040C06A00000006203"),
    ("signature-certificate", "00A4020C020001"),
    ("signature-ca", "00A4020C020002"),
    ("token", "00A4020C020006"),
    ("availability", "00A4020C020008"),
    ("certificate", "00A4020C02000A"),
    ("ca", "00A4020C02000B"),
    ("key", "00A4020C020017"),
    ("pin", "00A4020C020018"),
    ("signature-key", "00A4020C02001A"),
    ("password", "00A4020C02001B"),
    ("number", "00A4020C020001"),
    ("attributes", "00A4020C020002"),
    ("integrity", "00A4020C020003"),
    ("forms-pin", "00A4020C020011"),
    ("read", "00B0000000"),
    ("query", "00200080"),
    ("ABC123", "0020008006414243313233"),
    ("abc123", "0020008006616263313233"),
    ("XXXXXX", "0020008006585858585858"),
    ("1234", "002000800431323334"),
    ("9999", "002000800439393939"),
    ("sign", "802A0080016100"),
];

/// The signature key, then the authentication key.
pub(crate) static KEYS: LazyLock<[RsaPrivateKey; 2]> =
    LazyLock::new(|| [(); 2].map(|()| RsaPrivateKey::new(&mut OsRng, 2048).unwrap()));

pub(crate) const ITEMS: BasicFourItems<'static> =
    BasicFourItems {
        name: "見本　花子", address: "千葉県みほん市本町１", birth: "19900214", sex: "2"
    };

/// Certificates are filled with one byte each: nothing on the card looks inside.
pub(crate) fn contents_with(certificate: usize) -> Contents {
    let [signature, authentication] = &*KEYS;
    let credential = |key: &RsaPrivateKey, byte, secret| {
        let pkcs8 = key.to_pkcs8_der().unwrap();
        let certificate = vec![byte; certificate];
        Credential::new(&certificate, &[byte + 1; 512], pkcs8.as_bytes(), secret).unwrap()
    };
    Contents {
        signature: Some(credential(signature, 0xA0, "ABC123")),
        authentication: credential(authentication, 0xB0, "1234"),
        input_support: Some(InputSupport::new(&ITEMS, "1234")),
    }
}

pub(crate) fn contents() -> Contents {
    contents_with(600)
}

pub(crate) fn card() -> VirtualCard {
    VirtualCard::new(contents())
}

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

pub(crate) fn word(word: &str) -> Vec<u8> {
    bytes(WORDS.iter().find(|(name, _)| *name == word).map_or(word, |(_, hex)| hex))
}

/// Plays a conversation `COMMAND STATUS, COMMAND SIZE+STATUS, COMMAND =DATA+STATUS, …`. Without a size there are no data.
pub(crate) fn converse(card: &mut VirtualCard, conversation: &str) {
    for step in conversation.split(", ") {
        let (command, expected) = step.trim().split_once(' ').unwrap();
        let (data, status) = expected.split_once('+').unwrap_or(("0", expected));
        let answer = card.respond(&word(command));
        let (answered_data, answered_status) = answer.split_at(answer.len() - 2);
        assert_eq!(answered_status, bytes(status), "{step:?} of {conversation:?}");
        match data.strip_prefix('=') {
            Some(data) => assert_eq!(answered_data, bytes(data), "{step:?} of {conversation:?}"),
            None => assert_eq!(answered_data.len().to_string(), data, "{step:?} of {conversation:?}"),
        }
    }
}

/// The data of a good answer.
pub(crate) fn data(card: &mut VirtualCard, command: &str) -> Vec<u8> {
    card.respond(&word(command)).strip_suffix(&[0x90, 0x00]).unwrap().to_vec()
}

/// Plays each conversation on a new card of a behaviour, after the same beginning.
pub(crate) fn play_as(behaviour: Behaviour, beginning: &str, cases: &[(&str, &str)]) {
    for (what, conversation) in cases {
        println!("{what}");
        let mut card = VirtualCard::with_behaviour(contents(), behaviour);
        converse(&mut card, beginning);
        converse(&mut card, conversation);
    }
}

/// Plays each conversation on a new plastic card, after the same beginning.
pub(crate) fn play(beginning: &str, cases: &[(&str, &str)]) {
    play_as(Behaviour::default(), beginning, cases);
}
