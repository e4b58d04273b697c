//! Japanese. Short sentences: what happened, whether a try was lost, what to do next.

use super::ja_files::FILES;
use super::{Explanation, LastTry, Notes, Shapes, Steps, Troubles, Waiting, Words};

pub(super) const NO_TRY_LOST: &str = "パスワードの残り回数は減っていません。";
const INPUT_KEPT: &str = "サイトに入力した内容は残っています。";

/// Japanese.
pub const JA: Words = Words {
    window_title: "Shomei 署名の確認",
    heading: "この内容に署名します",
    site: "署名を求めているサイト",
    recipient: "提出先",
    banner_development: "試験用の設定です。本物の申請ではありません。",
    banner_lab: "試験用のカードです。本物の申請ではありません。",
    banner_test: "J-LIS の試験用カードです。本物の申請ではありません。",
    fields: "申請の内容",
    attachments: "添付ファイル",
    attachments_unseen: "添付ファイルの中身はこの画面では確かめられません。",
    notices: "確認した事項",
    reveals: "署名で相手に伝わること",
    reveals_text: "署名したファイルには、あなたの署名用電子証明書が入ります。そこに書かれた氏名・住所・生年月日・性別は、ファイルを受け取った人が読むことができます。個人番号（マイナンバー）は入りません。",
    empty: "（入力なし）",
    code: "コード",
    digest: "ファイルの指紋（SHA-256）",
    individual_number: "個人番号（マイナンバー）のような 12 けたの数字があります。求められていない場合は、やめて入力し直してください。",
    unseen_characters: "この画面で表示できない文字があります:",
    read_on: "最後まで確かめると、パスワードの入力欄が出ます。",
    scroll_on: "次へ進む",
    cancel: "署名しない",
    close: "閉じる",
    sign: "署名する",
    password: "署名用パスワード",
    password_shape: "英字と数字を組み合わせた 6〜16 文字です。",
    show: "文字を表示する",
    hide: "文字を隠す",
    count: "{} 文字",
    tries: "残り {} 回",
    reader: "カードリーダー: {}",
    reader_among_several: "マイナンバーカードのあるカードリーダー: {}",
    reader_without_name: "（名前なし）",
    pad: "署名用パスワードには英字があるので、カードリーダーの番号キーでは入力できません。この画面に入力してください。",
    wrong: "パスワードが違います。1 回減って、残り {} 回です。",
    not_yet: "キーボードから手を離して少しお待ちください",
    notes: Notes {
        capitalised: "小文字は大文字として入力しました。",
        narrowed: "全角文字は半角文字として入力しました。",
        refused: "使えない文字は入力していません。使えるのは英字と数字だけです。",
        full: "16 文字を超えた分は入力していません。",
    },
    shapes: Shapes {
        looks_like_pin: "4 けたの数字は別の暗証番号のようです。カードには送っていません。",
        short: "6 文字以上を入力してください。",
    },
    waiting: Waiting {
        looking: Explanation {
            title: "カードを確かめています", tries: "", next: "少しお待ちください。"
        },
        service: Explanation {
            title: "カードを読むためのサービスが動いていません",
            tries: "",
            next: "サービス（pcscd）を起動してください。動きだすと、自動で次へ進みます。",
        },
        reader: Explanation {
            title: "カードリーダーが見つかりません",
            tries: "",
            next: "カードリーダーをパソコンにつないでください。つながると、自動で次へ進みます。",
        },
        card: Explanation {
            title: "カードを置いてください",
            tries: "",
            next: "マイナンバーカードをカードリーダーに置く（差し込む）と、自動で次へ進みます。置いたら動かさないでください。",
        },
        other_card: Explanation {
            title: "マイナンバーカードではないようです",
            tries: "",
            next: "マイナンバーカードに置きかえてください。自動で次へ進みます。",
        },
        in_use: Explanation {
            title: "ほかのソフトがカードを使っています",
            tries: "",
            next: "ほかのソフト（JPKI 利用者ソフト、e-Tax など）を終了してください。終わると、自動で次へ進みます。",
        },
        mute: Explanation {
            title: "カードを読み取れません",
            tries: "",
            next: "カードの表裏と位置を確かめて、置き直してください。金属の机の上は避けてください。",
        },
        silent: Explanation {
            title: "カードが返事をしません",
            tries: "",
            next: "カードを動かさずに、もう少しお待ちください。変わらないときは、カードを取り出して、置き直してください。",
        },
        silent_at_work: Explanation {
            title: "カードが返事をしません",
            tries: "パスワードの回数が減ったかどうかは、カードを読み直すまで分かりません。",
            next: "カードを動かさずに、もう少しお待ちください。変わらないときは、カードを取り出して、置き直してください。残り回数を読み直して、次へ進みます。",
        },
        several_cards: Explanation {
            title: "マイナンバーカードが 2 枚以上あります",
            tries: "",
            next: "署名に使う 1 枚だけを残して、ほかを取り出してください。取り出すと、自動で次へ進みます。",
        },
        removed: Explanation {
            title: "途中でカードが外れました。署名はできていません",
            tries: "",
            next: "カードを置き直してください。残り回数をカードから読み直して、次へ進みます。",
        },
        service_stopped: "途中でサービスが止まりました。署名はできていません",
        broken_off: "途中でカードとのやりとりが切れました。署名はできていません",
    },
    steps: Steps {
        unlocking: "パスワードを確かめています",
        reading: "証明書を読んでいます",
        signing: "署名しています",
        checking: "署名を確かめています",
        hold_still: "カードを動かさないでください。",
    },
    last_try: LastTry {
        title: "入力できるのは、あと 1 回だけです",
        text: "次に間違えると、署名用パスワードがロックされます。ロックを解くには、市区町村の窓口か、コンビニのキオスク端末での手続きが必要です。パスワードに自信がありますか。",
        yes: "入力する",
        no: "署名しない",
    },
    signed: Explanation {
        title: "署名しました",
        tries: "",
        next: "この画面は自動で閉じます。続きはサイトの画面で確かめてください。",
    },
    cancelled_outside: Explanation {
        title: "サイトの側で取り消されました",
        tries: "署名はしていません。",
        next: "この画面は自動で閉じます。",
    },
    troubles: Troubles {
        blocked: Explanation {
            title: "署名用パスワードがロックされています",
            tries: "決められた回数を続けて間違えたためです。",
            next: "市区町村の窓口か、コンビニのキオスク端末（スマートフォンのアプリで予約）で再設定してください。そのあと、もう一度署名できます。",
        },
        too_many_wrong: Explanation {
            title: "パスワードを 3 回間違えたので、止めました",
            tries: "残り回数が減っています。続けるとロックされるおそれがあります。",
            next: "署名用パスワードを確かめてから、サイトの画面でやり直してください。サイトに入力した内容は残っています。",
        },
        no_certificate: Explanation {
            title: "このカードには署名用電子証明書が入っていません",
            tries: NO_TRY_LOST,
            next: "市区町村の窓口で発行を受けられます（15 歳未満の方などには発行されていません）。",
        },
        expired: Explanation {
            title: "署名用電子証明書の有効期間が終わっています",
            tries: NO_TRY_LOST,
            next: "市区町村の窓口で更新してください。更新すると、もう一度署名できます。",
        },
        not_yet_valid: Explanation {
            title: "署名用電子証明書の有効期間が始まっていません",
            tries: NO_TRY_LOST,
            next: "パソコンの日付と時刻が正しいか、確かめてください。",
        },
        unknown_certificate: Explanation {
            title: "このカードの証明書は扱えません",
            tries: NO_TRY_LOST,
            next: "マイナンバーカードであることを確かめてください。続く場合は、市区町村の窓口に相談してください。",
        },
        self_check: Explanation {
            title: "できた署名を確かめたところ、正しくありませんでした",
            tries: NO_TRY_LOST,
            next: "署名は送っていません。カードを置き直して、サイトの画面でやり直してください。",
        },
        card_error: Explanation {
            title: "カードが思いがけない返事をしたので、止めました",
            tries: "署名は送っていません。",
            next: "カードを置き直して、サイトの画面でやり直してください。残り回数は、次の画面で確かめられます。",
        },
        unfit_file: Explanation {
            title: "このファイルには署名を加えられません",
            tries: NO_TRY_LOST,
            next: "少し待ってから、もう一度実行してください。続く場合は、ファイルを作ったソフトで作り直してください。",
        },
        not_delivered: Explanation {
            title: "できた署名を渡せませんでした",
            tries: NO_TRY_LOST,
            next: "サイトの画面でやり直してください。サイトに入力した内容は残っています。",
        },
        timeout: Explanation {
            title: "時間が過ぎたので、止めました", tries: NO_TRY_LOST, next: INPUT_KEPT
        },
    },
    minutes_left: "あと {} 分で、この画面は閉じます",
    files: FILES,
};
