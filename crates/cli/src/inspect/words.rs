//! Every word of the report, in every language: one line for each.

use crate::arguments::Language;
use shomei_pki::ocsp::OcspRefusal;
use shomei_pki::{Era, RevocationReason, Sex, World};

/// A label, a value or a warning: its code in JSON, which never changes, and what people read. `{}` in a warning is
/// where its detail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) code: &'static str,
    japanese: &'static str,
    english: &'static str,
}

impl Word {
    pub(super) const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Japanese => self.japanese,
            Language::English => self.english,
        }
    }
}

macro_rules! words {
    ($($name:ident $code:literal $japanese:literal $english:literal;)*) => {
        $(pub(super) const $name: Word = Word { code: $code, japanese: $japanese, english: $english };)*
        #[cfg(test)]
        const ALL: &[Word] = &[$($name),*];
    };
}

words! {
    // Labels of certificates.
    KIND "kind" "種類" "kind";
    WORLD "world" "世界" "world";
    HOLDER "holder" "証明書に書かれた人" "holder";
    NAME "name" "氏名" "name";
    NAME_SUBSTITUTES "nameSubstitutes" "氏名の代替文字" "substitutes in the name";
    ADDRESS "address" "住所" "address";
    ADDRESS_SUBSTITUTES "addressSubstitutes" "住所の代替文字" "substitutes in the address";
    BIRTH "birth" "生年月日" "date of birth";
    BIRTH_ERA "birthEra" "生年月日の元号" "era of the date of birth";
    SEX "sex" "性別" "sex";
    SUBJECT "subject" "主体者の名前（subject）" "subject";
    ISSUER "issuer" "発行者の名前（issuer）" "issuer";
    SERIAL "serial" "シリアル番号（16進）" "serial number (hexadecimal)";
    NOT_BEFORE "notBefore" "有効期間の始まり" "valid from";
    NOT_AFTER "notAfter" "有効期間の終わり" "valid until";
    POLICIES "policies" "証明書ポリシー" "certificate policies";
    OID "oid" "番号（OID）" "identifier";
    MEANING "meaning" "意味" "meaning";
    KEY "key" "公開鍵" "public key";
    ALGORITHM "algorithm" "方式" "algorithm";
    CURVE "curve" "曲線" "curve";
    BITS "bits" "ビット数" "bits";
    EXPONENT "exponent" "公開指数" "exponent";
    SIGNATURE_ALGORITHM "signatureAlgorithm" "署名の方式" "signature algorithm";
    KEY_USAGE "keyUsage" "鍵の用途（keyUsage）" "key usage";
    EXTENDED_KEY_USAGE "extKeyUsage" "鍵の用途（extKeyUsage）" "extended key usage";
    DISTRIBUTION_POINT "crlDistributionPoint" "失効リストの配布点" "CRL distribution point";
    OCSP_ADDRESS "ocspAddress" "OCSPの宛先（表示だけで、接続はしません）" "OCSP address (shown only, never followed)";
    SUBJECT_KEY "subjectKeyIdentifier" "この証明書の鍵の識別子" "subject key identifier";
    AUTHORITY_KEY "authorityKeyIdentifier" "発行者の鍵の識別子" "authority key identifier";
    FINGERPRINT "fingerprint" "フィンガープリント（SHA-256）" "fingerprint (SHA-256)";
    BUILT_IN "builtInAnchor" "組み込みの認証局の証明書" "one of the built-in anchors";

    // Labels of lists and answers.
    LIST_NUMBER "number" "リストの番号（16進）" "list number (hexadecimal)";
    THIS_UPDATE "thisUpdate" "作成日時（thisUpdate）" "made at (thisUpdate)";
    NEXT_UPDATE "nextUpdate" "次回の予定（nextUpdate）" "next due at (nextUpdate)";
    STATE "state" "期限" "state";
    COUNT "count" "失効した証明書の数" "revoked certificates";
    REASON_COUNTS "reasons" "理由ごとの数" "by reason";
    FIRST_REVOCATION "firstRevocation" "最初の失効日時" "first revocation";
    LAST_REVOCATION "lastRevocation" "最後の失効日時" "last revocation";
    RESPONSE_STATUS "responseStatus" "応答の結果" "response status";
    RESPONDER_NAME "responderName" "答えた者の名前" "responder's name";
    RESPONDER_KEY "responderKeyHash" "答えた者の鍵のハッシュ（SHA-1）" "hash of the responder's key (SHA-1)";
    PRODUCED_AT "producedAt" "署名された日時（producedAt）" "signed at (producedAt)";
    ANSWERS "answers" "証明書ごとの答え" "answers";
    HASH_ALGORITHM "hashAlgorithm" "ハッシュの方式" "hash algorithm";
    ISSUER_NAME_HASH "issuerNameHash" "発行者の名前のハッシュ" "hash of the issuer's name";
    ISSUER_KEY_HASH "issuerKeyHash" "発行者の鍵のハッシュ" "hash of the issuer's key";
    STATUS "status" "状態" "status";
    REVOKED_AT "revokedAt" "失効日時" "revoked at";
    REASON "reason" "失効の理由" "reason";
    NONCE "nonce" "ノンス（16進）" "nonce (hexadecimal)";
    CERTIFICATES "certificates" "添えられた証明書" "certificates that came along";

    // Kinds.
    SIGNATURE_CERTIFICATE "signature" "署名用電子証明書" "signature certificate";
    AUTHENTICATION_CERTIFICATE "authentication" "利用者証明用電子証明書" "authentication certificate";
    AUTHORITY_CERTIFICATE "authority" "認証局の証明書" "certificate of an authority";
    OTHER_CERTIFICATE "other" "公的個人認証のものではない証明書" "certificate that is none of JPKI";
    REVOCATION_LIST "revocationList" "失効リスト（CRL）" "revocation list (CRL)";
    OCSP_ANSWER "ocspAnswer" "OCSPの応答" "OCSP answer";

    // Worlds.
    PRODUCTION "production" "本番（実在する人）" "production (real people)";
    JLIS_TEST "jlis-test" "J-LISのテスト用（実在する人のものではありません）" "test of J-LIS (no real people)";
    LAB "lab" "実験用（実在する人のものではありません）" "laboratory (no real people)";
    NO_WORLD "unknown" "わかりません" "unknown";

    // What a holder is.
    MALE "male" "男" "male";
    FEMALE "female" "女" "female";
    OTHER_SEX "other" "その他" "other";
    REIWA "reiwa" "令和" "Reiwa";
    HEISEI "heisei" "平成" "Heisei";
    SHOWA "showa" "昭和" "Showa";
    TAISHO "taisho" "大正" "Taisho";
    MEIJI "meiji" "明治" "Meiji";
    NO_ERA "unknown" "元号不詳" "era unknown";

    // Policies.
    POLICY_SIGNATURE "production-signature" "本番の署名用電子証明書" "signature certificates, production";
    POLICY_AUTHENTICATION "production-authentication" "本番の利用者証明用電子証明書" "authentication certificates, production";
    POLICY_TEST_SIGNATURE "jlis-test-signature" "J-LISのテスト用の署名用電子証明書" "signature certificates, test of J-LIS";
    POLICY_TEST_AUTHENTICATION "jlis-test-authentication" "J-LISのテスト用の利用者証明用電子証明書" "authentication certificates, test of J-LIS";
    POLICY_LAB_SIGNATURE "lab-signature" "実験用の署名用電子証明書" "signature certificates, laboratory";
    POLICY_LAB_AUTHENTICATION "lab-authentication" "実験用の利用者証明用電子証明書" "authentication certificates, laboratory";
    POLICY_UNKNOWN "unknown" "わかりません" "unknown";

    // keyUsage and extKeyUsage.
    DIGITAL_SIGNATURE "digitalSignature" "電子署名（digitalSignature）" "digitalSignature";
    NON_REPUDIATION "nonRepudiation" "否認防止（nonRepudiation）" "nonRepudiation";
    KEY_ENCIPHERMENT "keyEncipherment" "鍵の暗号化（keyEncipherment）" "keyEncipherment";
    DATA_ENCIPHERMENT "dataEncipherment" "データの暗号化（dataEncipherment）" "dataEncipherment";
    KEY_AGREEMENT "keyAgreement" "鍵の共有（keyAgreement）" "keyAgreement";
    KEY_CERT_SIGN "keyCertSign" "証明書への署名（keyCertSign）" "keyCertSign";
    CRL_SIGN "cRLSign" "失効リストへの署名（cRLSign）" "cRLSign";
    ENCIPHER_ONLY "encipherOnly" "暗号化だけ（encipherOnly）" "encipherOnly";
    DECIPHER_ONLY "decipherOnly" "復号だけ（decipherOnly）" "decipherOnly";
    SERVER_AUTH "serverAuth" "サーバーの認証（serverAuth）" "serverAuth";
    CLIENT_AUTH "clientAuth" "利用者の認証（clientAuth）" "clientAuth";
    CODE_SIGNING "codeSigning" "プログラムへの署名（codeSigning）" "codeSigning";
    OCSP_SIGNING "OCSPSigning" "OCSPの応答への署名（OCSPSigning）" "OCSPSigning";

    // Reasons of RFC 5280 §5.3.1, with what JPKI means by them.
    UNSPECIFIED "unspecified" "交付前に廃棄された、または理由なし" "destroyed before delivery, or no reason given";
    KEY_COMPROMISE "keyCompromise" "秘密鍵の危殆化" "key compromised";
    AUTHORITY_COMPROMISE "cACompromise" "認証局の秘密鍵の危殆化" "authority's key compromised";
    AFFILIATION_CHANGED "affiliationChanged" "記載事項（氏名・住所など）の変更" "name, address or another item changed";
    SUPERSEDED "superseded" "証明書の更新" "renewed";
    CESSATION "cessationOfOperation" "利用の終了" "no longer in use";
    HOLD "certificateHold" "一時停止" "suspended";
    WITHDRAWN "privilegeWithdrawn" "資格の取消し" "privilege withdrawn";

    // States of lists and answers.
    CURRENT "current" "期限内です" "current";
    OUTDATED "outdated" "次回の予定を過ぎています" "the next one is due";
    FROM_LATER "fromLater" "作成日時がまだ来ていません" "made later than this time";
    SUCCESSFUL "successful" "答えがあります" "answered";
    MALFORMED_REQUEST "malformedRequest" "問い合わせの形が正しくありません" "the question was malformed";
    INTERNAL_ERROR "internalError" "答える側の内部の誤りです" "internal error of the responder";
    TRY_LATER "tryLater" "あとで問い合わせてください" "ask again later";
    SIGNATURE_REQUIRED "sigRequired" "問い合わせに署名が必要です" "the question must be signed";
    UNAUTHORIZED "unauthorized" "問い合わせる資格がありません" "not allowed to ask";
    GOOD "good" "失効していないとの答え" "said to be good";
    REVOKED "revoked" "失効しているとの答え" "said to be revoked";
    NOT_KNOWN "unknown" "知らないとの答え" "said to be unknown";
    HASH_UNKNOWN "unknown" "知らない方式" "unknown";

    // What nobody looked at.
    NOT_CHAIN "chain" "発行元（署名の鎖）" "the chain of signatures";
    NOT_REVOCATION "revocation" "失効" "revocation";
    NOT_SIGNATURE "signature" "署名" "the signature";
    NOT_RESPONDER "responder" "答えた者の資格" "the responder's right to answer";

    // Warnings.
    WARN_OTHER_KIND "otherKind" "署名用でも利用者証明用でも認証局のものでもない証明書です" "neither a signature certificate nor an authentication certificate nor an authority's";
    WARN_PROFILE "profile" "公的個人認証の証明書の決まりに合っていません：{}" "leaves the profile: {}";
    WARN_CRITICAL "unknownCriticalExtension" "必ず理解しなければならない拡張 {} を知りません" "the critical extension {} is unknown";
    WARN_WORLD "unknownWorld" "発行者が、本番・テスト用・実験用のどの認証局でもありません" "the issuer belongs to none of the three worlds";
    WARN_POLICY "unknownPolicy" "ポリシー {} を知りません" "the policy {} is unknown";
    WARN_WORLDS_DIFFER "worldsDiffer" "ポリシー {} は、発行者とは別の世界のものです" "the policy {} belongs to another world than the issuer";
    WARN_POLICY_KIND "policyOfOtherKind" "ポリシー {} は、別の種類の証明書のものです" "the policy {} is that of another kind of certificate";
    WARN_TIME "unreadableTime" "有効期間の日時を読めません" "the validity has a time that cannot be read";
    WARN_NOT_YET "notYetValid" "有効期間がまだ始まっていません。始まりは {} です" "valid only from {}";
    WARN_EXPIRED "expired" "有効期間が終わっています。終わりは {} でした" "expired at {}";
    WARN_ENDS_SOON "endsSoon" "有効期間が3か月以内に終わります。終わりは {} です" "ends within three months, at {}";
    WARN_RENEWABLE "renewable" "有効期間が3か月以内に終わります。終わりは {} です。市区町村の窓口で更新できます" "ends within three months, at {}; the municipality's counter renews it";
    WARN_NAME_TEXT "nameText" "氏名に、申請書に書けない文字があります：{}" "the name has a character that an application cannot hold: {}";
    WARN_ADDRESS_TEXT "addressText" "住所に、申請書に書けない文字があります：{}" "the address has a character that an application cannot hold: {}";
    WARN_LIST_SIGNATURE "listSignature" "署名が認証局のものではありません" "its signature is not the authority's";
    WARN_DELTA "delta" "変更分だけのリストです。失効の確認には使えません" "lists changes only; it answers nothing";
    WARN_INDIRECT "indirect" "ほかの発行者の証明書のリストです。失効の確認には使えません" "lists certificates of other issuers; it answers nothing";
    WARN_PARTIAL "partial" "一部の理由または証明書だけのリストです。失効の確認には使えません" "covers only some reasons or certificates; it answers nothing";
    WARN_NO_NUMBER "noNumber" "番号がありません。古いリストに差し替えられても分からないため、失効の確認には使えません" "has no number, so that an older list could stand in its place; it answers nothing";
    WARN_OLDER "older" "これより新しいリストがあります。失効の確認には使えません" "a list with a higher number is known; it answers nothing";
    WARN_OUTDATED "outdated" "古くなっています。次回の予定は {} でした" "outdated: the next one was due at {}";
    WARN_FROM_LATER "fromLater" "作成日時 {} がまだ来ていません" "made later, at {}";
    WARN_NO_NEXT_UPDATE "noNextUpdate" "いつまで使える答えなのか書かれていません" "does not say when something newer is due";
    WARN_NO_NONCE "noNonce" "ノンスがないため、古い答えが送り直されたものかもしれません" "has no nonce: it may be an old answer played back";
    WARN_SHA1 "sha1Signature" "署名にSHA-1が使われています" "signed with SHA-1";
    WARN_SHA1_CERTIFICATE "sha1Certificate" "添えられた証明書（{}）の署名にSHA-1が使われています" "a certificate that came along ({}) is signed with SHA-1";
    WARN_REFUSED "refused" "答えが得られていません：{}" "there is no answer: {}";
}

