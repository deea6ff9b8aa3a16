# SPDX-License-Identifier: Apache-2.0
"""Documents: their text, their structure, and what passages speak of."""
import csv
import io
import json
import subprocess
import zipfile

from harness import ROOT, expect, json_lines, same, short

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAW = "# 示例条例\n\n## 第一章 总则\n\n第一条 为了示例，制定本条例。\n\n第二条 有下列情形之一的：\n\n（一）甲；\n\n（二）乙。\n"


def docx(path):
    """Two numbered headings, whose numbers Word makes, a deleted word and a table."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/styles.xml", f'<w:styles {W}><w:style w:styleId="H1"><w:name w:val="heading 1"/>'
                         '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>')
        archive.writestr("word/numbering.xml", f'<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
                         '<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>'
                         '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>')
        heading = '<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
        archive.writestr("word/document.xml", f'<w:document {W}><w:body>' + heading.format("总则") +
                         '<w:p><w:r><w:t>One </w:t></w:r><w:del><w:r><w:t>old</w:t></w:r></w:del><w:r><w:t>new.</w:t></w:r></w:p>'
                         '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
                         + heading.format("附则") + '</w:body></w:document>')


def pdf(path, lines_of_pages):
    """A PDF of one font: a line at the top, the others below a gap, 16 points apart."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", None, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in lines_of_pages:
        stream = "BT /F1 11 Tf 60 760 Td 16 TL " + " ".join(f"({line}) Tj T*" for line in lines).replace("T*", "0 -140 Td", 1) + " ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in offsets)
    path.write_bytes((out + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").encode("latin-1"))


def read(world, *words):
    done = world.run("document", *words)
    expect(done.code == 0, f"{words}: exit {done.code}: {short(done.err)}")
    return done.out


def test_text_of_each_format(world):
    folder = world.temp("documents")
    (folder / "law.md").write_text(LAW)
    (folder / "law.gb.txt").write_bytes("第一条 甲。\n第二条 乙。\n".encode("gb18030"))
    (folder / "page.html").write_text("<!doctype html><title>T</title><script>no()</script><h1>One</h1><p>two &amp; three")
    docx(folder / "word.docx")
    same(read(world, "text", folder / "law.gb.txt"), "第一条 甲。\n第二条 乙。\n", "GB 18030")
    same(read(world, "text", folder / "page.html"), "One\ntwo & three\n", "HTML")
    same(read(world, "text", folder / "word.docx"), "第一章 总则\nOne new.\na\tb\n第二章 附则\n", "DOCX with numbers that Word makes")
    with zipfile.ZipFile(folder / "book.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", '<container><rootfiles><rootfile full-path="o/b.opf"/></rootfiles></container>')
        book.writestr("o/b.opf", '<package><manifest><item id="b" href="../o/2%20b.html"/><item id="a" href="1.html"/></manifest>'
                      '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>')
        book.writestr("o/1.html", "<html><body><p>first</p></body></html>")
        book.writestr("o/2 b.html", "<html><head><title/></head><body><p>second</p></body></html>")
    same(read(world, "text", folder / "book.epub"), "first\nsecond\n", "EPUB in the order of its spine")
    with zipfile.ZipFile(folder / "text.odt", "w") as odt:
        odt.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        odt.writestr("content.xml", '<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>'
                     '<text:h text:outline-level="1">Head</text:h><text:p>One<text:s/>two</text:p></office:text></office:body></office:document-content>')
    same(read(world, "text", folder / "text.odt"), "Head\nOne two\n", "ODT")


def test_pdf_has_pages_and_no_headers(world):
    folder = world.temp("pdf")
    body = "words that fill the line up to the place where the column of this page has its right edge"
    pdf(folder / "law.pdf", [["Annual Report", f"Article {n}", f"{body} on page", "and end there."] for n in range(1, 5)])
    row = json.loads(read(world, "text", "--json", folder / "law.pdf"))
    same((row["format"], row["pages"]), ("PDF", 4), "format and pages")
    texts = [(block["page"], block["text"]) for block in row["blocks"]]
    expect((2, "Article 2") in texts and (3, f"{body} on page and end there.") in texts, f"{texts}")
    expect(not any("Annual" in text for _, text in texts), "the header is left out")
    nodes = json.loads(read(world, "outline", "--json", folder / "law.pdf"))["nodes"]
    same([(n["label"], n["page"]) for n in nodes], [(f"Article {n}", n) for n in range(1, 5)], "articles and their pages")


def test_outline_of_a_law(world):
    folder = world.temp("outline")
    (folder / "law.md").write_text(LAW)
    nodes = json.loads(read(world, "outline", "--json", folder / "law.md"))["nodes"]
    same([(n["unit"], n["label"], n["parent"]) for n in nodes],
         [("chapter", "第一章", -1), ("article", "第一条", 0), ("article", "第二条", 0), ("item", "（一）", 2), ("item", "（二）", 2)], "nodes")
    expect("第一章 总则" in read(world, "outline", folder / "law.md"), "on the terminal")
    (folder / "notice.md").write_text("依据《网络安全法》、GB 45438—2025 和《某办法》。再依《网络安全法》。\n")
    found = json.loads(read(world, "outline", "--json", folder / "notice.md"))["references"]
    same([(r["name"], r["times"], r["document"]) for r in found],
         [("网络安全法", 2, "cybersecurity-law"), ("GB 45438—2025", 1, "gb-45438"), ("某办法", 1, None)], "documents it names")


def test_a_small_file_that_unpacks_to_much_is_refused(world):
    folder = world.temp("large")
    with zipfile.ZipFile(folder / "deep.epub", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>')
        book.writestr("b.opf", '<package><manifest><item id="a" href="1.html"/></manifest><spine>' +
                      '<itemref idref="a"/>' * 1000 + "</spine></package>")
        book.writestr("1.html", "<html><body>" + "<p>word</p>" * 100_000 + "</body></html>")
    done = world.run("document", "text", folder / "deep.epub")
    expect(done.code == 2 and "too much text" in done.err, f"exit {done.code}: {short(done.err)}")


def test_bad_documents_end_in_a_clear_error(world):
    folder = world.temp("bad")
    good = folder / "good.pdf"
    pdf(good, [["Secret"]])
    subprocess.run(["qpdf", "--encrypt", "a", "b", "256", "--", good, folder / "locked.pdf"], check=True)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "other.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    (folder / "bytes.txt").write_bytes(bytes([0x80, 0xFF, 0xFF, 0x80]) * 50)
    for name, word in (("locked.pdf", "encrypted"), ("broken.pdf", "pdftotext"), ("other.zip", "no document"),
                       ("bytes.txt", "encoding"), ("missing.pdf", "No such file")):
        done = world.run("document", "text", folder / name)
        expect(done.code != 0 and word in done.err, f"{name}: exit {done.code}: {short(done.err)}")
    (folder / "empty.txt").write_text("")
    same(read(world, "text", folder / "empty.txt"), "", "an empty text")


def test_passages_are_classified(world):
    folder = world.temp("classify")
    rows = [("a", "The chatbot leaks personal data and medical records without consent.", "2.1"),
            ("b", "数据中心能耗与碳排放持续上升。", "6.6"),
            ("c", "Prompt injection and jailbreak attacks on the model.", "2.2")]
    (folder / "rows.jsonl").write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t, _ in rows))
    out = json_lines(read(world, "classify", "--taxonomy", "mit-ai-risk", "--json", folder / "rows.jsonl"))
    same([(row["id"], row["label"]) for row in out], [(i, label) for i, _, label in rows], "labels")
    for row in out:
        expect(0 < row["score"] <= 1 and len(row["top"]) == 3 and row["top"][0][0] == row["label"], f"{row}")
    done = world.run("document", "classify", "--taxonomy", "nothing", folder / "rows.jsonl")
    expect(done.code == 2 and "mit-ai-risk" in done.err, short(done.err))


def test_a_classifier_is_trained_and_used(world):
    folder = world.temp("train")
    texts = ROOT / "content" / "training" / "mit-ai-risk.jsonl"
    (folder / "some.jsonl").write_text("".join(texts.read_text().splitlines(keepends=True)[:60]))
    read(world, "train", folder / "some.jsonl", "-o", folder / "own.model")
    (folder / "rows.jsonl").write_text(json.dumps({"id": "a", "text": "toxic content"}) + "\n")
    read(world, "classify", "--model", folder / "own.model", folder / "rows.jsonl")
    (folder / "cut.model").write_bytes((folder / "own.model").read_bytes()[:1000])
    done = world.run("document", "classify", "--model", folder / "cut.model", folder / "rows.jsonl")
    expect(done.code == 2 and "cut.model" in done.err, short(done.err))


POLICY = """# Data policy

Article 1 Scope

This policy covers our chatbot. It does not apply to greenhouse gas emissions.

Article 2 Personal data

We shall not sell personal data. Privacy must be protected. Personal information of children shall never be used. Data protection is reviewed.
"""


def test_coverage_names_its_passages(world):
    folder = world.temp("coverage")
    (folder / "policy.md").write_text(POLICY)
    row = json.loads(read(world, "coverage", "--taxonomy", "mit-ai-risk", "--json", folder / "policy.md"))
    labels = {label["id"]: label for label in row["labels"]}
    same((row["language"], labels["2.1"]["level"], labels["6.6"]["level"]), ("en", "good", "none"), "levels")
    text = read(world, "text", folder / "policy.md")
    for label in row["labels"]:
        for span in label["spans"]:
            same(text.encode()[span["start"]:span["end"]].decode(), span["text"], "the quotation stands where it is said to stand")
    same({span["place"] for span in labels["2.1"]["spans"]} - {""}, {"Article 2"}, "place")
    shown = read(world, "coverage", "--lang", "zh", "--html", folder / "page.html", folder / "policy.md")
    expect("未涉及" in shown and "Article 2" in shown, short(shown))
    page = (folder / "page.html").read_text()
    expect("<mark" in page and "<script" not in page, "the page")


def test_coverage_of_a_folder_is_a_map(world):
    folder = world.temp("corpus")
    (folder / "in").mkdir()
    (folder / "in" / "a.md").write_text(POLICY)
    (folder / "in" / "b<i>.txt").write_text("第一条 提供者应当保护个人信息。\n")
    (folder / "in" / "c.txt").write_text("Der Anbieter bewahrt die Aufzeichnungen zehn Jahre lang auf.\n")
    (folder / "in" / "d.bin").write_bytes(bytes([0x80, 0xFF]) * 50)
    done = world.run("document", "coverage", "--html", folder / "m.html", "--svg", folder / "m.svg", "--csv", folder / "m.csv",
                     folder / "in")
    same(done.code, 3, "one is not read, one not rated")
    expect("c.txt" in done.err and "not rated" in done.err and "encoding" in done.err, short(done.err))
    page, picture, table = ((folder / name).read_text() for name in ("m.html", "m.svg", "m.csv"))
    expect("b&lt;i&gt;.txt" in page and "<i>" not in page, "a name is no markup")
    expect(picture.startswith("<svg") and "a.md" in picture, picture[:200])
    rows = {(row["path"], row["label"]): row for row in csv.DictReader(io.StringIO(table), strict=True)}
    row = rows[str(folder / "in" / "b<i>.txt"), "2.1"]
    same((row["passages"], row["hints"], row["duties"], row["page"], row["place"], row["text"], row["confidence"]),
         ("1", "0", "1", "", "第一条", "第一条 提供者应当保护个人信息。", ""), "a row of the table")
    expect(None not in row, "as many cells as columns")
    before = (folder / "in" / "a.md").read_text()
    done = world.run("document", "coverage", "--html", folder / "in" / "a.md", folder / "in" / "a.md")
    same((done.code, (folder / "in" / "a.md").read_text()), (2, before), "a document is not replaced")
    done = world.run("document", "coverage", "--taxonomy", "nothing", folder / "in" / "a.md")
    expect(done.code == 2 and "document-scope" in done.err, short(done.err))


def test_versions_are_compared_article_by_article(world):
    folder = world.temp("compare")
    (folder / "old.md").write_text(LAW + "\n第三条 每年检查一次，保存记录三年。\n")
    (folder / "new.md").write_text(LAW.replace("为了示例，制定本条例。", "制定本条例。") + "\n第三条 每年检查两次，保存记录三年。\n\n第四条 自公布之日起施行。\n")
    rows = json_lines(read(world, "compare", "--json", folder / "old.md", folder / "new.md"))
    same([(row["change"], (row["after"] or row["before"])["label"]) for row in rows if row["change"] != "same"],
         [("changed", "第一条"), ("changed", "第三条"), ("added", "第四条")], "changes")
    same([(e["before"], e["after"]) for e in rows[-2]["edits"]], [("一", "两")], "words")
    shown = read(world, "compare", "--html", folder / "page.html", folder / "old.md", folder / "new.md")
    expect("每年检查[-一-]{+两+}次" in shown, short(shown))
    page = (folder / "page.html").read_text()
    expect("<del>一</del>" in page and "<ins>两</ins>" in page, "the page")


def test_passages_are_found(world):
    folder = world.temp("search")
    (folder / "policy.md").write_text(POLICY)
    (folder / "law.md").write_text(LAW)
    rows = json_lines(read(world, "search", "--json", "--most", "1", "children's personal information", folder))
    same([(row["place"], row["path"].endswith("policy.md")) for row in rows], [("Article 2", True)], "found")
    expect("第二条" in read(world, "search", "有下列情形", folder), "in Chinese")
    same(read(world, "search", "zebra", folder), "", "nothing")
    same(world.run("document", "search", "--most", "x", "zebra", folder).code, 2, "a wrong number")


def test_a_document_is_held_against_the_clauses_of_a_standard(world):
    folder = world.temp("against")
    (folder / "report.md").write_text("# 安全评估报告\n\n## 语料安全\n\n我方对每个数据来源在采集前进行了评估，违法不良信息占比超过5%的来源不予采集。\n\n"
                                      "## 生成内容测试题库\n\n题库共1500题，覆盖31种风险。\n")
    rows = {row["clause"]: row for row in json_lines(read(world, "against", "--json", folder / "report.md"))}
    expect(len(rows) > 50, f"{len(rows)} clauses")
    found = rows["gbt-45654/GAI-CORP-001"]
    same((found["level"], "采集前进行了评估" in found["spans"][0]["text"]), ("fully", True), "a clause that is spoken of")
    numbers = rows["gbt-45654/GAI-QB-001"]["numbers"]
    same([(n["text"], n["says"], n["demanded"]) for n in numbers], [("1500题", 1500, 2000)], "a number that says otherwise")
    shown = read(world, "against", "--lang", "zh", folder / "report.md")
    expect("数值不同: 1500题" in shown and "由人确认" in shown, short(shown))
    done = world.run("document", "against", "--standard", "nothing", folder / "report.md")
    expect(done.code == 2 and "gb-45438" in done.err, short(done.err))
