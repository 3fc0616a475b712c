// SPDX-License-Identifier: Apache-2.0

/// The one style sheet of all reports: light and dark, wide and narrow, screen and paper.
enum StyleSheet {
  static let css = """
    :root{color-scheme:light dark;--ink:#1c2430;--quiet:#5d6878;--paper:#fff;--wash:#f4f6f9;
    --line:#d9dfe7;--real:#b9c2ce;--syn:#0b6bcb;--over:#c2410c;--good:#177245;--band:#dfe5ec;
    --h0:#eef4fb;--h1:#cbdff5;--h2:#94bfe9;--h3:#4f93d6;--h4:#1a62ad;--h5:#08335f;--empty:#fff}
    @media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--quiet:#9aa6b6;--paper:#12161c;
    --wash:#1a2028;--line:#2f3843;--real:#566273;--syn:#5aa9f5;--over:#fb923c;--good:#5bc48a;
    --band:#2b343f;--h0:#1b2733;--h1:#1f3e5e;--h2:#2a5d92;--h3:#3f86cb;--h4:#7fb6ea;--h5:#d3e8fc;
    --empty:#12161c}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,
    "Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
    main,header,footer{max-width:1080px;margin:0 auto;padding:0 20px}
    header{padding-top:36px}
    h1{font-size:1.9rem;line-height:1.2;margin:.2em 0 .3em;overflow-wrap:anywhere}
    h2{font-size:1.35rem;margin:2.4em 0 .5em;padding-top:.7em;border-top:1px solid var(--line)}
    h3{font-size:1.05rem;margin:1.8em 0 .4em}
    h4{font-size:.95rem;margin:0 0 .1em;overflow-wrap:anywhere}
    p,ul{margin:.5em 0;max-width:72ch}
    a{color:var(--syn)}
    .quiet{color:var(--quiet)}
    .lead{font-size:1.1rem}
    .mark{display:inline-block;font-size:.8rem;font-weight:600;letter-spacing:.02em;padding:3px 10px;
    border-radius:20px;background:var(--syn);color:var(--paper);margin:0 6px 6px 0}
    .alarm{border:2px solid var(--over);border-radius:8px;padding:10px 14px;max-width:none}
    .mark.owner{background:var(--over)}
    nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:1em 0;font-size:.95rem}
    dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;margin:1em 0}
    dl.facts dt{color:var(--quiet)}
    dl.facts dd{margin:0;overflow-wrap:anywhere;min-width:0}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:14px;margin:1em 0}
    .card{background:var(--wash);border-radius:10px;padding:14px 16px;min-width:0}
    .card b{display:block;font-size:1.5rem;font-weight:650;line-height:1.25}
    .card p{font-size:.9rem;margin:.35em 0 0}
    .card .ok{color:var(--good)}.card .bad{color:var(--over)}
    .scale{display:flex;flex-wrap:wrap;gap:6px;padding:0;margin:.8em 0;list-style:none;max-width:none}
    .scale li{flex:1 1 150px;background:var(--wash);border-radius:8px;padding:8px 12px;font-size:.85rem;
    color:var(--quiet)}
    .scale li b{display:block;color:var(--ink)}
    .scale li.here{background:var(--syn);color:var(--paper)}.scale li.here b{color:var(--paper)}
    .multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:26px 28px;margin:1em 0}
    .multiples figure{margin:0;min-width:0}
    .multiples figcaption{font-size:.85rem;color:var(--quiet);margin-bottom:6px}
    svg{display:block;width:100%;height:auto}
    svg text{font-size:11.5px;fill:var(--quiet);font-family:inherit}
    svg text.value{font-size:10.5px}
    svg .real{fill:var(--real)}svg .syn{fill:var(--syn)}
    svg .line{fill:none;stroke:var(--syn);stroke-width:1.8;stroke-linejoin:round}
    svg .axis,svg .grid{stroke:var(--line);fill:none}svg .band{fill:var(--band)}
    svg .tick{stroke:var(--quiet);stroke-width:2}
    svg .dot{fill:var(--syn)}svg .over{fill:var(--over)}
    svg .h0{fill:var(--h0)}svg .h1{fill:var(--h1)}svg .h2{fill:var(--h2)}svg .h3{fill:var(--h3)}
    svg .h4{fill:var(--h4)}svg .h5{fill:var(--h5)}svg .empty{fill:var(--empty)}
    svg .arc{fill:none;stroke:var(--syn)}svg .arc.exact{stroke:var(--over)}
    svg .frame{fill:none;stroke:var(--line)}
    svg.wide{max-width:860px;min-width:520px}svg.heat{min-width:480px}
    .scroll:focus-visible{outline:2px solid var(--syn)}
    .scroll>table{min-width:560px}
    .key,.legend{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.85rem;color:var(--quiet);max-width:none}
    .key span,.legend span{display:inline-flex;align-items:center;gap:6px}
    .key svg,.legend svg{width:14px;height:14px;flex:none;border:1px solid var(--line)}
    .key svg{border:0}
    .scroll{overflow-x:auto;margin:.8em 0}
    table{border-collapse:collapse;font-size:.88rem;width:100%}
    th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
    th{color:var(--quiet);font-weight:600}
    td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
    td.n .quiet{white-space:normal;font-weight:400}
    td.name{overflow-wrap:anywhere;min-width:8em}
    td.over{color:var(--over);font-weight:600}
    .sort{all:unset;cursor:pointer;font-weight:600}.sort:focus-visible{outline:2px solid var(--syn)}
    .sort::after{content:" \\2195";opacity:.45}th[aria-sort=ascending] .sort::after{content:" \\2191";opacity:1}
    th[aria-sort=descending] .sort::after{content:" \\2193";opacity:1}
    .filter{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;font-size:.85rem;color:var(--quiet)}
    .filter input,select{font:inherit;color:inherit;background:var(--wash);border:1px solid var(--line);
    border-radius:6px;padding:3px 8px;max-width:100%}
    .choose{display:flex;flex-wrap:wrap;gap:6px 18px}
    caption{text-align:left;color:var(--quiet);padding-bottom:6px}
    #pair-table tbody th{position:sticky;left:0;background:var(--paper)}
    #pair-table th{white-space:normal;min-width:6em;max-width:14em;overflow-wrap:anywhere}
    details{margin:.8em 0}summary{cursor:pointer;color:var(--syn)}
    .rows{font-size:.85rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;max-width:none}
    .sign{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:34px 26px;margin:2.4em 0 1em}
    .sign div{border-top:1px solid var(--quiet);padding-top:4px;font-size:.85rem;color:var(--quiet)}
    footer{color:var(--quiet);font-size:.85rem;padding-top:2.5em;padding-bottom:3em}
    @media (max-width:520px){body{font-size:15px}dl.facts{grid-template-columns:1fr;gap:0}
    dl.facts dd{margin-bottom:8px}h1{font-size:1.5rem}}
    @page{margin:14mm}
    @media print{:root{color-scheme:light;--ink:#000;--quiet:#4a5361;--paper:#fff;--wash:#f4f6f9;
    --line:#cfd6de;--real:#b9c2ce;--syn:#0b6bcb;--over:#c2410c;--good:#177245;--band:#dfe5ec;--h0:#eef4fb;
    --h1:#cbdff5;--h2:#94bfe9;--h3:#4f93d6;--h4:#1a62ad;--h5:#08335f;--empty:#fff}
    body{font-size:10.5pt}nav,.filter,#pair-place,.sort::after{display:none}
    main,header,footer{max-width:none;padding:0}header{padding-top:0}figure,.card,tr{break-inside:avoid}
    #faithful,#unfaithful,#indicated,#do,#sign{break-before:page;border-top:0}
    h2,h3,h4,summary,caption{break-after:avoid}p,li{orphans:3;widows:3}
    .scroll{overflow:visible}.scroll>table{min-width:0}svg.wide,svg.heat{min-width:0}svg.wide{max-width:150mm}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}