/// keyUsage, bit by bit (RFC 5280 §4.2.1.3).
pub(super) const KEY_USAGES: [Word; 9] = [
    DIGITAL_SIGNATURE,
    NON_REPUDIATION,
    KEY_ENCIPHERMENT,
    DATA_ENCIPHERMENT,
    KEY_AGREEMENT,
    KEY_CERT_SIGN,
    CRL_SIGN,
    ENCIPHER_ONLY,
    DECIPHER_ONLY,
];

/// The reasons of revocation, in the order of RFC 5280 §5.3.1.
pub(super) const REASONS: [Word; 8] = [
    UNSPECIFIED,
    KEY_COMPROMISE,
    AUTHORITY_COMPROMISE,
    AFFILIATION_CHANGED,
    SUPERSEDED,
    CESSATION,
    HOLD,
    WITHDRAWN,
];

pub(super) const fn world(world: Option<World>) -> Word {
    match world {
        Some(World::Production) => PRODUCTION,
        Some(World::JlisTest) => JLIS_TEST,
        Some(World::Lab) => LAB,
        None => NO_WORLD,
    }
}

pub(super) const fn sex(sex: Sex) -> Word {
    match sex {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
        Sex::Other => OTHER_SEX,
    }
}

pub(super) const fn era(era: Era) -> Word {
    match era {
        Era::Reiwa => REIWA,
        Era::Heisei => HEISEI,
        Era::Showa => SHOWA,
        Era::Taisho => TAISHO,
        Era::Meiji => MEIJI,
        Era::Unknown => NO_ERA,
    }
}

