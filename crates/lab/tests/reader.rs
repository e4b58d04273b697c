//! The reader as a program, used by OpenSC, which knows the card from elsewhere.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{BufRead, BufReader, Write};
    use std::path::Path;
    use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
    use std::sync::LazyLock;
    use std::time::{Duration, Instant, SystemTime};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};
    use serde_json::{Value, json};
    use shomei_lab::{RESIDENTS, SIGNATURE_PASSWORD, World, folder};
    use tempfile::TempDir;

    static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
        let folder = TempDir::new().unwrap();
        let world = World::with_residents(SystemTime::now(), &RESIDENTS[..1]).unwrap();
        folder::write(&world, folder.path()).unwrap();
        folder
    });

    struct Reader {
        process: Child,
        orders: ChildStdin,
        events: BufReader<ChildStdout>,
        socket: String,
    }

    impl Reader {
        fn start(more: &[&str]) -> Self {
            let mut process = Command::new(env!("CARGO_BIN_EXE_shomei-lab"))
                .args(["reader", "--card"])
                .arg(card())
                .args(more)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let orders = process.stdin.take().unwrap();
            let events = BufReader::new(process.stdout.take().unwrap());
            let mut reader = Self { process, orders, events, socket: String::new() };
            let ready = reader.event();
            assert_eq!(ready["event"], "ready");
            assert_eq!(ready["reader"], "Virtual PCD 00 00");
            ready["socket"].as_str().unwrap().clone_into(&mut reader.socket);
            reader
        }

        fn event(&mut self) -> Value {
            let mut line = String::new();
            self.events.read_line(&mut line).unwrap();
            serde_json::from_str(&line).unwrap()
        }

        fn order(&mut self, order: &str) -> Value {
            writeln!(self.orders, "{order}").unwrap();
            self.event()
        }

        /// What a PC/SC program prints with this reader.
        fn output(&self, program: &str, arguments: &[&str]) -> String {
            let output = Command::new(program)
                .args(arguments)
                .env("PCSCLITE_CSOCK_NAME", &self.socket)
                .output()
                .unwrap();
            [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat()
        }

        /// The process ids of pcscd and whatever else the reader started.
        fn children(&self) -> Vec<i32> {
            let id = self.process.id();
            let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
            children.split_whitespace().map(|id| id.parse().unwrap()).collect()
        }
    }

    fn card() -> std::path::PathBuf {
        FOLDER.path().join("cards/yamada-taro")
    }

    fn pem_of(certificate: &Path) -> String {
        let output = Command::new("openssl")
            .args(["x509", "-inform", "DER", "-in"])
            .arg(certificate)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn opensc_knows_the_card_and_reads_its_certificates() {
        let reader = Reader::start(&[]);
        assert!(reader.output("opensc-tool", &["--name"]).starts_with("jpki\n"));
        assert!(reader.output("opensc-tool", &["--atr"]).starts_with("3b:e0:00:ff:81:31:fe:45:14\n"));
        let free = reader.output("pkcs15-tool", &["--read-certificate", "1"]);
        assert!(free.contains(&pem_of(&card().join("authentication-certificate.der"))), "{free}");
        let arguments =
            ["--read-certificate", "2", "--verify-pin", "--auth-id", "2", "--pin", SIGNATURE_PASSWORD];
        let guarded = reader.output("pkcs15-tool", &arguments);
        assert!(guarded.contains(&pem_of(&card().join("signature-certificate.der"))), "{guarded}");
    }

    #[test]
    fn insertions_removals_and_exchanges_are_told_as_pcsc_sees_them() {
        let mut reader = Reader::start(&["--empty"]);
        assert!(reader.output("opensc-tool", &["--name"]).contains("Card not present"));
        assert_eq!(reader.order("insert"), json!({"event": "inserted"}));
        assert_eq!(reader.order("count")["exchanges"], json!(0));
        let selected = ["--card-driver", "default", "--send-apdu", "00A4040C0AD392F000260100000001"];
        let said = reader.output("opensc-tool", &selected);
        assert!(said.contains("SW1=0x90, SW2=0x00"), "{said}");
        assert!(reader.order("count")["exchanges"].as_u64().unwrap() > 0);
        assert_eq!(reader.order("count")["exchanges"], json!(0));
        assert_eq!(reader.order("remove"), json!({"event": "removed"}));
        assert!(reader.output("opensc-tool", &["--name"]).contains("Card not present"));
        assert_eq!(reader.order("dance"), json!({"event": "unknown", "order": "dance"}));
    }

    #[test]
    fn two_hundred_exchanges_wait_for_no_delayed_acknowledgement() {
        const EXCHANGES: usize = 200;
        let reader = Reader::start(&[]);
        let send = |times: usize| {
            let sends = ["--send-apdu", "0084000008"].repeat(times);
            let arguments = [["--card-driver", "default"].as_slice(), &sends].concat();
            let start = Instant::now();
            let said = reader.output("opensc-tool", &arguments);
            assert_eq!(said.matches("SW1=0x90, SW2=0x00").count(), times, "{said}");
            start.elapsed()
        };
        let start_up = send(1);
        // 40 ms each would be 8 s in all.
        assert!(send(EXCHANGES).saturating_sub(start_up) < Duration::from_secs(2));
    }

    #[test]
    fn nothing_stays_behind_however_the_reader_ends() {
        type End = fn(Reader);
        let cases: [(&str, End); 3] = [
            ("the end of its input", |Reader { mut process, orders, .. }| {
                drop(orders);
                assert!(process.wait().unwrap().success());
            }),
            ("quit", |mut reader| {
                writeln!(reader.orders, "quit").unwrap();
                assert!(reader.process.wait().unwrap().success());
            }),
            ("being killed", |mut reader| {
                reader.process.kill().unwrap();
                reader.process.wait().unwrap();
            }),
        ];
        for (what, end) in cases {
            let reader = Reader::start(&[]);
            let children = reader.children();
            assert_eq!(children.len(), 1, "{what}");
            let child = pidfd_open(Pid::from_raw(children[0]).unwrap(), PidfdFlags::empty()).unwrap();
            end(reader);
            let patience = Timespec { tv_sec: 5, tv_nsec: 0 };
            let ended = poll(&mut [PollFd::new(&child, PollFlags::IN)], Some(&patience)).unwrap();
            assert_eq!(ended, 1, "{what}: pcscd is still there");
        }
    }
}
