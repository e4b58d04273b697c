//! Why the site does not take a request, in one code for programs and one sentence for the resident.
//!
//! Every sentence says what happened and what to do next. Codes are stable; they are listed in `README.md`.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;

/// A refusal. None of them consumes a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum Refusal {
    /// The request came from another site's page, or did not say where it came from.
    CrossSite,
    /// The body is longer than the limit.
    TooLarge,
    /// The body did not arrive in time.
    TooSlow,
    /// The body is not of the media type that the route takes.
    WrongMediaType,
    /// The body of `POST /challenges` is not what it should be.
    UnreadableRequest,
    /// There is no such page, procedure or receipt, or the receipt is another browser's.
    NotFound,
    /// The browser sent no session, or its session is over.
    NoSession,
    /// The body is no signed application.
    UnreadableEnvelope,
    /// The signed bytes are no application document in canonical form.
    UnreadableDocument,
    /// The challenge was never issued to this browser.
    UnknownChallenge,
    /// The challenge's time is over.
    ChallengeExpired,
    /// The challenge was consumed by another application.
    ChallengeUsed,
    /// The application is addressed to another authority.
    WrongRecipient,
    /// The application was made for another site.
    WrongOrigin,
    /// The application follows another procedure, or another version of it.
    WrongProcedure,
    /// A label, field, choice or notice is not the procedure's.
    ContentsRefused,
    /// Something in it looks like an individual number (個人番号), which this procedure must not receive.
    IndividualNumber,
    /// The signature or its container does not hold.
    SignatureInvalid,
    /// The certificate is not a signature certificate of this world.
    CertificateNotTrusted,
    /// The certificate is not valid at this time.
    CertificateExpired,
    /// The certificate was revoked.
    CertificateRevoked,
    /// Whether the certificate is revoked is unknown, and the site was built not to accept that.
    RevocationUnknown,
    /// Name or date of birth in the form are not those of the certificate.
    ApplicantMismatch,
    /// The site cannot do its work for now. The same signed application can be sent again.
    TemporarilyUnavailable,
}

#[derive(Serialize)]
struct Body {
    code: &'static str,
    sentence: &'static str,
}

