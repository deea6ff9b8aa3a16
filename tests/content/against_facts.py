#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds content/ against the facts it was written from (tests/data/facts).

Run from the project root: python3 tests/content/against_facts.py
One line per failure, then "N passed, M failed"; exit code 1 on failure.
"""
import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
FACTS = ROOT / "tests" / "data" / "facts"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# Where the requirements of a `standard` string of the facts stand in the catalogue.
RESOLUTION = {
    "GB/T 45654-2025; TC260-003": ["gbt-45654", "tc260-003"],
    "GB 45438-2025": ["gb-45438"],
    "TC260-PG-20266A (2026-07)": ["pg-20266a"],
    "GB/T 45652-2025 (text of the 2024-03 draft)": ["gbt-45652"],
    "GB/T 42888-2023": ["gbt-42888"],
    "Labelling Measures (CAC et al., in force 2025-09-01)": ["labelling-measures"],
    "TC260 guide: generative AI service security emergency response (v1.0-202509)": ["pg-emerg"],
    "GB/T 45674-2025": ["gbt-45674"],
    "TC260-PG-20257A": ["pg-20257a"],
    "TC260-PG-20252A": ["pg-20252a"],
    "National cybersecurity incident reporting measures (CAC, in force 2025-11-01)": ["incident-reporting-measures"],
    "TC260-PG-202510A": ["pg-202510a"],
    "TC260-PG-20258A": ["pg-20258a"],
    "TC260-PG-202511A": ["pg-202511a"],
    "TC260-PG-20259A": ["pg-20259a"],
    "Cybersecurity Law art. 21 (as cited)": ["cybersecurity-law"],
    "TC260-PG-20257A/20259A": ["pg-20257a", "pg-20259a"],
    "TC260-PG-20257A (practice)": ["pg-20257a"],
    "GB 32100-2015": ["gb-32100"],
    "TC260-PG-20233A": ["pg-20233a"],
    "TC260 draft guide: agent system development security (v1.0-202609)": ["pg-agentdev"],
    "Mandatory national standard on agent application security (in drafting)": ["plan-agent-gb"],
    "TC260 practice guide: AI application security guidance, general part (+3 more), 2026-09-15": ["pg-aiapp-gp"],
    "AI Security Governance Framework 3.0 (2026-09-14)": ["aisgf-3"],
    "Large-model all-in-one machine security guide (大模型一体机产品安全基本要求)": ["all-in-one-guide"],
    "TC260-004 (2025-09)": ["tc260-004"],
    "TC260-PG-20211A (2021-01)": ["pg-20211a"],
    "GB/T 47863-2026 (effective 2026-11-01), GB/T 46800-2025": ["gbt-47863", "gbt-46800"],
    "GB/T 45958-2025": ["gbt-45958"],
}
# Documents that no row of the facts describes but that requirements name.
NAMED_BY_REQUIREMENTS = {"labelling-measures", "incident-reporting-measures", "cybersecurity-law", "gb-32100",
                         "all-in-one-guide"}
KINDS = {
    "mandatory national standard": "mandatory-standard",
    "recommended national standard": "recommended-standard",
    "national guidance technical document": "guidance-document",
    "technical document": "technical-document",
    "practice guideline": "practice-guide",
    "technical research report": "research-report",
    "governance framework (technical document)": "framework",
    "standard plan": "standard-plan",
}
KIND_OF_OTHER = {"ydt-7073": "industry-standard", "tcesa-1193": "group-standard"}
IN_V1 = {
    "yes": {"yes"},
    "yes (very probable)": {"probable"},
    "yes (probable)": {"probable"},
    "yes (by count), identity unknown": {"unknown", "yes", "probable"},
    "candidate, not confirmed": {"candidate"},
    "possibly the 1 guideline in development": {"candidate"},
    "unknown": {"unknown"},
    "no": {"no"},
    "no (it is the base document)": {"no"},
}
# The words of the content for what a clause rests on; the facts say "only the title" in prose.
STRENGTHS = {"none": "no-source", "secondary (quotes official PDF)": "quoted"}
TITLE_ONLY = re.compile(r"title (found|known)|titles? (and date )?only|only .{0,20}title|text not found|content not found|heading only|"
                        r"draft not public")
# A Chinese statement that names a thing to measure, or ends in a bare verdict, and asks for nothing.
NO_REQUIREMENT = re.compile(r"^[^应宜]*(规模|数量|间隔|题量|所占比例|合格率)。$|的拒答率。$|的题量。$|（(属于|可能|疑似)）。$")
# Rows where the facts say that the standard recommends (宜); {code: the documents it holds for}.
RECOMMENDED = re.compile(r"\bRecommended \(should\)|[Rr]ecommended wording in 45654|recommending words|\(should\)")
BANK_SIZES = {"GAI-KW-001", "GAI-KW-003", "GAI-KW-004", "GAI-QB-001", "GAI-QB-003", "GAI-QB-004", "GAI-RF-001",
              "GAI-RF-002", "GAI-NR-001", "GAI-NR-002"}
OPERATORS = {">=": "at-least", "<=": "at-most", "==": "equal", "in": "one-of", "between": "between", "all": "all",
             "any": "any", "levels": "levels"}
# The facts name classes of attack of NIST AI 100-2; any of these ids says the same.
NIST_100_2 = {
    "evasion": {"NISTAML.022", "NISTAML.025"},
    "model extraction": {"NISTAML.031"},
    "poisoning (model)": {"NISTAML.011", "NISTAML.026", "NISTAML.051"},
    "supply chain": {"NISTAML.05"},
    "direct prompting": {"NISTAML.018"},
    "indirect prompt injection": {"NISTAML.015"},
    "misuse violation": {"NISTAML.04"},
    "poisoning": {"NISTAML.013"},
    "privacy (membership inference, reconstruction, extraction)": {"NISTAML.03", "NISTAML.033"},
    "availability attacks": {"NISTAML.01"},
}
# framework of the content -> key below "frameworks" of the facts, keys of its items, kind of id
FRAMEWORKS = {
    "owasp-llm-2025": ("owasp_llm_2025", ["items"]),
    "owasp-llm-2026": ("owasp_llm_2026", ["items"]),
    "owasp-agentic-2026": ("owasp_agentic_2026", ["items"]),
    "owasp-mcp-2025": ("owasp_mcp_2025", ["items"]),
    "owasp-agentic-skills": ("owasp_agentic_skills", ["items"]),
    "nist-ai-100-2": ("nist_ai_100_2_e2025", ["objectives", "items"]),
    "mitre-atlas": ("mitre_atlas", ["tactics", "techniques", "mitigations"]),
    "iso-42001-annex-a": ("iso_iec_42001_annex_a", ["items"]),
    "eu-ai-act": ("eu_ai_act", ["items"]),
}
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|‘[^’]*’|「[^」]*」|《[^》]*》|\([^()]*\)|（[^（）]*）|\[[^\]]*\]')


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def hold(self, condition, what):
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(what)
        return bool(condition)

    def equal(self, what, expected, found):
        return self.hold(expected == found, f"{what}: expected {expected!r}, found {found!r}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=LOADER)


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def text_of(mapping, key, language):
    value = mapping.get(key)
    return value.get(language) if isinstance(value, dict) else None


def without_remark(text):
    """The facts put remarks into trailing brackets: "4 (clause letters not read)"."""
    return re.sub(r" \([^()]*\)$", "", text)


CUT_OFF = re.compile(r"\b(in|via)\s*\)?\s*$")


def locator(source):
    """Some sources of the facts end in a reference that was cut off: "… (via ", "… (titles read in )"."""
    return source.split(" (")[0] if CUT_OFF.search(source) else source


def source_matches(expected, found):
    return expected == found or CUT_OFF.search(expected) is not None and found.startswith(locator(expected))


def same_sources(expected, found):
    """Same sources in the same order, each once. An empty source of the facts stands for whatever is named there."""
    expected, found = list(dict.fromkeys(expected)), list(found or [])
    return len(expected) == len(found) and all(
        source_matches(a, b) if a else bool(b) for a, b in zip(expected, found))


class Content:
    def __init__(self, tally):
        self.files = {}
        for path in sorted(CONTENT.rglob("*.yaml")):
            try:
                self.files[path.relative_to(CONTENT).as_posix()] = read(path)
            except yaml.YAMLError as error:
                tally.hold(False, f"{path.relative_to(ROOT)}: cannot be parsed: {error}")
        self.documents = self.folder("standards/", "/standard.yaml")
        self.clauses = {name: {c.get("code"): c for c in file.get("clauses") or []}
                        for name, file in self.folder("standards/", "/clauses.yaml").items()}
        self.frameworks = self.folder("frameworks/", ".yaml")
        self.editions = self.folder("editions/", ".yaml")
        self.items = {name: {i.get("id"): i for i in file.get("items") or []}
                      for name, file in self.frameworks.items()}
        self.links = [row for path in sorted((CONTENT / "crosswalks").glob("*.sssom.tsv")) for row in links_of(path)]
        self.by_subject = {}
        for row in self.links:
            self.by_subject.setdefault(row["subject_id"], []).append(row)

    def folder(self, start, end):
        return {name[len(start):-len(end)]: file for name, file in self.files.items()
                if name.startswith(start) and name.endswith(end) and isinstance(file, dict)}


def links_of(path):
    header = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        else:
            yield dict(zip(header, cells))


# --- documents ---------------------------------------------------------------------------------------------------


def check_sources(tally, what, expected, found):
    tally.hold(same_sources(expected, found), f"{what}: sources: expected {expected!r}, found {found!r}")


def check_title(tally, what, fact, found):
    for language in ("zh", "en"):
        title = fact["title_" + language]
        tally.hold(text_of(found, "title", language) in (title, without_remark(title)) or "name not found" in title,
                   f"{what}: title.{language}: expected {title!r}, found {text_of(found, 'title', language)!r}")


def date_in(text):
    found = re.match(r"\d{4}(-\d\d){0,2}", text or "")
    return found.group(0) if found else None


def check_number(tally, what, fact, document):
    if fact["number"] is None:
        tally.hold("number" not in document, f"{what}: the facts know no number, found {document.get('number')!r}")
    else:
        plain = re.sub(r" \([^)]*\)$", "", fact["number"])
        tally.hold(document.get("number") in (fact["number"], plain),
                   f"{what}: number: expected {fact['number']!r}, found {document.get('number')!r}")


def check_dates(tally, what, fact, document):
    history = [entry.get("date") for entry in document.get("history") or []]
    published = date_in(fact["published"])
    if re.search(r"\((draft|plan)\)", fact["published"] or ""):
        tally.hold(published in history + [document.get("issued")], f"{what}: {fact['published']} stands nowhere")
    else:
        tally.equal(f"{what}: issued", published, document.get("issued"))
    tally.equal(f"{what}: effective", date_in(fact["effective"]), document.get("effective"))
    tally.hold(history, f"{what}: no history")


def check_documents(tally, facts, content):
    for fact in facts["standards"]:
        what = f"standard {fact['id']}"
        document = content.documents.get(fact["id"])
        if not tally.hold(document is not None, f"{what}: missing"):
            continue
        check_number(tally, what, fact, document)
        tally.equal(f"{what}: kind", KIND_OF_OTHER.get(fact["id"]) or KINDS[fact["type"]], document.get("kind"))
        check_dates(tally, what, fact, document)
        check_sources(tally, what, fact["sources"], document.get("sources"))
        tally.equal(f"{what}: confidence", fact["confidence"], document.get("confidence"))
        check_title(tally, what, fact, document)
        tally.equal(f"{what}: part", fact["category"], document.get("part"))
        tally.hold(document.get("in_v1") in IN_V1[fact["in_v1_list"]],
                   f"{what}: in_v1: {fact['in_v1_list']!r} became {document.get('in_v1')!r}")
    known = {fact["id"] for fact in facts["standards"]} | NAMED_BY_REQUIREMENTS
    for name in sorted(NAMED_BY_REQUIREMENTS - set(content.documents)):
        tally.hold(False, f"standard {name}: missing")
    for name in sorted(set(content.documents) - known):
        tally.hold(False, f"standard {name}: the facts do not know it")


def check_edition(tally, facts, content):
    counts = facts["v1_counts_2025_01"]
    expected = {}
    for state in ("published", "in_development"):
        for kind, number in counts[state].items():
            word = {"recommended": "recommended-standard", "mandatory": "mandatory-standard",
                    "technical document": "technical-document", "practice guideline": "practice-guide"}[kind]
            expected[(state.replace("_", "-"), word)] = number
    with_slots = [edition for edition in content.editions.values() if edition.get("slots")]
    if not tally.hold(with_slots, "editions: no edition with slots"):
        return
    best = {}
    for edition in with_slots:
        found = {}
        for entry in edition["slots"]:
            key = (entry.get("state"), entry.get("kind"))
            found[key] = found.get(key, 0) + 1
        if found == expected or not best:
            best = found
    for key in sorted(set(expected) | set(best)):
        tally.equal(f"edition V1.0: slots {key[0]} {key[1]}", expected.get(key, 0), best.get(key, 0))
    tally.equal("edition V1.0: slots", counts["total"], sum(best.values()))


# --- clauses -----------------------------------------------------------------------------------------------------


def same_number(expected, found):
    try:
        return float(expected) == float(found)
    except (TypeError, ValueError):
        return False


def part_names(parts):
    """height_pct_min and height_pct (at-least) are one name: the operator says the rest."""
    return {re.sub(r"-(min|max)$", "", slug(name)): value for name, value in parts}


def threshold_fault(fact, found):
    """None when the threshold of the content says what the facts say, else the difference."""
    if fact is None:
        return None if found is None else f"the facts have no threshold, found {found!r}"
    if not isinstance(found, dict):
        return f"expected {fact!r}, found {found!r}"
    operator, value = OPERATORS[fact["op"]], fact["value"]
    if found.get("op") != operator:
        return f"op: expected {operator}, found {found.get('op')!r}"
    if isinstance(value, dict):
        parts = found.get("parts") or []
        names = part_names((part.get("name") or "", part.get("value")) for part in parts)
        expected = part_names(value.items())
        good = set(names) == set(expected) and all(same_number(expected[n], names[n]) for n in names) and \
            all(part.get("op") in ("at-least", "at-most", "equal") for part in parts)
    elif fact["op"] == "between":
        good = same_number(value[0], found.get("low")) and same_number(value[1], found.get("high"))
    elif fact["op"] == "in":
        good = [str(v) for v in value] == found.get("values")
    elif isinstance(value, str):
        good = found.get("text") == value
    else:
        good = same_number(value, found.get("value"))
    return None if good else f"expected {fact!r}, found {found!r}"


def confidences(fact, standard):
    """A row that names two documents but a place in one of them may be less sure in the other."""
    elsewhere = standard == "tc260-003" and "003" not in fact["clause"]
    return {fact["confidence"]} | ({"recalled"} if elsewhere else set())


def recommends(fact, standard):
    """Whether the facts say that the document recommends this, of the clause or a part of its limit."""
    if standard == "gbt-45654" and fact["id"] in BANK_SIZES:
        return True  # differences_tc260_003_vs_gbt_45654: "Strength of bank sizes"
    said = fact["text_own_words"] + " " + (fact.get("notes") or "")
    in_45654 = "45654" in (RECOMMENDED.search(said) or [""])[0] or "recommending words" in said
    return bool(RECOMMENDED.search(said)) and (standard != "tc260-003" or not in_45654)


def says_should(clause):
    parts = (clause.get("threshold") or {}).get("parts") or []
    return any(row.get("force") == "should" for row in [clause, *parts])


def check_place(tally, what, clause):
    """A place is plain where it holds no words, else in both languages."""
    place = clause.get("place")
    if isinstance(place, str):
        tally.hold(not re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", place.replace("XMP", "")), f"{what}: place {place!r} holds words")
    else:
        name = "GB/T|TC260"
        tally.hold(not re.search(r"[A-Za-z]{2}", re.sub(name, "", place["zh"])), f"{what}: place {place!r} is not Chinese")
        tally.hold(not re.search(r"[\u4e00-\u9fff]", place["en"]), f"{what}: place {place!r} is not English")


def check_clause(tally, what, fact, standard, clause):
    fault = threshold_fault(fact["threshold"], clause.get("threshold"))
    tally.hold(fault is None, f"{what}: threshold: {fault}")
    if fact["threshold"] is not None and fact["unit"]:
        tally.hold(text_of(clause.get("threshold") or {}, "unit", "en"), f"{what}: threshold without its unit")
    tally.equal(f"{what}: test", fact["how_testable"], clause.get("test"))
    tally.equal(f"{what}: subject", fact["subject"], clause.get("subject"))
    tally.hold(clause.get("confidence") in confidences(fact, standard),
               f"{what}: confidence: expected {fact['confidence']!r}, found {clause.get('confidence')!r}")
    said = fact["text_own_words"] + " " + (fact.get("notes") or "")
    strength = "title" if TITLE_ONLY.search(said) else STRENGTHS.get(fact["source_strength"], fact["source_strength"])
    tally.equal(f"{what}: source_strength", strength, clause.get("source_strength"))
    tally.equal(f"{what}: recommends", recommends(fact, standard), says_should(clause))
    check_place(tally, what, clause)
    check_sources(tally, what, fact["sources"], clause.get("sources"))
    inputs = [name for name in fact["inputs_needed"] if name != "n/a"]
    tally.equal(f"{what}: number of inputs", len(inputs), len(clause.get("inputs") or []))
    tally.hold(clause.get("place"), f"{what}: no place")
    tally.hold(text_of(clause, "statement", "en"), f"{what}: no statement")
    chinese = text_of(clause, "statement", "zh") or ""
    tally.hold(not NO_REQUIREMENT.search(chinese), f"{what}: asks for nothing: {chinese}")
    tally.hold(clause.get("controls"), f"{what}: no control")
    if fact.get("notes"):
        tally.hold(text_of(clause, "note", "en"), f"{what}: the note of the facts is lost")


def check_clauses(tally, requirements, content):
    expected = {}
    for fact in requirements:
        if not tally.hold(fact["standard"] in RESOLUTION, f"requirement {fact['id']}: {fact['standard']!r} is new"):
            continue
        for standard in RESOLUTION[fact["standard"]]:
            expected.setdefault(standard, {})[fact["id"]] = fact
    for standard, facts in sorted(expected.items()):
        found = content.clauses.get(standard, {})
        for code, fact in facts.items():
            what = f"clause {standard}/{code}"
            if tally.hold(code in found, f"{what}: missing"):
                check_clause(tally, what, fact, standard, found[code])
    for standard, clauses in sorted(content.clauses.items()):
        for code in clauses:
            tally.hold(code in expected.get(standard, {}), f"clause {standard}/{code}: the facts do not know it")


# --- frameworks --------------------------------------------------------------------------------------------------


def check_item_number(tally, what, fact, item):
    number = fact.get("number") or fact.get("clause")
    if "x" in number:  # a number nobody found: none, or the one that the title names
        named = re.search(r"\(clause ([\d.]+)\)", fact["title_en"])
        tally.equal(f"{what}: number", named.group(1) if named else None, item.get("number"))
    else:
        tally.equal(f"{what}: number", without_remark(number), item.get("number"))


def check_item(tally, content, framework, fact, titles=True):
    what = f"{framework}:{fact['id']}"
    item = content.items.get(framework, {}).get(fact["id"])
    if not tally.hold(item is not None, f"{what}: missing"):
        return
    tally.equal(f"{what}: confidence", fact["confidence"], item.get("confidence"))
    if "sources" in item:
        check_sources(tally, what, fact["sources"], item["sources"])
    else:
        inherited = content.frameworks[framework].get("sources") or []
        lacking = [s for s in fact["sources"] if not any(source_matches(s, other) for other in inherited)]
        tally.hold(not lacking, f"{what}: the framework's sources lack {lacking!r}")
    check_item_number(tally, what, fact, item)
    if titles:
        check_title(tally, what, fact, item)
    if fact.get("description") or fact.get("text"):
        tally.hold(text_of(item, "text", "en") or text_of(item, "note", "en"), f"{what}: no text")
    if "group" in fact:
        tally.hold(item.get("parents"), f"{what}: no parents")
    for parent in item.get("parents") or []:
        tally.hold(parent in content.items[framework], f"{what}: parent {parent} is missing")


def check_governance(tally, facts, content):
    for version, risks in facts["risks"].items():
        for fact in risks:
            check_item(tally, content, "aisgf-" + version[1:], fact)
    for fact in facts["countermeasures"]:
        check_item(tally, content, "aisgf-" + fact["framework"][0], fact, titles=False)
    for fact in facts["governance_measures"]:
        check_item(tally, content, "aisgf-" + fact["framework"][0], fact)


def check_annex_a(tally, risks, content):
    for fact in risks:
        what = f"gbt-45654-annex-a:{fact['id']}"
        item = content.items.get("gbt-45654-annex-a", {}).get(fact["id"])
        if not tally.hold(item is not None, f"{what}: missing"):
            continue
        tally.equal(f"{what}: title.zh", fact["name_zh"], text_of(item, "title", "zh"))
        tally.equal(f"{what}: title.en", fact["name_en"], text_of(item, "title", "en"))
        tally.equal(f"{what}: confidence", fact["confidence"], item.get("confidence"))
        marks = {mark for mark, key in (("illegal-29", "in_illegal_info_29"), ("refusal-17", "in_refusal_17"))
                 if fact[key]}
        tally.equal(f"{what}: marks", marks, set(item.get("marks") or []))
        minima = {"keywords": fact["min_keywords"], "generation": fact["min_generated_questions"],
                  "must-refuse": fact["min_should_refuse_questions"]}
        tally.equal(f"{what}: minima", {name: str(value) for name, value in minima.items() if value is not None},
                    {m.get("name"): m.get("value") for m in item.get("minima") or []})


def item_of_framework(framework, name):
    return slug(name) if framework == "eu-ai-act" else name


def check_frameworks(tally, frameworks, content):
    for framework, (key, groups) in FRAMEWORKS.items():
        fact = frameworks[key]
        sourced = fact.get("confidence_sourced_items", [])
        default = "recalled" if framework == "eu-ai-act" else fact["confidence"]
        for group in groups:
            for name, title in fact[group].items():
                what = f"{framework}:{name}"
                item = content.items.get(framework, {}).get(item_of_framework(framework, name))
                if not tally.hold(item is not None, f"{what}: missing"):
                    continue
                english = re.sub(r" \(a Sept 2026 note says: [^)]*\)$", "", title)
                tally.equal(f"{what}: title.en", english, text_of(item, "title", "en"))
                tally.equal(f"{what}: confidence", "sourced" if name in sourced else default, item.get("confidence"))
    fact = frameworks["nist_ai_rmf_1_0"]
    for name in fact["ids"]:
        item = content.items.get("nist-ai-rmf", {}).get(name.replace(" ", "-"))
        if tally.hold(item is not None, f"nist-ai-rmf:{name}: missing"):
            tally.equal(f"nist-ai-rmf:{name}: confidence", fact["confidence"], item.get("confidence"))


# --- cross-walks -------------------------------------------------------------------------------------------------


def linked(content, subject, wanted, confidence, predicate=""):
    """True when a row from subject satisfies wanted(row) with the confidence and predicate named."""
    return any(row["assay_confidence"] == confidence and row["predicate_id"].startswith(predicate) and wanted(row)
               for row in content.by_subject.get(subject, []))


def to(target):
    return lambda row: row["object_id"] == target


def expected_links(row):
    """The links that one mapping row of the facts must have become: subject, test, predicate, how to name it."""
    risk = "aisgf-1:" + row.get("risk", "")
    wanted = []

    def add(subject, target, predicate):
        wanted.append((subject, to(target), predicate, target))

    if row["type"] == "standard_to_risk":
        add("standard:" + row["standard"], risk, "assay:mitigates")
    elif row["type"] == "risk_to_measures":
        for clause in row["technical"]:
            add(risk, "aisgf-1:CM1-" + re.sub(r"[()]", "", clause), "assay:addressedBy")
        for clause in row["governance"]:
            add(risk, "aisgf-1:GM1-" + clause, "assay:addressedBy")
    elif row["type"] == "risk_version":
        for version in ("v2", "v3"):
            for target in row[version]:
                add(risk, f"aisgf-{version[1]}:{target}", "skos:")
    elif row["type"] == "risk_crosswalk":
        for framework, key in (("nist-ai-rmf", "nist_ai_rmf"), ("nist-ai-600-1", "nist_ai_600_1"),
                               ("eu-ai-act", "eu_ai_act")):
            for name in row[key]:
                add(risk, f"{framework}:{slug(name)}", "skos:")
        for name in row["iso_42001_annex_a"]:
            add(risk, "iso-42001-annex-a:" + name, "skos:")
        for term in row["nist_ai_100_2"]:
            targets = {"nist-ai-100-2:" + name for name in NIST_100_2[term]}
            wanted.append((risk, lambda r, t=targets: r["object_id"] in t, "skos:", f"nist-ai-100-2 {term!r}"))
        for term in row["iso_27090"]:
            wanted.append((risk, lambda r, t=term: "27090" in r["object_id"].split(":")[0] and
                           (r["object_id"].endswith(":" + slug(t)) or r["object_label"] == t), "skos:",
                           f"iso-27090 {term!r}"))
    return wanted


def agent_measures(place):
    """II.5(1)(2) -> II.5(1) and II.5(2); II.2 -> II.2."""
    head, *parts = re.split(r"[()]+", place.rstrip(")"))
    return [f"{head}({part})" for part in parts] or [head]


def only_letters_and_digits(text):
    return re.sub(r"[^A-Za-z0-9]", "", text)


def check_agent_row(tally, row, content):
    what = f"mapping agent_crosswalk {row['control']!r}"
    links = []
    for link in content.links:
        for near, far in (("subject_id", "object_id"), ("object_id", "subject_id")):
            if link[near].startswith("aisgf-3:"):
                links.append((only_letters_and_digits(link[near].split(":", 1)[1]), link[far], link))
    for measure in agent_measures(row["tc260_v3_appendix2"]):
        mine = [(far, link) for name, far, link in links
                if name.endswith(only_letters_and_digits(measure)) and link["assay_confidence"] == row["confidence"]]
        for risk in row["owasp_agentic_2026"]:
            good = [far for far, link in mine if far == "owasp-agentic-2026:" + risk or
                    risk == "cross-cutting" and "cross-cutting" in json.dumps(link)]
            tally.hold(good, f"{what}: {measure} -> {risk} is missing")
        initiative = row["nist_ai_agent_standards_initiative"]
        if initiative:
            tally.hold(any(slug(initiative) in slug(json.dumps(link)) for _, link in mine),
                       f"{what}: {measure} -> {initiative!r} is missing")


def check_mapping(tally, facts, content):
    for row in facts["mapping"]:
        if row["type"] == "agent_crosswalk":
            check_agent_row(tally, row, content)
            continue
        wanted = expected_links(row)
        tally.hold(wanted, f"mapping {row['type']} {row['risk']}: the row holds no link")
        for subject, test, predicate, name in wanted:
            tally.hold(linked(content, subject, test, row["confidence"], predicate),
                       f"mapping {row['type']}: {subject} -> {name} ({row['confidence']}) is missing")


def check_owasp_editions(tally, frameworks, content):
    for old, new in frameworks["owasp_llm_2026"]["map_2025_to_2026"].items():
        tally.hold(linked(content, "owasp-llm-2025:" + old, to("owasp-llm-2026:" + new), "sourced", "skos:"),
                   f"cross-walk owasp-llm-2025:{old} -> owasp-llm-2026:{new} is missing")


# --- both languages ----------------------------------------------------------------------------------------------


def texts(node, path):
    if isinstance(node, dict):
        if "zh" in node and "en" in node:
            yield path, node["zh"], node["en"]
        else:
            name = node.get("id") or node.get("code")
            for key, value in node.items():
                yield from texts(value, f"{path}.{key}" if not name else f"{path}[{name}].{key}")
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, path)


def outside_quotes(text):
    before = None
    while before != text:
        before, text = text, QUOTED.sub("", text)
    return text


def check_languages(tally, content):
    for name, file in content.files.items():
        for path, chinese, english in texts(file, name):
            tally.hold(CJK.search(str(chinese)), f"{path}: zh without a Chinese character: {chinese!r}")
            tally.hold(english and not CJK.search(outside_quotes(str(english))),
                       f"{path}: en is not English: {english!r}")


def main():
    standards = json.loads((FACTS / "standards.json").read_text(encoding="utf-8"))
    requirements = json.loads((FACTS / "requirements.json").read_text(encoding="utf-8"))
    tally = Tally()
    content = Content(tally)
    check_documents(tally, standards, content)
    check_edition(tally, standards, content)
    check_clauses(tally, requirements["requirements"], content)
    check_governance(tally, standards, content)
    check_annex_a(tally, requirements["annex_a_risks"], content)
    check_frameworks(tally, requirements["frameworks"], content)
    check_mapping(tally, standards, content)
    check_owasp_editions(tally, requirements["frameworks"], content)
    check_languages(tally, content)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