pub(super) const fn reason(reason: RevocationReason) -> Word {
    match reason {
        RevocationReason::Unspecified => UNSPECIFIED,
        RevocationReason::KeyCompromise => KEY_COMPROMISE,
        RevocationReason::AuthorityCompromise => AUTHORITY_COMPROMISE,
        RevocationReason::AffiliationChanged => AFFILIATION_CHANGED,
        RevocationReason::Superseded => SUPERSEDED,
        RevocationReason::CessationOfOperation => CESSATION,
        RevocationReason::Hold => HOLD,
        RevocationReason::Withdrawn(_) => WITHDRAWN,
    }
}

pub(super) const fn refusal(refusal: OcspRefusal) -> Word {
    match refusal {
        OcspRefusal::MalformedRequest => MALFORMED_REQUEST,
        OcspRefusal::InternalError => INTERNAL_ERROR,
        OcspRefusal::TryLater => TRY_LATER,
        OcspRefusal::SignatureRequired => SIGNATURE_REQUIRED,
        OcspRefusal::Unauthorized => UNAUTHORIZED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_both_languages_and_details_stand_in_both() {
        for word in ALL {
            assert!(!word.japanese.is_empty() && !word.english.is_empty(), "{word:?}");
            assert_eq!(word.japanese.contains("{}"), word.english.contains("{}"), "{word:?}");
        }
    }

    #[test]
    fn nothing_that_is_only_shown_is_called_valid() {
        for word in ALL {
            let japanese = word.japanese.replace("有効期間", "");
            assert!(!japanese.contains("有効"), "{word:?}");
        }
    }

    #[test]
    fn reasons_have_the_codes_of_the_standard() {
        for code in [0, 1, 2, 3, 4, 5, 6, 9] {
            let known = RevocationReason::from_code(code);
            assert_eq!(reason(known).code, known.code());
        }
    }
}
