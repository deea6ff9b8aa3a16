# SPDX-License-Identifier: Apache-2.0
"""The tables of the example: keyword library, question banks, source ledger, annotation records."""
import csv
import datetime
import hashlib
import io
import itertools
import json

from example import phrases

AS_OF = datetime.date(2026, 11, 22)
RISKS = list(phrases.ACTS)
REFUSAL_RISKS = [risk for risk in RISKS if risk[:3] in ("A.1", "A.2")]


class Dice:
    """A small generator of numbers that is the same in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % n

    def one(self, values):
        return values[self.below(len(values))]

    def day(self, oldest, newest):
        """A day between so many days before AS_OF."""
        return AS_OF - datetime.timedelta(days=newest + self.below(oldest - newest + 1))


def csv_text(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def json_lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def spread(heads, bodies):
    """Every pair once, neighbours with different heads and bodies, so that any start is varied."""
    heads, bodies = list(heads), list(bodies)
    for shift in range(len(bodies)):
        for i, head in enumerate(heads):
            yield head, bodies[(i + shift) % len(bodies)]


# Keyword library ---------------------------------------------------------------------------------

# Rows that a careful reader finds: a variant of a spelling, a keyword of one letter, a risk that
# Annex A does not have.
ODD_KEYWORDS = [
    ("P图造谣", "A.1.g", 80, 80, "medium"),
    ("p图造谣", "A.1.g", 30, 30, "medium"),
    ("赌", "A.1.h", 400, 200, "low"),
    ("冒充客服退款", "A.6.a", 60, 60, "medium"),
    ("地域黑段子", "A.2.d;A.1.e", 90, 45, "medium"),
]


def keyword_library():
    dice = Dice(45654)
    rows = []
    for risk, count in phrases.KEYWORD_COUNTS.items():
        values = risk in phrases.VALUE_BODIES
        heads = phrases.VALUE_HEADS if values else phrases.BIAS_HEADS
        bodies = (phrases.VALUE_BODIES if values else phrases.BIAS_BODIES)[risk].split()
        for head, body in itertools.islice(spread(heads, bodies), count):
            added = dice.day(820, 3)
            updated = max(added, dice.day(300, 3))
            severity = dice.one(["high", "high", "medium"] if values else ["medium", "low"])
            rows.append((head + body, risk, added, updated, severity))
    ago = datetime.timedelta
    rows += [(word, risk, AS_OF - ago(a), AS_OF - ago(u), severity)
             for word, risk, a, u, severity in ODD_KEYWORDS]
    rows.append(("伪造考试成绩单", "A.1.h", AS_OF - ago(3), AS_OF - ago(3), "medium"))
    return csv_text(("keyword", "risk", "added", "updated", "severity"), rows)


# Question banks ----------------------------------------------------------------------------------

def fill(frame, phrase, scene):
    text = frame.replace("{a}", phrase).replace("{t}", phrase).replace("{s}", scene)
    return text[0].upper() + text[1:]


def questions(frames, acts, quotas, dice):
    """(kind, text, language, modality) for each quota {(language, modality): n}, all different."""
    chinese, english = (part.split("|") for part in acts)
    for pair, wanted in quotas.items():
        phrases_of, scenes = ((chinese, phrases.SCENES) if pair[0] == "zh" else
                              (english, phrases.SCENES_EN))
        for frame, act in itertools.islice(spread(frames[pair], phrases_of), wanted):
            kind, frame = frame if isinstance(frame, tuple) else (None, frame)
            yield kind, fill(frame, act, dice.one(scenes)), *pair


def row_of(prefix, number, text, key, topic, language, modality, dice, newest, kind=None):
    added = dice.day(300, newest)
    row = {"id": f"{prefix}-{number:04}", "text": text, key: topic, "language": language,
           "modality": modality, "added": added.isoformat(),
           "reviewed": min(AS_OF, added + datetime.timedelta(days=1 + dice.below(6))).isoformat()}
    if kind:
        row["kind"] = kind
    return row


GENERATION_QUOTAS = {("zh", "text"): 27, ("zh", "image"): 16, ("en", "text"): 14,
                     ("en", "image"): 9}
REFUSAL_QUOTAS = {("zh", "text"): 22, ("zh", "image"): 3, ("en", "text"): 4, ("en", "image"): 2}
SHORT_REFUSAL_QUOTAS = {("zh", "text"): 9, ("zh", "image"): 2, ("en", "text"): 2,
                        ("en", "image"): 1}
SHORT_REFUSAL_RISK = "A.2.f"
TOPIC_QUOTAS = {("zh", "text"): 24, ("zh", "image"): 5, ("en", "text"): 10, ("en", "image"): 3}


def generation_bank():
    dice = Dice(2000)
    rows = []
    for risk in RISKS:
        frames = phrases.PLAIN_FRAMES if risk.startswith("A.5") else phrases.GENERATION_FRAMES
        for _, text, language, modality in questions(frames, phrases.ACTS[risk],
                                                     GENERATION_QUOTAS, dice):
            rows.append(row_of("G", len(rows) + 1, text, "risk", risk, language, modality, dice, 9))
    copies = [dict(rows[i]) for i in (11, 407, 911, 1490)]  # pasted a second time
    near = [dict(rows[i]) for i in (55, 260, 533, 808, 1201, 1777)]  # and with a word changed
    for row in near:
        english = row["language"] == "en"
        row["text"] = ("Please: " + row["text"]) if english else row["text"][:-1] + "吧。"
    for row in copies + near:
        row["id"] = f"G-{len(rows) + 1:04}"
        row["added"] = row["reviewed"] = "2026-11-10"
        rows.append(row)
    return json_lines(rows)


def must_refuse_bank():
    dice = Dice(500)
    rows = []
    for risk in REFUSAL_RISKS:
        quotas = SHORT_REFUSAL_QUOTAS if risk == SHORT_REFUSAL_RISK else REFUSAL_QUOTAS
        for kind, text, language, modality in questions(phrases.REFUSAL_FRAMES, phrases.ACTS[risk],
                                                        quotas, dice):
            rows.append(row_of("R", len(rows) + 1, text, "risk", risk, language, modality, dice,
                               16, kind))
    return json_lines(rows)


def must_not_refuse_bank():
    dice = Dice(300)
    rows = []
    for aspect, topics in phrases.TOPICS.items():
        for _, text, language, modality in questions(phrases.TOPIC_FRAMES, topics, TOPIC_QUOTAS,
                                                     dice):
            rows.append(row_of("N", len(rows) + 1, text, "aspect", aspect, language, modality,
                               dice, 20))
    return json_lines(rows)


# Source ledger -----------------------------------------------------------------------------------

LEDGER_HEADER = ("id,kind,language,modality,origin,url,licence,licence_record,collection_record,"
                 "robots,user_agent,contract,supplier_proof,authorisation,model_version,"
                 "acquired").split(",")
AGENT = "LanternBot"


def source(identity, kind, language, modality, acquired, origin="domestic", **more):
    row = dict(id=identity, kind=kind, language=language, modality=modality, origin=origin,
               acquired=acquired, **more)
    return [row.get(column, "") for column in LEDGER_HEADER]


def open_source(identity, language, modality, acquired, licence, origin="domestic"):
    return source(identity, "open-source", language, modality, acquired, origin,
                  licence=licence, licence_record=f"licences/{identity}.txt",
                  url=f"https://data.example/{identity}")


def website(identity, language, modality, acquired, host, path):
    return source(identity, "self-collected", language, modality, acquired,
                  url=f"https://{host}.example{path}", robots=f"robots/{host}.txt",
                  user_agent=AGENT, collection_record=f"crawl-{acquired[:7]}.log")


def bought(identity, language, modality, acquired, proof=True):
    return source(identity, "bought", language, modality, acquired,
                  contract=f"HT-{acquired[:4]}-{identity[-3:]}",
                  supplier_proof=f"GF-{acquired[:7]}-{identity[-3:]}" if proof else "")


LEDGER = [
    open_source("os-encyclopedia-zh-001", "zh", "text", "2025-11-03", "CC-BY-SA-4.0"),
    open_source("os-classics-zh-002", "zh", "text", "2025-11-03", "CC0-1.0"),
    open_source("os-law-texts-zh-003", "zh", "text", "2026-01-15", "public-domain"),
    open_source("os-dialogue-zh-004", "zh", "text", "2026-02-09", "Apache-2.0"),
    open_source("os-encyclopedia-en-005", "en", "text", "2025-11-04", "CC-BY-SA-4.0", "foreign"),
    open_source("os-books-en-006", "en", "text", "2025-11-06", "public-domain", "foreign"),
    open_source("os-museum-pictures-007", "zh", "image", "2026-03-02", "CC0-1.0"),
    open_source("os-captions-en-008", "en", "image", "2026-03-02", "CC-BY-4.0", "foreign"),
    website("web-city-portal-011", "zh", "text", "2026-04-18", "cityportal", "/news/2026/04/index.html"),
    website("web-science-magazine-012", "zh", "text", "2026-04-20", "kepu", "/articles/optics.html"),
    website("web-recipes-013", "zh", "text", "2026-05-06", "caipu", "/jiachang/list-1.html"),
    website("web-forum-014", "zh", "text", "2026-05-07", "luntan", "/members/posts/88120.html"),
    website("web-travel-015", "zh", "image", "2026-05-11", "lvyou", "/gallery/westlake.html"),
    website("web-garden-blog-016", "en", "text", "2026-05-12", "gardenblog", "/2026/spring.html"),
    website("web-poster-show-017", "en", "image", "2026-05-20", "postershow", "/entries/2025.html"),
    bought("buy-news-corpus-021", "zh", "text", "2025-12-22"),
    bought("buy-textbook-022", "zh", "text", "2026-02-27"),
    bought("buy-poster-set-023", "zh", "image", "2026-06-15", proof=False),
    bought("buy-stock-photos-024", "en", "image", "2026-06-16"),
    source("user-chat-2026q2-031", "user-input", "zh", "text", "2026-07-01",
           authorisation="consent-register-2026q2.csv"),
    source("user-chat-2026q3-032", "user-input", "zh", "text", "2026-10-01",
           authorisation="consent-register-2026q3.csv"),
    source("user-prompts-en-033", "user-input", "en", "text", "2026-10-01",
           authorisation="consent-register-2026q3.csv"),
    source("syn-qa-zh-041", "synthetic", "zh", "text", "2026-08-10",
           model_version="lantern-chat-1.3"),
    source("syn-captions-zh-042", "synthetic", "zh", "image", "2026-08-12",
           model_version="lantern-chat-1.3"),
]

# What each site's robots.txt said on the day of the crawl; the forum forbids its members' pages.
ROBOTS = {
    "cityportal": "User-agent: *\nDisallow: /login\nDisallow: /search\n",
    "kepu": "User-agent: *\nAllow: /articles/\nDisallow: /draft/\n",
    "caipu": "# everything may be read\nUser-agent: *\nDisallow:\n",
    "luntan": "User-agent: *\nDisallow: /members/\nDisallow: /private/\n\n"
              "User-agent: LanternBot\nDisallow: /members/\nAllow: /public/\n",
    "lvyou": "User-agent: *\nDisallow: /account/\nCrawl-delay: 5\n",
    "gardenblog": "User-agent: BadBot\nDisallow: /\n\nUser-agent: *\nDisallow: /wp-admin/\n",
    "postershow": "User-agent: *\nDisallow: /jury/\n",
}


def source_ledger():
    return csv_text(LEDGER_HEADER, LEDGER)


def column(row, name):
    return row[LEDGER_HEADER.index(name)]


def licence_records():
    """{path: text} of the record kept for each open-source data set."""
    return {column(row, "licence_record"):
            f"data set: {row[0]}\naddress: {column(row, 'url')}\nlicence: {column(row, 'licence')}\n"
            f"read and kept on: {column(row, 'acquired')}\ntraining allowed: yes\n"
            for row in LEDGER if column(row, "licence_record")}


def crawl_logs():
    """{path: text} of the crawls, one line a page."""
    logs = {}
    for row in LEDGER:
        if column(row, "collection_record"):
            line = (f"{column(row, 'acquired')}T02:{len(logs):02}:00Z {AGENT}/1.2 GET "
                    f"{column(row, 'url')} 200 source={row[0]}\n")
            path = column(row, "collection_record")
            logs[path] = logs.get(path, "") + line
    return logs


def consent_registers():
    """{path: text} of who agreed that their input is used, a line a user."""
    registers = {}
    for row in LEDGER:
        path = column(row, "authorisation")
        if path:
            lines = registers.setdefault(path, ["user,version,agreed_on,source"])
            lines += [f"{hashlib.sha256(f'{row[0]} {i}'.encode()).hexdigest()[:16]},opt-in-v3,"
                      f"{column(row, 'acquired')},{row[0]}" for i in range(12)]
    return {path: "\n".join(lines) + "\n" for path, lines in registers.items()}


def training_sample():
    """A slice of the training data: short encyclopaedic sentences, each with its source."""
    subjects = "竹编灯笼 走马灯 孔明灯 河灯 宫灯 纱灯 冰灯 花灯会 灯谜 灯芯草 油纸 蜡烛".split()
    facts = [
        "常用于节日装饰，骨架以竹篾扎成。", "的制作分为扎架、糊面、彩绘三道工序。",
        "在地方志中有记载，各地叫法不同。", "被列入多个市县的非物质文化遗产名录。",
        "的光线柔和，过去靠烛火，如今多用灯泡。", "在元宵节前后最为常见。",
    ]
    dice = Dice(7)
    sources = [row[0] for row in LEDGER if row[2] == "zh" and row[3] == "text"]
    return json_lines({"id": f"t-{i:04}", "text": subject + fact, "source": dice.one(sources),
                       "language": "zh"}
                      for i, (subject, fact) in enumerate(itertools.product(subjects, facts)))


# Annotation records ------------------------------------------------------------------------------

ANNOTATORS = 26
EXPIRED = "B-017"  # whose exam was valid until June


def person(number):
    return f"B-{number:03}"


def annotators():
    dice = Dice(26)
    rows = []
    for number in range(1, ANNOTATORS + 1):
        roles = "reviewer" if number > 20 else "annotator"
        trained = dice.day(320, 150)
        passed = trained + datetime.timedelta(days=7 + dice.below(10))
        until = passed + datetime.timedelta(days=365)
        active = "no" if number in (5, 24) else "yes"
        if person(number) == EXPIRED:
            trained, passed = datetime.date(2025, 6, 3), datetime.date(2025, 6, 12)
            until = datetime.date(2026, 6, 12)
        rows.append((person(number), roles, trained, passed, until, active))
    return csv_text(("id", "roles", "trained_on", "exam_passed_on", "valid_until", "active"), rows)


BATCHES = [  # id, kind, items, sampled, record
    ("F-2026-09-a", "functional", 60, 12, "qa/F-2026-09-a.md"),
    ("F-2026-09-b", "functional", 60, 12, "qa/F-2026-09-b.md"),
    ("F-2026-10-a", "functional", 60, 10, "qa/F-2026-10-a.md"),
    ("F-2026-10-b", "functional", 60, 15, "qa/F-2026-10-b.md"),
    ("F-2026-11-a", "functional", 60, 12, "qa/F-2026-11-a.md"),
    ("S-2026-09", "safety", 80, 80, "qa/S-2026-09.md"),
    ("S-2026-10", "safety", 80, 80, "qa/S-2026-10.md"),
    ("S-2026-11", "safety", 80, 80, "qa/S-2026-11.md"),
]


def annotation_items():
    dice = Dice(81)
    annotating = [person(n) for n in range(1, 21) if n != 5]
    reviewing = [person(n) for n in range(21, ANNOTATORS + 1) if n != 24]
    rows = []
    for batch, kind, count, _, _ in BATCHES:
        for i in range(count):
            reviewers = [dice.one(reviewing)]
            if kind == "safety" and i % 3 == 0:
                reviewers = sorted({reviewers[0], dice.one(reviewing)})
            rows.append([f"{batch}-{i + 1:03}", batch, f"task-{batch}", kind, dice.one(annotating),
                         ";".join(reviewers), "yes",
                         dice.one(RISKS) if kind == "safety" else ""])
    rows[137][5] = rows[137][4]  # one person in both roles
    return csv_text(("id", "batch", "task", "kind", "annotator", "reviewers", "approved", "risk"),
                    rows)


def annotation_batches():
    return csv_text(("id", "kind", "items", "sampled", "record"), BATCHES)


def annotation_rules():
    rows = [(rule_set, section, role, "")
            for rule_set in ("functional", "safety")
            for section in ("goal", "data-format", "method", "quality-metrics")
            for role in ("annotation", "review")]
    rows += [("safety", "method", "annotation", risk) for risk in RISKS]
    return csv_text(("rule_set", "section", "role", "risk"), rows)
