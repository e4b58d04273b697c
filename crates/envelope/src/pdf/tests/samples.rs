//! Small PDFs, written here, so that each can be as wrong as a test needs.

/// A page of text: objects 1 to 5.
const OBJECTS: [&str; 5] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    "<< /Length 38 >>\nstream\nBT /F 24 Tf 72 720 Td (MIHON) Tj ET   \nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
];

/// A file of these objects, numbered from 1, with a table.
pub(super) fn of(objects: &[&str]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(table.bytes());
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// The plain one.
pub(super) fn plain() -> Vec<u8> {
    of(&OBJECTS)
}

/// With this object in the place of that of this number, and further ones.
pub(super) fn with(changes: &[(usize, &str)], further: &[&str]) -> Vec<u8> {
    let mut objects = OBJECTS.to_vec();
    changes.iter().for_each(|(number, object)| objects[number - 1] = object);
    objects.extend(further);
    of(&objects)
}

/// The plain one with catalog, pages and page in an object stream, and a cross-reference stream.
pub(super) fn with_streams() -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = vec![[0_u32, 0]; 8];
    for number in [4, 5] {
        places[number] = [1, u32::try_from(file.len()).unwrap()];
        file.extend(format!("{number} 0 obj\n{}\nendobj\n", OBJECTS[number - 1]).bytes());
    }
    add_objects(&mut file, &mut places, &[1, 2, 3]);
    let start = add_places(&mut file, &mut places);
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

/// A table that older readers are to go by, where the font is free, and a stream beside it, where the font is in an object
/// stream (ISO 32000-1 §7.5.8.4).
pub(super) fn hybrid() -> Vec<u8> {
    let (mut file, table, beside) = for_two_kinds_of_readers();
    file.extend(end_of_table(&format!("/XRefStm {beside}"), table).bytes());
    file
}

/// The same as Microsoft Word writes it: the table by itself, and behind it an empty one that names the stream.
pub(super) fn hybrid_by_word() -> Vec<u8> {
    let (mut file, table, beside) = for_two_kinds_of_readers();
    file.extend(end_of_table("", table).bytes());
    let last = file.len();
    file.extend(b"xref\r\n0 0\r\n");
    file.extend(end_of_table(&format!("/Prev {table}/XRefStm {beside}"), last).bytes());
    file
}

fn end_of_table(trailer: &str, start: usize) -> String {
    format!("trailer\r\n<</Size 8/Root 1 0 R{trailer}>>\r\nstartxref\r\n{start}\r\n%%EOF\r\n")
}

/// A file up to the entries of its table, where that begins, and where the stream does.
fn for_two_kinds_of_readers() -> (Vec<u8>, usize, usize) {
    let mut file = b"%PDF-1.7\r\n%\xb5\xb5\xb5\xb5\r\n".to_vec();
    let mut places = vec![[0_u32, 0]; 8];
    for number in 1..=4 {
        places[number] = [1, u32::try_from(file.len()).unwrap()];
        file.extend(format!("{number} 0 obj\r\n{}\r\nendobj\r\n", OBJECTS[number - 1]).bytes());
    }
    add_objects(&mut file, &mut places, &[5]);
    let (beside, table) = (add_places(&mut file, &mut places), file.len());
    file.extend(b"xref\r\n0 8\r\n0000000005 65535 f\r\n");
    for [kind, place] in places.iter().skip(1) {
        let entry =
            if *kind == 1 { format!("{place:010} 00000 n\r\n") } else { "0000000000 65535 f\r\n".into() };
        file.extend(entry.bytes());
    }
    (file, table, beside)
}

/// Object 6: a stream with these objects.
fn add_objects(file: &mut Vec<u8>, places: &mut [[u32; 2]], numbers: &[usize]) {
    let (mut head, mut body) = (String::new(), String::new());
    for number in numbers {
        head += &format!("{number} {} ", body.len());
        body += OBJECTS[number - 1];
        body += " ";
        places[*number] = [2, 6];
    }
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(format!("{head}{body}").as_bytes(), 6);
    places[6] = [1, u32::try_from(file.len()).unwrap()];
    let parts = format!("/N {} /First {} /Length {}", numbers.len(), head.len(), packed.len());
    file.extend(format!("6 0 obj\n<< /Type /ObjStm {parts} /Filter /FlateDecode >>\nstream\n").bytes());
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\n");
}

/// Object 7: the cross-reference stream. Returns where it begins.
fn add_places(file: &mut Vec<u8>, places: &mut [[u32; 2]]) -> usize {
    let start = file.len();
    places[7] = [1, u32::try_from(start).unwrap()];
    let mut rows = Vec::new();
    let mut above = [0_u8; 6];
    for (number, [kind, place]) in places.iter().enumerate() {
        let index =
            if *kind == 2 { places[1..number].iter().filter(|[kind, _]| *kind == 2).count() } else { 0 };
        let [a, b, c, d] = place.to_be_bytes();
        let row = [u8::try_from(*kind).unwrap(), a, b, c, d, u8::try_from(index).unwrap()];
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(octet, above)| octet.wrapping_sub(above)));
        above = row;
    }
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&rows, 6);
    let parameters = "/DecodeParms << /Predictor 12 /Columns 6 >> /W [1 4 1] /Size 8 /Root 1 0 R";
    let head = format!("/Type /XRef {parameters} /Filter /FlateDecode /Length {}", packed.len());
    file.extend(format!("7 0 obj\n<< {head} >>\nstream\n").bytes());
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\n");
    start
}

/// An update of `file` with these objects, written as they are, and a table of them. `trailer` is what the trailer has
/// beside Size and Prev.
pub(super) fn updated(file: &[u8], objects: &[(u32, &str)], size: usize, trailer: &str) -> Vec<u8> {
    let mut updated = file.to_vec();
    let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
    for (number, object) in objects {
        table += &format!("{number} 1\n{:010} 00000 n \n", updated.len());
        updated.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let previous = last_section(file);
    let start = updated.len();
    updated.extend(table.bytes());
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R /Prev {previous} {trailer} >>\n");
    updated.extend(trailer.bytes());
    updated.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    updated
}

/// What the last `startxref` names.
pub(super) fn last_section(file: &[u8]) -> usize {
    let word = b"startxref\n";
    let place = file.windows(word.len()).rposition(|window| window == word).unwrap() + word.len();
    let digits = file[place..].iter().take_while(|octet| octet.is_ascii_digit()).count();
    std::str::from_utf8(&file[place..place + digits]).unwrap().parse().unwrap()
}

/// With the first occurrence of one text in the place of another of the same length.
pub(super) fn swapped(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let place = file.windows(from.len()).position(|window| window == from.as_bytes()).expect(from);
    [&file[..place], to.as_bytes(), &file[place + from.len()..]].concat()
}
