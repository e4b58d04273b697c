//! Every difference between the lab's certificates and real ones that is meant to be there.

/// A field, what the lab's certificate has there, what the test card's has, and why they differ.
pub(super) type Difference = (&'static str, &'static str, &'static str, &'static str);

const OTHER_ORGANIZATION: &str = "the lab never passes for the public service";
const OTHER_HOLDER: &str = "another person, living elsewhere";
const OTHER_POLICY: &str = "the lab's own policies, under the project's arc";
const LONGER_SERIAL: &str = "production certificates have four octets, test cards three";

pub(super) const SIGNATURE: [Difference; 17] = [
    ("serial number", "positive: true, 4 octets", "positive: true, 3 octets", LONGER_SERIAL),
    ("issuer 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "issuer 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    ("subject 1", "550407 UTF8String Chiba-ken", "550407 UTF8String Tokyo-to", OTHER_HOLDER),
    ("subject 2", "550407 UTF8String Mihon-shi", "550407 UTF8String Kiyose-shi", OTHER_HOLDER),
    ("subjectAltName.0.1.0", "UTF8String 山田\u{3000}太郎", "UTF8String 黒桐\u{3000}幹也", OTHER_HOLDER),
    ("subjectAltName.1.1.0", "UTF8String 319850401", "UTF8String 319800217", OTHER_HOLDER),
    (
        "subjectAltName.3.1.0",
        "UTF8String 千葉県みほん市本町１丁目２番３号",
        "UTF8String 東京都清瀬市観布子南１２－７－２０２",
        OTHER_HOLDER,
    ),
    ("subjectAltName.5.1.0", "UTF8String 0000000000000000", "UTF8String 000000000000000000", OTHER_HOLDER),
    (
        "certificatePolicies.0.0",
        "06 6981A1CFB8AE9091E2A3D7B3F8E59D87A9E8E41B02",
        "06 2A83088C9B550805010014",
        OTHER_POLICY,
    ),
    (
        "certificatePolicies.0.1.0.1",
        "16 http://lab.shomei.invalid/cps.html",
        "16 http://www.jpki.go.jp/cps.html",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.1.0.1",
        "UTF8String 試験用認証サービス",
        "UTF8String 公的個人認証サービス",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.2.0.1",
        "UTF8String 試験用認証サービス署名用",
        "UTF8String 公的個人認証サービス署名用",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.3.0.1",
        "UTF8String 架空の試験用情報システム機構",
        "UTF8String 地方公共団体情報システム機構",
        OTHER_ORGANIZATION,
    ),
    (
        "cRLDistributionPoints.0.0.0.0.0.1.0.1",
        "UTF8String SHOMEI-LAB",
        "UTF8String JPKI-TEST",
        OTHER_ORGANIZATION,
    ),
    ("cRLDistributionPoints.0.0.0.0.0.4.0.1", "UTF8String Chiba-ken", "UTF8String Tokyo-to", OTHER_HOLDER),
    (
        "cRLDistributionPoints.0.0.0.0.0.5.0.1",
        "UTF8String Mihon-shi CRLDP",
        "UTF8String Kiyose-shi CRLDP",
        OTHER_HOLDER,
    ),
];

pub(super) const AUTHENTICATION: [Difference; 12] = [
    ("serial number", "positive: true, 4 octets", "positive: true, 3 octets", LONGER_SERIAL),
    ("issuer 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "issuer 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    (
        "certificatePolicies.0.0",
        "06 6981A1CFB8AE9091E2A3D7B3F8E59D87A9E8E41B03",
        "06 2A83088C9B55080501001E",
        OTHER_POLICY,
    ),
    (
        "certificatePolicies.0.1.0.1",
        "16 http://lab.shomei.invalid/cps.html",
        "16 http://www.jpki.go.jp/cps.html",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.1.0.1",
        "UTF8String 試験用認証サービス",
        "UTF8String 公的個人認証サービス",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.2.0.1",
        "UTF8String 試験用認証サービス利用者証明用",
        "UTF8String 公的個人認証サービス利用者証明用",
        OTHER_ORGANIZATION,
    ),
    (
        "issuerAltName.0.0.3.0.1",
        "UTF8String 架空の試験用情報システム機構",
        "UTF8String 地方公共団体情報システム機構",
        OTHER_ORGANIZATION,
    ),
    (
        "cRLDistributionPoints.0.0.0.0.0.1.0.1",
        "UTF8String SHOMEI-LAB",
        "UTF8String JPKI-TEST",
        OTHER_ORGANIZATION,
    ),
    ("cRLDistributionPoints.0.0.0.0.0.4.0.1", "UTF8String Chiba-ken", "UTF8String Tokyo-to", OTHER_HOLDER),
    (
        "cRLDistributionPoints.0.0.0.0.0.5.0.1",
        "UTF8String Mihon-shi CRLDP",
        "UTF8String Kiyose-shi CRLDP",
        OTHER_HOLDER,
    ),
    (
        "authorityInfoAccess.0.1",
        "86 http://ocsp.lab.shomei.invalid",
        "86 http://test-ocspauthnorm.jpki.go.jp",
        OTHER_ORGANIZATION,
    ),
];

pub(super) const SIGNATURE_AUTHORITY: [Difference; 8] = [
    ("serial number", "positive: true, 4 octets", "positive: true, 3 octets", LONGER_SERIAL),
    ("issuer 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "issuer 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    ("subject 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "subject 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.1.0.1",
        "UTF8String 試験用認証サービス",
        "UTF8String 公的個人認証サービス",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.2.0.1",
        "UTF8String 試験用認証サービス署名用",
        "UTF8String 公的個人認証サービス署名用",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.3.0.1",
        "UTF8String 架空の試験用情報システム機構",
        "UTF8String 地方公共団体情報システム機構",
        OTHER_ORGANIZATION,
    ),
];

pub(super) const AUTHENTICATION_AUTHORITY: [Difference; 8] = [
    ("serial number", "positive: true, 4 octets", "positive: true, 3 octets", LONGER_SERIAL),
    ("issuer 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "issuer 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    ("subject 1", "55040A UTF8String SHOMEI-LAB", "55040A UTF8String JPKI-TEST", OTHER_ORGANIZATION),
    (
        "subject 3",
        "55040B UTF8String Fictional agency of the Shomei laboratory for testing",
        "55040B UTF8String Japan Agency for Local Authority Information Systems",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.1.0.1",
        "UTF8String 試験用認証サービス",
        "UTF8String 公的個人認証サービス",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.2.0.1",
        "UTF8String 試験用認証サービス利用者証明用",
        "UTF8String 公的個人認証サービス利用者証明用",
        OTHER_ORGANIZATION,
    ),
    (
        "subjectAltName.0.0.3.0.1",
        "UTF8String 架空の試験用情報システム機構",
        "UTF8String 地方公共団体情報システム機構",
        OTHER_ORGANIZATION,
    ),
];