impl Refusal {
    /// The stable code, kebab-case.
    pub fn code(self) -> &'static str {
        match self {
            Self::CrossSite => "cross-site",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::WrongMediaType => "wrong-media-type",
            Self::UnreadableRequest => "unreadable-request",
            Self::NotFound => "not-found",
            Self::NoSession => "no-session",
            Self::UnreadableEnvelope => "unreadable-envelope",
            Self::UnreadableDocument => "unreadable-document",
            Self::UnknownChallenge => "unknown-challenge",
            Self::ChallengeExpired => "challenge-expired",
            Self::ChallengeUsed => "challenge-used",
            Self::WrongRecipient => "wrong-recipient",
            Self::WrongOrigin => "wrong-origin",
            Self::WrongProcedure => "wrong-procedure",
            Self::ContentsRefused => "contents-refused",
            Self::IndividualNumber => "individual-number",
            Self::SignatureInvalid => "signature-invalid",
            Self::CertificateNotTrusted => "certificate-not-trusted",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateRevoked => "certificate-revoked",
            Self::RevocationUnknown => "revocation-unknown",
            Self::ApplicantMismatch => "applicant-mismatch",
            Self::TemporarilyUnavailable => "temporarily-unavailable",
        }
    }

    /// What happened and what to do next, in Japanese.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::CrossSite => {
                "ほかのサイトから送られたため、受け付けませんでした。みほん市の申請ページを開き直して、そこから申請してください。"
            }
            Self::TooLarge => {
                "申請データが大きすぎるため、受け付けられませんでした。長い文章を短くして、もう一度署名してください。"
            }
            Self::TooSlow => {
                "申請データの受信に時間がかかりすぎました。インターネットのつながり具合を確かめて、もう一度送ってください。"
            }
            Self::WrongMediaType | Self::UnreadableRequest => {
                "送られたデータの形式が違うため、受け付けられませんでした。申請ページを開き直して、もう一度お試しください。"
            }
            Self::NotFound => {
                "お探しのページは見つかりませんでした。受付票は、申請に使ったブラウザーで、申請した日のうちに開いてください。"
            }
            Self::NoSession => {
                "この申請を始めた記録が見つかりません。入力した内容をもう一度確認し、署名し直してください。クッキーを使えない設定のときは、使える設定にしてください。"
            }
            Self::UnreadableEnvelope | Self::UnreadableDocument => {
                "申請データを読み取れませんでした。入力内容の確認へ戻り、もう一度署名してください。"
            }
            Self::UnknownChallenge => {
                "この申請は、このブラウザーで確認したものではありません。入力内容の確認へ戻り、もう一度署名してください。"
            }
            Self::ChallengeExpired => {
                "確認してから時間がたったため、期限が切れました。入力内容の確認へ戻り、もう一度署名してください。"
            }
            Self::ChallengeUsed => {
                "この確認内容での申請は、すでに受け付けています。新しく申請するときは、入力内容の確認からやり直してください。"
            }
            Self::WrongRecipient => {
                "みほん市あての申請ではないため、受け付けられませんでした。申請先を確かめて、申請先のサイトから申請してください。"
            }
            Self::WrongOrigin => {
                "ほかのサイトで作られた申請のため、受け付けられませんでした。みほん市の申請ページで、もう一度署名してください。"
            }
            Self::WrongProcedure => {
                "手続きの内容が新しくなったため、受け付けられませんでした。申請ページを開き直して、もう一度入力してください。"
            }
            Self::ContentsRefused => {
                "申請の内容が手続きの定めと違うため、受け付けられませんでした。入力内容を確かめて、もう一度署名してください。"
            }
            Self::IndividualNumber => {
                "個人番号（マイナンバー）と思われる数字が入っているため、受け付けませんでした。内容は保存していません。その数字を消して、もう一度署名してください。"
            }
            Self::SignatureInvalid => {
                "電子署名を確かめられませんでした。途中で内容が変わったおそれがあります。入力内容の確認へ戻り、もう一度署名してください。"
            }
            Self::CertificateNotTrusted => {
                "この申請に使える署名用電子証明書ではありません。マイナンバーカードの署名用電子証明書で署名してください。"
            }
            Self::CertificateExpired => {
                "署名用電子証明書の有効期間の外です。お住まいの市区町村の窓口で更新してから、もう一度申請してください。"
            }
            Self::CertificateRevoked => {
                "署名用電子証明書は失効しています。引っ越しや氏名の変更のあとに多く見られます。お住まいの市区町村の窓口で新しい証明書を受け取ってから、もう一度申請してください。"
            }
            Self::RevocationUnknown => {
                "署名用電子証明書が失効していないかを、いま確かめられません。申請は保存していません。時間をおいて、もう一度署名してください。"
            }
            Self::ApplicantMismatch => {
                "入力した氏名または生年月日が、署名用電子証明書と違います。カードと同じ氏名・生年月日か確かめて、もう一度署名してください。"
            }
            Self::TemporarilyUnavailable => {
                "ただいま受付が混み合っているか、一時的に止まっています。署名はそのまま使えます。少し待って「もう一度送る」を押してください。"
            }
        }
    }

    /// The HTTP status (RFC 9110 §15).
    pub fn status(self) -> StatusCode {
        match self {
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NoSession => StatusCode::UNAUTHORIZED,
            Self::UnreadableRequest | Self::UnreadableEnvelope | Self::UnreadableDocument => {
                StatusCode::BAD_REQUEST
            }
            Self::UnknownChallenge | Self::ChallengeExpired | Self::ChallengeUsed => StatusCode::CONFLICT,
            Self::TemporarilyUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Body { code: self.code(), sentence: self.sentence() };
        let headers = [(header::CACHE_CONTROL, "no-store")];
        // The extension is for the journal, which stands around every route.
        (self.status(), Extension(self), headers, Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    /// The codes are read from this very file, so that a new one cannot be forgotten.
    #[test]
    fn the_readme_lists_every_code() {
        let readme = include_str!("../README.md");
        let codes = include_str!("refusal.rs").lines().filter_map(|line| {
            line.trim()
                .strip_prefix("Self::")?
                .split_once(" => \"")
                .map(|(_, rest)| rest.trim_end_matches("\","))
        });
        let missing: Vec<_> =
            codes.clone().filter(|code| !readme.contains(&format!("| `{code}` |"))).collect();
        assert!(codes.count() > 20 && missing.is_empty(), "{missing:?}");
    }
}
