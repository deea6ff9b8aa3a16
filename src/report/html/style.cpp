// SPDX-License-Identifier: Apache-2.0
#include <string_view>

namespace assay::report::html {

extern const std::string_view kStyle;

// Dark colours are for screens only, so that paper is always light.
const std::string_view kStyle = R"css(:root{
--page:#f4f6f8;--card:#fff;--ink:#18202c;--faint:#55606f;--line:#dde2e9;--soft:#f2f4f7;
--link:#1b5a94;
--ok:#1d8652;--ok-ink:#12613a;--ok-soft:#e2f4ea;--bad:#c5362d;--bad-ink:#9f231c;--bad-soft:#fce8e6;
--person:#c98a12;--person-ink:#774b00;--person-soft:#fdf1d6;--run:#7458b0;--run-ink:#533a8b;
--run-soft:#eee8f8;
--na:#a3acb9;--na-ink:#4a5463;--na-soft:#eceff3;color-scheme:light}
@media screen{:root[data-theme="dark"]{
--page:#0f1319;--card:#171c24;--ink:#e7ebf1;--faint:#a5afbd;--line:#2b333f;--soft:#1f262f;
--link:#86bbee;
--ok:#3fb07a;--ok-ink:#93ddb8;--ok-soft:#143424;--bad:#ea6a61;--bad-ink:#ffb1ab;--bad-soft:#43201e;
--person:#dba63f;--person-ink:#f4d393;--person-soft:#3c2e10;--run:#a58de0;--run-ink:#d3c5f8;
--run-soft:#2c2446;
--na:#6b7687;--na-ink:#bfc8d4;--na-soft:#29303a;color-scheme:dark}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"]){
--page:#0f1319;--card:#171c24;--ink:#e7ebf1;--faint:#a5afbd;--line:#2b333f;--soft:#1f262f;
--link:#86bbee;
--ok:#3fb07a;--ok-ink:#93ddb8;--ok-soft:#143424;--bad:#ea6a61;--bad-ink:#ffb1ab;--bad-soft:#43201e;
--person:#dba63f;--person-ink:#f4d393;--person-soft:#3c2e10;--run:#a58de0;--run-ink:#d3c5f8;
--run-soft:#2c2446;
--na:#6b7687;--na-ink:#bfc8d4;--na-soft:#29303a;color-scheme:dark}}
*{box-sizing:border-box}
html{scroll-padding-top:4.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.6 system-ui,-apple-system,
"Segoe UI",
"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",
sans-serif}
html[lang="zh"] span[lang="en"],html[lang="zh"] tspan[lang="en"],html[lang="en"] span[lang="zh"],
html[lang="en"] tspan[lang="zh"]{display:none!important}
html:not(.js) .needs-js,html.js .no-js{display:none!important}
[hidden]{display:none!important}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
button,select,input{font:inherit;color:inherit}
code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",
"Noto Sans Mono CJK SC",monospace;overflow-wrap:anywhere}
.faint{color:var(--faint);font-weight:400}
.num{text-align:right;font-variant-numeric:tabular-nums}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;z-index:9;background:var(--card);padding:.4rem .8rem}
.top{position:sticky;top:0;z-index:5;display:flex;gap:1.25rem;align-items:center;
padding:.55rem max(1rem,calc((100vw - 1180px)/2));
background:var(--card);border-bottom:1px solid var(--line)}
.brand{font-weight:700;letter-spacing:.02em}
.top nav{display:flex;gap:1.1rem;flex:1;min-width:0;overflow-x:auto;scrollbar-width:none}
.top nav a{color:var(--faint);text-decoration:none;white-space:nowrap;padding:.2rem 0}
.top nav a:hover{color:var(--ink);text-decoration:underline}
.switches,.pair{display:flex;gap:.5rem}
.pair{gap:0}
.top button,.filters button,.filters select,.filters input{background:var(--card);
border:1px solid var(--line);border-radius:7px;
padding:.28rem .7rem;cursor:pointer;white-space:nowrap}
.top button:hover,.filters button:hover{background:var(--soft)}
.top button[aria-pressed="true"],.filters .filter[aria-pressed="true"]{background:var(--ink);
border-color:var(--ink);color:var(--card)}
.filters .filter[aria-pressed="true"] .tag{color:inherit;border-color:currentColor}
.pair button:first-child{border-radius:7px 0 0 7px}
.pair button:last-child{border-radius:0 7px 7px 0;border-left:0}
main{max-width:1180px;margin:0 auto;padding:1.5rem 1rem 1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;
padding:1.5rem 1.75rem;margin:0 0 1.25rem}
h1{font-size:1.9rem;line-height:1.25;margin:.1rem 0 .7rem;letter-spacing:-.01em}
h2{font-size:1.2rem;margin:0 0 .8rem}
h3{font-size:1rem;margin:1.2rem 0 .5rem}
p{margin:0 0 .7rem;overflow-wrap:anywhere}
.kicker{color:var(--faint);margin:0}
.note{color:var(--faint);font-size:.93rem;max-width:60rem}
.hero{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:1rem 3rem;
border-top:4px solid var(--link)}
.outcome{display:inline-block;font-size:1.08rem;font-weight:600;padding:.3rem .85rem;
border-radius:8px}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:.7rem 1.5rem;
margin:1.1rem 0 0}
dt{color:var(--faint);font-size:.87rem}
dd{margin:0;overflow-wrap:anywhere}
.digests{grid-column:1/-1;display:grid;grid-template-columns:repeat(3,minmax(0,1fr));
gap:.7rem 2rem;margin:0;padding-top:1rem;border-top:1px solid var(--line)}
.digest{overflow-wrap:anywhere}
.totals{display:flex;gap:1.6rem;align-items:center}
.ring{width:156px;height:156px;flex:none}
.ring circle{fill:none;stroke-width:17;transform:rotate(-90deg);transform-origin:60px 60px}
.ring .track{stroke:var(--soft)}
.ring text{font-size:25px;font-weight:650;text-anchor:middle;dominant-baseline:central;
fill:var(--ink)}
.ring .small{font-size:9px;font-weight:400;fill:var(--faint)}
.v-satisfied{fill:var(--ok);stroke:var(--ok)}
.v-not-satisfied{fill:var(--bad);stroke:var(--bad)}
.v-needs-person{fill:var(--person);stroke:var(--person)}
.v-could-not-run{fill:var(--run);stroke:var(--run)}
.v-not-applicable{fill:var(--na);stroke:var(--na)}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.65rem .8rem;border-bottom:1px solid var(--line);
font-weight:400}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--faint);font-size:.87rem;padding-top:0;white-space:nowrap}
tbody:last-child tr:last-child>*{border-bottom:0}
th.num,td.num{text-align:right}
.legend{width:auto}
.legend th,.legend td{padding:.3rem .55rem;border:0;white-space:nowrap}
.legend th{padding-left:0}
.legend td{text-align:right;font-variant-numeric:tabular-nums}
.legend tbody td:nth-child(2){font-weight:650;font-size:1.1rem}
.badge{display:inline-block;border-radius:999px;padding:.05rem .65rem;font-size:.9rem;
font-weight:550;white-space:nowrap}
.b-satisfied{background:var(--ok-soft);color:var(--ok-ink)}
.b-not-satisfied,.s-high,.s-critical{background:var(--bad-soft);color:var(--bad-ink)}
.b-needs-person,.s-medium{background:var(--person-soft);color:var(--person-ink)}
.b-could-not-run{background:var(--run-soft);color:var(--run-ink)}
.b-not-applicable,.s-low,.s-info{background:var(--na-soft);color:var(--na-ink)}
.s-critical{outline:1px solid currentColor;outline-offset:-1px}
.outcome+.beside{display:inline-block;margin:0 .6rem;color:var(--person-ink)}
.tag{display:inline-block;border:1px dashed var(--faint);border-radius:5px;color:var(--faint);
font-size:.82rem;padding:0 .4rem;white-space:nowrap}
.chips{display:flex;flex-wrap:wrap;gap:.35rem}
.chip{background:var(--soft);border-radius:5px;padding:0 .45rem;font-size:.82rem;
color:var(--faint);font-weight:400}
.bar{display:block;width:100%;height:16px;margin:.22rem 0 .35rem;border-radius:4px;
background:var(--soft)}
.bar rect{stroke:var(--card);stroke-width:1.5}
.bar .pale{opacity:.38}
.counts{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.88rem;color:var(--faint)}
.count{white-space:nowrap}
.count b{color:var(--ink);font-variant-numeric:tabular-nums}
.dot{display:inline-block;width:1.15rem;height:1.15rem;border-radius:50%;text-align:center;
font:700 .75rem/1.15rem system-ui,sans-serif;margin-right:.35rem}
.bars th[scope="row"]{width:38%}
.bars .num{width:4.5rem}
.bars th[scope="row"]>.faint,.bars .chips{font-size:.88rem}
.bars .chips{margin-top:.3rem}
.rest{margin-top:1.1rem}
.rest .note{margin-bottom:.35rem}
tr.group th,tbody.standard th{background:var(--soft);font-weight:600;padding:.45rem .8rem}
.first{border-left:4px solid var(--bad)}
.f-should{border-left-color:var(--person)}
.first ul{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,
minmax(21rem,1fr));gap:1rem 2rem}
.first a{text-decoration:none}
.first a:hover{text-decoration:underline}
.first p{margin:.1rem 0 0}
.first .why{color:var(--bad-ink)}
.f-should .why{color:var(--person-ink)}
.first ul+p{margin-top:1rem}
.filters{display:flex;flex-wrap:wrap;gap:.7rem 1rem;align-items:end;margin-bottom:1.1rem}
.filters>.chips{flex-basis:100%;gap:.5rem}
.filters .filter{padding:.2rem .6rem .2rem .25rem;border-radius:999px}
.filters .filter .tag{margin-left:.35rem}
.filters label>span:first-child{display:block;color:var(--faint);font-size:.87rem}
.filters label{max-width:100%}
.filters select{max-width:22rem}
.filters input{cursor:text;width:17rem;max-width:100%}
#shown{margin:0 0 .3rem auto;color:var(--faint);font-variant-numeric:tabular-nums}
.clauses{table-layout:fixed}
.clauses thead th:nth-child(1){width:12.5rem}
.clauses thead th:nth-child(3){width:10.5rem}
.clauses thead th:nth-child(4){width:20rem}
.clauses .clause>tr:first-child>*{border-bottom:0}
.clauses .clause>tr:last-child>*{border-bottom:1px solid var(--line)}
html.js .clauses .clause:not(.open)>tr:first-child>*{border-bottom:1px solid var(--line)}
html.js .clause:not(.open)>.details,html.js .bundle:not(.open)>.details{display:none}
.clause:target>tr>*{background:var(--person-soft)}
.clause th{overflow-wrap:anywhere}
.clause th .faint{font-size:.88rem;padding-left:1.25rem}
.verdict .tag{display:table;margin-top:.35rem}
.code{font-weight:600;font-variant-numeric:tabular-nums}
.more{background:none;border:0;padding:0;cursor:pointer;text-align:left;color:inherit}
.more:hover .code,.more:hover code{text-decoration:underline}
.arrow{display:inline-block;width:0;height:0;border:.32rem solid transparent;
border-left-color:var(--faint);border-right:0;margin-right:.6rem;vertical-align:.05rem}
.open>tr .arrow,.open>h3 .arrow{transform:rotate(90deg)}
.cell-label{display:none}
.measured+.measured{margin-top:.55rem}
.measured code{color:var(--faint)}
.against{display:flex;flex-wrap:wrap;align-items:center;gap:0 .7rem}
.interval{flex:none;width:150px;height:20px;margin:.1rem 0}
.interval .allowed{fill:var(--ok-soft)}
.interval .axis{stroke:var(--line);stroke-width:2}
.interval .limit{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 2}
.interval .range{fill:none;stroke:var(--faint);stroke-width:2}
.interval .point{fill:var(--faint)}
.holds .range{stroke:var(--ok)}
.holds .point{fill:var(--ok)}
.breaks .range{stroke:var(--bad)}
.breaks .point{fill:var(--bad)}
.breaks b{color:var(--bad-ink)}
.clause .details td{padding:.2rem .8rem 1.1rem 1.25rem}
.details dl{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.8rem 2rem;margin:0;
background:var(--soft);border-radius:9px;padding:1rem 1.2rem}
.details .wide{grid-column:1/-1}
.details ul{margin:0;padding-left:1.1rem}
.bundle h3{margin:0;font-weight:400;border-top:1px solid var(--line)}
.bundle .more{width:100%;padding:.6rem 0;display:flex;gap:.6rem;align-items:center;flex-wrap:wrap}
.bundle .more .arrow{margin-right:0}
.bundle .more>.num{margin-left:auto}
.bundle>.details{padding:0 0 1rem 1.2rem}
.findings td:first-child,.findings th:first-child{width:6.5rem}
.findings td:nth-child(2){width:34%}
.findings .drawn{display:block;max-width:100%;max-height:9rem;margin:.3rem 0;background:#fff}
.evidence th{overflow-wrap:anywhere}
.evidence td:nth-child(2){width:46%}
.nothing{padding:2rem 0;text-align:center;color:var(--faint)}
footer{max-width:1180px;margin:0 auto;padding:0 1rem 3rem;color:var(--faint);font-size:.9rem}
@media (max-width:1020px){.hero{grid-template-columns:minmax(0,1fr)}
.digests{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:820px){
body{font-size:16px}
.top{flex-wrap:wrap;gap:.4rem .9rem;position:static}
.top nav{order:3;flex-basis:100%}
.switches{margin-left:auto}
html{scroll-padding-top:1rem}
main{padding:.8rem .6rem}
.card{padding:1.1rem 1rem;border-radius:10px}
h1{font-size:1.55rem}
.totals{flex-wrap:wrap;gap:1rem}
.facts{grid-template-columns:repeat(2,minmax(0,1fr))}
.first ul,.details dl{grid-template-columns:minmax(0,1fr)}
#shown{margin-left:0}
.filters label,.filters select,.filters input{width:100%;max-width:none}
table.bars,.bars tbody,.bars tr,.bars th,.bars td,.clauses,.clauses tbody,.clauses tr,
.clauses th,.clauses td,
.findings,.findings tbody,.findings tr,.findings td,.plain,.plain tbody,.plain tr,.plain th,
.plain td{display:block;width:auto!important}
.bars thead,.clauses thead,.findings thead,.plain thead{position:absolute;clip-path:inset(50%);
width:1px;height:1px;overflow:hidden}
main td,main th{padding:.25rem 0;border:0!important;text-align:left}
.bars tr,.clauses .clause,.findings tr,.plain tr{border-bottom:1px solid var(--line);
padding:.7rem 0}
.bars td.num{display:none}
.bars tbody tr.group{padding:0}
tr.group th,tbody.standard th{padding:.45rem .7rem!important}
.clause .faint{padding-left:0}
.clause th .faint{padding-left:1.25rem}
.verdict .tag{display:inline-block;margin:0 0 0 .4rem}
.plain td.num{display:flex!important;gap:.6rem;text-align:left}
.cell-label{display:block;color:var(--faint);font-size:.87rem}
.cell-label:last-child{display:none}
.clause .details td{padding:.4rem 0 .6rem!important}
html.js .clause:not(.open)>.details{display:none}
.legend th,.legend td,.legend thead{display:table-cell;position:static;clip-path:none}
.legend thead{display:table-header-group}
.legend td,.legend th+th{text-align:right;padding-left:.8rem}
}
@media print{
@page{margin:13mm 12mm}
html{font-size:9pt}
body{background:#fff;font-size:8.6pt;line-height:1.45}
.top,.filters,.skip,#nothing,.arrow{display:none!important}
main,footer{max-width:none;padding:0}
.card{border:0;padding:0;margin:0 0 1.4rem;border-radius:0}
.hero{border-top:0;grid-template-columns:minmax(0,1fr) auto}
.facts{grid-template-columns:repeat(2,minmax(0,1fr))}
.digests{grid-template-columns:minmax(0,1fr)}
.digests>div{display:flex;gap:1rem}
.digests dt{flex:0 0 9rem}
.first{border-left:0}
h1{font-size:1.8rem}
.ring{width:112px;height:112px}
.totals{gap:1rem}
#clauses,#findings{break-before:page}
th,td{padding:.4rem .6rem}
.clauses thead th:nth-child(1){width:8.5rem}
.clauses thead th:nth-child(3){width:9rem}
.clauses thead th:nth-child(4){width:16rem}
.clause th .faint{padding-left:0}
html.js .clause>tr.details{display:table-row!important}
html.js .bundle>.details{display:block!important}
html.js .clauses .clause>tr:first-child>*{border-bottom:0!important}
.clause[hidden],tbody.standard[hidden]{display:table-row-group!important}
.clause .details td{padding:0 0 .6rem}
.details dl{grid-template-columns:repeat(3,minmax(0,1fr));gap:.35rem 1.2rem;padding:.45rem .7rem;
font-size:.92em}
.bundle>.details{padding:0 0 .6rem}
.findings td,.findings th{padding:.2rem .5rem}
.interval{width:120px;height:16px}
h2,h3,tbody.standard,.note{break-after:avoid}
tr,li,.facts,.totals{break-inside:avoid}
.clause>tr:first-child{break-after:avoid}
thead{display:table-header-group}
a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";

}  // namespace assay::report::html
