//! Every rule of the counter with the page that it comes from.

use std::fmt;

/// Said of a rule that no page states. Each hangs on one of the [`Switches`](super::Switches).
pub const NO_SOURCE: &str = "no source";

/// Writes the enum and its table down once: a rule, its id, its sentence in Japanese and in English, its source.
macro_rules! rules {
    ($($name:ident, $id:literal, $japanese:literal, $english:literal, $source:expr;)*) => {
        /// A rule of the counter. Its source is a page by its site's name and section; pages of the years of the
        /// juki card count where the rule outlived it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $english] $name,)*
        }

        impl Rule {
            /// All of them, in the order of the table in `docs/counter.md`.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// A short name that does not change.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The rule in one Japanese sentence.
            #[must_use]
            pub const fn japanese(self) -> &'static str {
                match self { $(Self::$name => $japanese,)* }
            }

            /// The rule in one English sentence.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }

            /// Where it comes from, or [`NO_SOURCE`].
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

rules! {
    OnTheRegister, "on-the-register",
        "電子証明書は、住民基本台帳に記録されている方に発行します。",
        "Certificates are issued to those on the register of residents.",
        "稲沢市「公的個人認証サービス」ID:595「申請できるかた」";
    SignatureFromFifteen, "signature-from-fifteen",
        "署名用電子証明書は、15歳以上の方に発行します。",
        "A signature certificate is issued from the age of 15.",
        "稲沢市「公的個人認証サービス」ID:595「申請できるかた」";
    SignatureForWards, "signature-for-wards",
        "成年被後見人の方には、特別な事情がある場合を除き、署名用電子証明書を発行しません。",
        "An adult ward gets a signature certificate in special circumstances only.",
        "千葉県内の市（市民課）「公的個人認証サービス」「公的個人認証サービスを利用できる人の制限について」";
    CardNeeded, "card-needed",
        "電子証明書は、有効なマイナンバーカードに記録します。",
        "Certificates go onto a My Number Card that is in force.",
        "稲沢市「公的個人認証サービス」ID:595「ご用意いただくもの」";
    CardExpiry, "card-expiry",
        "マイナンバーカードの有効期間は、発行から10回目（18歳未満の方は5回目）の誕生日までです。",
        "A card ends on the 10th birthday after its issue, or the 5th of someone under 18 then.",
        "松山市 d-denshisyoumeitoha.html";
    OneOfEach, "one-of-each",
        "有効なカードや電子証明書をお持ちの間は、同じものを新しく発行しません。",
        "While a card or certificate is in force, no second one is issued.",
        NO_SOURCE;
    SubstituteCharacters, "substitute-characters",
        "氏名・住所にJIS第一水準・第二水準・補助漢字にない文字があるときは、代替文字を選びます。",
        "For characters outside JIS X 0208 and JIS X 0212, substitutes are chosen.",
        "稲沢市「公的個人認証サービス」ID:595「その他の注意事項」";
    FifthBirthday, "fifth-birthday",
        "電子証明書の有効期間は、発行日後の5回目の誕生日までです。",
        "A certificate ends on the 5th birthday after the day of issue.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の有効期間」";
    SixthBirthday, "sixth-birthday",
        "有効期間が満了する前に更新した電子証明書の有効期間は、発行した日から後の6回目の誕生日までです。",
        "A certificate renewed before its end runs to the 6th birthday after that day.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の更新」";
    NotBeyondTheCard, "not-beyond-the-card",
        "電子証明書の有効期間は、マイナンバーカードの有効期間を超えません。",
        "No certificate outlives the card.",
        "松山市 d-denshisyoumeitoha.html";
    NotBeyondAuthentication, "not-beyond-authentication",
        "署名用電子証明書の有効期間は、利用者証明用電子証明書の有効期間を超えません。",
        "A signature certificate does not outlive the authentication certificate.",
        "jpki.go.jp procedure/period.html";
    NotBeyondTheStay, "not-beyond-the-stay",
        "外国人住民の方の電子証明書の有効期間は、在留期間を超えません。",
        "A foreign resident's certificate does not outlive the period of stay.",
        "yng-cms（市の電子証明書の案内）";
    RenewalFromThreeMonths, "renewal-from-three-months",
        "更新の手続きは、有効期間満了日の3か月前からできます。",
        "Renewal is possible from three months before the last day.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の更新」";
    RenewalOfWhatIsInForce, "renewal-of-what-is-in-force",
        "更新できるのは有効な電子証明書です。失効または満了した後は、新しく発行を受けられます。",
        "Only a certificate in force is renewed; after its end or revocation a new one is issued.",
        "千葉県内の市（市民課）「公的個人認証サービス」「有効期間満了に伴う電子証明書の更新手続のお知らせ」";
    RenewalSupersedes, "renewal-supersedes",
        "更新すると、それまでの電子証明書は直ちに失効します。",
        "Renewal revokes the certificate before it at once.",
        "千葉県内の市（市民課）「公的個人認証サービス」「有効期間満了に伴う電子証明書の更新手続のお知らせ」";
    RevokedOnRequest, "revoked-on-request",
        "（ア）利用者が失効を申請した電子証明書は、効力を失います。",
        "(ア) A certificate is revoked at its holder's request.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」（ア）";
    RevokedForItsKey, "revoked-for-its-key",
        "（イ）秘密鍵が漏えい・き損した電子証明書は、効力を失います。",
        "(イ) A certificate is revoked when its private key leaked or broke.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」（イ）";
    RevokedForItsItems, "revoked-for-its-items",
        "（ウ）氏名・生年月日・性別・住所のいずれかが変わると、署名用電子証明書は効力を失います。",
        "(ウ) A change of name, date of birth, sex or address revokes the signature certificate.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」（ウ）注2";
    AuthenticationStays, "authentication-stays",
        "利用者証明用電子証明書には基本4情報がないため、氏名や住所が変わっても効力を失いません。",
        "The authentication certificate names no items and outlives their change.",
        "デジタル庁「JPKI-introduction」";
    RevokedForAnError, "revoked-for-an-error",
        "（エ）記録誤りのある電子証明書は、効力を失います。",
        "(エ) A certificate with an error in its record is revoked.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」（エ）";
    RevokedForItsAuthority, "revoked-for-its-authority",
        "（オ）発行者署名符号が漏えい・き損すると、それで署名した電子証明書はすべて効力を失います。",
        "(オ) When an authority's key leaked or broke, all its certificates are revoked.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」（オ）";
    RevokedExOfficio, "revoked-ex-officio",
        "発行者は、職権で電子証明書を失効させることがあります。",
        "The issuer revokes certificates of its own accord (職権失効).",
        "中野区「公的個人認証サービス（電子証明書の発行）」ページID 001191「失効するとき」4";
    RevokedForItsAlias, "revoked-for-its-alias",
        "外国人住民の方が通称を記載・変更・削除すると、署名用電子証明書は効力を失います。",
        "A foreign resident's new, changed or deleted alias revokes the signature certificate.",
        "練馬区「公的個人認証サービスのご案内」「電子証明書の有効期間」注釈1";
    RevokedAtDeath, "revoked-at-death",
        "亡くなられた方の電子証明書は、どちらも効力を失います。",
        "Death revokes both certificates.",
        "デジタル庁「JPKI-introduction」";
    RevokedAbroad, "revoked-abroad",
        "国外へ転出すると、電子証明書はどちらも効力を失います。",
        "Moving abroad revokes both certificates.",
        "デジタル庁「JPKI-introduction」";
    KeptAbroad, "kept-abroad",
        "国外でカードの利用を続ける場合は、転出の日に署名用電子証明書だけが効力を失います。",
        "Who keeps the card abroad loses the signature certificate only, on the day of departure.",
        "マイナンバーカードの国外継続利用（2024年5月27日開始）";
    OnlyWhatIsInForce, "only-what-is-in-force",
        "満了または失効した電子証明書は、すでに効力を失っています。",
        "A certificate that ended or was revoked has nothing left to lose.",
        "稲沢市「公的個人認証サービス」ID:595「電子証明書の失効の条件」";
    LossByTelephone, "loss-by-telephone",
        "紛失・盗難のときは、まず24時間の電話窓口でカードの一時停止を届け出ます。",
        "Loss is first reported to the helpline, day or night, which suspends the card.",
        "マイナンバーカードの一時停止の電話窓口（24時間）";
    LossToThePolice, "loss-to-the-police",
        "次に警察署へ届け出て、受理番号を控えます。",
        "Then it is reported to the police, who give a number.",
        "中野区「公的個人認証サービス（電子証明書の発行）」ページID 001191「紛失・盗難があったとき」";
    LossAtTheCounter, "loss-at-the-counter",
        "窓口で紛失を届け出ると（秘密鍵漏えい等届出）、電子証明書は失効します。",
        "Loss reported at the counter revokes the certificates.",
        "中野区「公的個人認証サービス（電子証明書の発行）」ページID 001191「紛失・盗難があったとき」";
    UnlockAtTheCounter, "unlock-at-the-counter",
        "ロックの解除は、住民票のある市区町村の窓口で、本人確認のうえ行います。",
        "Passwords are unlocked at the counter where the resident is registered, against a document.",
        "総務省「公的個人認証」よくある質問 Q13";
    InitialiseAtTheCounter, "initialise-at-the-counter",
        "パスワードの初期化は、住民票のある市区町村の窓口で、本人確認のうえ行います。",
        "Passwords are set anew at the counter where the resident is registered, against a document.",
        "総務省「公的個人認証」よくある質問 Q12";
    KioskForTheSignature, "kiosk-for-the-signature",
        "コンビニ等の端末では、利用者証明用暗証番号を使って署名用パスワードだけを初期化できます。",
        "A kiosk sets the signature password anew, and only that, for who has the other PIN.",
        "jpki.go.jp procedure/password.html";
    DocumentWithPhotograph, "document-with-photograph",
        "本人確認書類は、官公署が発行した顔写真付きのものに限ります。",
        "Documents must be official ones with a photograph.",
        "稲沢市「公的個人認証サービス」ID:595「ご用意いただくもの」注1";
    DocumentInDate, "document-in-date",
        "期限切れなどで無効な本人確認書類は使えません。",
        "Documents that are out of date do not count.",
        "練馬区「公的個人認証サービスのご案内」「電子証明書の交付申請方法は」";
    DocumentAgrees, "document-agrees",
        "本人確認書類の氏名・住所は、住民登録の内容と一致している必要があります。",
        "Name and address on a document must be those of the register.",
        "中野区「公的個人認証サービス（電子証明書の発行）」ページID 001191「手続きに必要なもの」";
    AgentWithDocument, "agent-with-document",
        "本人確認書類をお持ちでない方は、代理人になれません。",
        "Nobody is an agent without a document.",
        "稲沢市「公的個人認証サービス」ID:595「ご用意いただくもの」ご注意";
    AgentNotTheSameDay, "agent-not-the-same-day",
        "代理人による申請は、照会書兼回答書で確認するため、即日では行えません。",
        "An agent waits for the inquiry by post, and gets nothing the same day.",
        "稲沢市「公的個人認証サービス」ID:595「ご用意いただくもの」ご注意";
    AnswerWithinThirtyDays, "answer-within-thirty-days",
        "照会書兼回答書は、30日以内に窓口へお持ちください。",
        "The answer to the inquiry is brought within 30 days.",
        "稲沢市「公的個人認証サービス」ID:595「ご用意いただくもの」ご注意";
    JukiThreeYears, "juki-three-years",
        "住民基本台帳カードの電子証明書の有効期間は、発行の日から3年間です。",
        "The certificate of a juki card was valid for three years.",
        "中野区「公的個人認証サービス（電子証明書の発行）」ページID 001191「電子証明書の有効期間」";
    JukiIssuedUntil2015, "juki-issued-until-2015",
        "住民基本台帳カードへの発行は平成27年12月22日に終了し、平成30年12月22日より後に有効なものはありません。",
        "Issue onto juki cards ended on 2015-12-22, so none is valid after 2018-12-22.",
        "稲沢市「公的個人認証サービス」ID:595「住民基本台帳カードへの電子証明書の発行終了について」";
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
