//! Japanese, where files of this computer are signed: nobody is sent to a site.

use super::ja::NO_TRY_LOST;
use super::{Explanation, FileWords, JA, Troubles, Words};

/// What is said of files.
pub const FILES: FileWords = FileWords {
    before_asker: "このパソコンのファイルへの署名",
    bound_to_no_site: "サイトに結び付かない署名です",
    count: "{} 個のファイル",
    cades: "署名の形式: CAdES。ファイルごとに、署名のファイル（.p7s）を作ります。",
    jades: "署名の形式: JAdES。全部のファイルに対して、署名のファイル（.jws）を 1 つ作ります。",
    egov: "署名の形式: e-Gov の XML 署名。様式の構成情報と、添付のファイルに署名し、署名を入れた様式を作ります。",
    pades: "署名の形式: PDF の署名（PAdES）。署名を入れた PDF を、別のファイルとして作ります。",
    moj: "署名の形式: PDF の署名（法務省の登記・供託オンライン用）。署名を入れた PDF を、別のファイルとして作ります。",
    heading: "署名するファイル",
    unseen: "ファイルの中身はこの画面では確かめられません。別のソフトで開いて確かめてください。",
    unseen_beside_form: "様式の内容は、この下に出ます。そのほかのファイルの中身はこの画面では確かめられません。",
    name: "名前と大きさ",
    folder: "フォルダー",
    form: "様式の内容（構成情報）",
    not_covered: "構成情報の外（様式ID、様式バージョン、STYLESHEET、その他）は、署名の対象になりません。",
    earlier_label: "これまでの署名",
    earlier: "{} 個",
    made: "作るファイル",
    place: "保存先",
};

/// Japanese, for files.
pub const JA_FILES: Words = Words {
    heading: "次のファイルに署名します",
    banner_lab: "試験用のカードです。本物の署名ではありません。",
    banner_test: "J-LIS の試験用カードです。本物の署名ではありません。",
    signed: Explanation {
        title: "署名しました",
        tries: "",
        next: "署名のファイルを保存しました。この画面は自動で閉じます。",
    },
    cancelled_outside: Explanation {
        title: "中断されました",
        tries: "署名はしていません。",
        next: "この画面は自動で閉じます。",
    },
    troubles: Troubles {
        too_many_wrong: Explanation {
            next: "署名用パスワードを確かめてから、もう一度実行してください。",
            ..JA.troubles.too_many_wrong
        },
        self_check: Explanation {
            next: "ファイルは作っていません。カードを置き直して、もう一度実行してください。",
            ..JA.troubles.self_check
        },
        card_error: Explanation {
            tries: "ファイルは作っていません。",
            next: "カードを置き直して、もう一度実行してください。残り回数は、次の画面で確かめられます。",
            ..JA.troubles.card_error
        },
        not_delivered: Explanation {
            title: "できた署名をファイルに保存できませんでした",
            tries: NO_TRY_LOST,
            next: "ファイルは作っていません。理由は、コマンドを実行した画面に出ます。",
        },
        timeout: Explanation { next: "もう一度実行してください。", ..JA.troubles.timeout },
        ..JA.troubles
    },
    ..JA
};
