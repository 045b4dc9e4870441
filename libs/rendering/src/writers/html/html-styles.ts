import { type PaperSize, type ReportFont, type ReportStyleFacts, severities } from '#domain';
import { heatLegend } from '../../model/chart-texts.ts';
import { colours, heatTint, severityMarks } from '../../theme/colours.ts';
import { type TypeRole, typeScale } from '../../theme/type-scale.ts';
import { rowHeight } from './html-charts.ts';

/** Faces of the same metrics that a reader is likely to have: fonts are not part of the file. */
const families: Readonly<Record<ReportFont, string>> = {
  Helvetica: "'Helvetica Neue', Helvetica, Arimo, Arial, 'Liberation Sans', sans-serif",
  'Times-Roman': "'Times New Roman', Times, Tinos, 'Liberation Serif', serif",
  Courier: "'Courier New', Courier, Cousine, 'Liberation Mono', monospace",
};
const mono = "ui-monospace, Menlo, Consolas, Cousine, 'Liberation Mono', 'DejaVu Sans Mono', monospace";
const papers: Readonly<Record<PaperSize, string>> = { A4: 'A4', LETTER: 'letter' };

/** The look of the PDF, from its own colours and type. */
export function styleSheet({ font, font_size: fontSize, paper }: ReportStyleFacts): string {
  const scale = typeScale(font, fontSize);
  const type = (role: TypeRole): string => `font-size:${scale[role].size}pt;line-height:${lineHeight(role)}`;
  const lineHeight = (role: TypeRole): number => Math.round((scale[role].leading / scale[role].size) * 100) / 100;
  const c = colours;
  const chips = severities.map((severity) => {
    const { fill, border, letterColour } = severityMarks[severity];
    return [
      `.chip.${severity}{background:${fill};border-color:${border};color:${letterColour}}`,
      `svg .${severity}{fill:${fill}${severity === 'info' ? `;stroke:${border}` : ''}}`,
    ].join('');
  });
  const heats = heatLegend
    .flatMap(([, rate]) => (rate === null ? [] : [rate]))
    .map((rate, index) => `.heat${index}{background:${heatTint(rate)}}`);
  return [
    `:root{color-scheme:light}`,
    `*{box-sizing:border-box}`,
    `html{-webkit-text-size-adjust:100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}`,
    `body{margin:0;background:${c.white};color:${c.ink};font-family:${families[font]};${type('body')}}`,
    `main{max-width:${Math.round(648 * Math.max(1, fontSize / 11))}pt;margin:0 auto;padding:32pt 24pt 48pt;overflow-wrap:anywhere}`,
    `p,h1,h2,h3,h4,dl,dd,ul,figure,table{margin:0;padding:0}`,
    `p,dd,figcaption{text-wrap:pretty}h1,h2,h3,h4,.verdict{text-wrap:balance}`,
    `p,td,th,dd,dt,figcaption,caption,h1,h2,h3,h4,li{white-space:pre-line}p{white-space:pre-wrap}`,
    `ul{list-style:none}`,
    `a{color:${c.accent};text-decoration:none}a:hover,a:focus{text-decoration:underline}`,
    `img{max-width:100%;height:auto;vertical-align:middle}`,
    `code{font-family:${mono};font-size:.92em}`,
    `.quiet,.label,dt{color:${c.ink2}}.faint{color:${c.ink3}}.accent,.number{color:${c.accent}}`,
    `.label,dt{font-weight:700;${type('table')}}.label{margin-bottom:3pt}`,
    `.small,figcaption{${type('small')};color:${c.ink2}}`,
    `.text{${type('text')}}.table{${type('table')}}`,
    `.esc{font-family:${mono};font-size:.82em;background:${c.ink3};color:${c.white};padding:0 .25em;border-radius:1pt;margin:0 1px}`,
    `.mask{background:${c.ink};color:${c.white};font-size:.85em;padding:0 .6em;border-radius:1pt}`,
    `mark{background:${c.mark};color:inherit;text-decoration:underline;text-underline-offset:2px}`,
    `del{color:${c.ink3}}`,
    `.defs{position:absolute}`,
    `svg{display:block}svg.sign{display:inline-block;vertical-align:-.1em}`,
    `svg.plot{overflow:visible}svg .ink{fill:${c.ink}}svg .ink2{fill:${c.ink2}}svg .resisted{fill:${c.resisted}}svg .paper{fill:${c.white}}`,
    `svg .hatch{stroke:${c.hatch};stroke-width:1.6}svg .line{fill:none;stroke:${c.ink};stroke-width:1.3}svg .part{stroke:${c.white};stroke-width:1}`,
    `svg .hair{stroke:${c.hair}}svg .zero{stroke:${c.ink3}}svg .baseline{stroke:${c.ink}}svg .reference{stroke:${c.accent};stroke-dasharray:3 3}`,
    `svg .interval{stroke:${c.ink2};stroke-width:1.5}svg .dot{fill:${c.ink}}svg .hollow{fill:${c.white};stroke:${c.ink};stroke-width:1.5}`,
    `svg .heavy .interval{stroke:${c.ink};stroke-width:2.6}`,
    `svg .tick{fill:${c.ink2};font-size:${scale.chart.size}pt;text-anchor:middle}svg .tick.start{text-anchor:start}svg .tick.end{text-anchor:end}svg .tick.current{fill:${c.ink};font-weight:700}`,
    ...chips,
    // Cover
    `.cover{padding-bottom:8pt}.cover .top{display:flex;justify-content:space-between;align-items:flex-start;gap:24pt;min-height:36pt;margin-bottom:44pt}`,
    `.cover .logo img{max-width:132pt;max-height:36pt;width:auto}`,
    `.classification{border:.75pt solid ${c.ink};padding:4pt 8pt;font-weight:700;${type('table')};max-width:60%}`,
    `h1{${type('display')};font-weight:700;max-width:520pt}h1::before{content:"";display:block;width:72pt;height:3pt;background:${c.accent};margin-bottom:18pt}`,
    `.subtitle{${type('verdict')};margin-top:10pt}.summary{color:${c.ink2};margin-top:5pt}.authors,.notice{margin-top:9pt}`,
    `.facts{margin-top:36pt;border-top:.75pt solid ${c.ink}}.facts th{width:11em;color:${c.ink2};font-weight:400}.facts td,.facts th{border-bottom:.5pt solid ${c.rule};padding:3.5pt 0}`,
    `.slots{display:flex;justify-content:space-between;gap:12pt;${type('micro')};color:${c.ink3};margin-bottom:12pt}.slots>div{flex:1}.slots .center{text-align:center}.slots .right{text-align:right;overflow-wrap:normal}thead th{overflow-wrap:normal}.slots img{max-height:20pt;width:auto}`,
    // Sections
    `section,nav.contents{margin-top:40pt}`,
    `h2{${type('h1')};font-weight:700;border-top:1.5pt solid ${c.accent};padding-top:9pt;margin-bottom:8pt}h2 .number{margin-right:.5em}`,
    `h3{${type('h2')};font-weight:700;margin:22pt 0 5pt}h4{${type('h3')};font-weight:700;margin:16pt 0 4pt}h3 .number,h4 .number{color:inherit}`,
    `section>p,section>.labelled p,section>h3+p{max-width:60em}`,
    `p.lead{margin-bottom:14pt;max-width:38em}p.body,p.text,p.small,p.table{margin-bottom:5pt}p.body{max-width:38em}p.text{max-width:46em}`,
    `.banner{border-left:3pt solid ${c.ink};padding:1pt 0 1pt 9pt;margin:0 0 12pt;${type('text')}}`,
    `.verdict{${type('verdict')};margin:4pt 0 16pt}`,
    `.halves{display:grid;grid-template-columns:1fr 1fr;gap:28pt;border-top:.75pt solid ${c.rule};padding-top:9pt}.halves svg{margin:8pt 0 6pt}.halves svg+svg{margin-top:-4pt}`,
    `.figure{${type('numeral')};font-weight:700}.qualifier{${type('body')};font-weight:400;color:${c.ink2}}`,
    `.ruled{border-top:.75pt solid ${c.rule};padding-top:8pt;margin-top:14pt}`,
    `.nothing{border:.5pt solid ${c.rule};color:${c.ink2};text-align:center;padding:4pt;${type('chart')}}`,
    `.legend{display:flex;flex-wrap:wrap;gap:3pt 16pt;margin:5pt 0 0;${type('chart')}}.legend li{display:flex;align-items:center;gap:4pt}.legend+p.small{margin-top:3pt}svg .key{stroke:${c.ink3};stroke-width:.6}`,
    `.swatch{display:inline-block;width:15pt;height:11pt;border:.5pt solid ${c.rule};overflow:hidden}`,
    `svg.bar{margin-top:2pt}.bars{display:grid;grid-template-columns:10em 1fr;gap:12pt 14pt;align-items:start;margin:8pt 0 12pt;${type('chart')}}.bar-label{text-align:right}`,
    `.contents ul{columns:1}.contents li{padding-left:2.6em;text-indent:-2.6em}.contents a{color:inherit;display:block}.contents .number{display:inline-block;min-width:2.6em;text-indent:0}`,
    `.contents .level1{font-weight:700;margin-top:6pt}.contents .level2{${type('table')};margin-left:2.6em}.contents .level2 .number{color:${c.ink2}}`,
    // Tables
    `table{border-collapse:collapse;width:100%;${type('table')};font-variant-numeric:tabular-nums}table.fixed{table-layout:fixed}`,
    `.wide{overflow-x:auto;margin:4pt 0 10pt}caption{text-align:left;font-weight:700;${type('h3')};padding-bottom:4pt}`,
    `th,td{text-align:left;vertical-align:top;padding:3.5pt 8pt 3.5pt 0}th:last-child,td:last-child{padding-right:0}`,
    `thead th,thead td{border-bottom:.75pt solid ${c.ink};color:${c.ink2};font-weight:700;vertical-align:bottom}thead .faint{font-weight:400}`,
    `tbody td,tbody th{border-bottom:.5pt solid ${c.hair};font-weight:400}tbody tr:last-child>*{border-bottom:.75pt solid ${c.ink}}`,
    `tr.group>*{border-top:1.5pt solid ${c.ink2}}tr.total>*{font-weight:700;border-top:.75pt solid ${c.ink}}`,
    `.right{text-align:right}.indent{padding-left:10pt}td.empty{color:${c.ink2}}`,
    `.chip{display:inline-block;min-width:1.35em;line-height:1.35em;text-align:center;font-weight:700;font-size:.92em;border:.6pt solid;border-radius:1pt}`,
    // Charts
    `.chart{margin:6pt 0 14pt}.chart table{table-layout:fixed;${type('chart')}}.chart td,.chart th{padding:1pt 8pt 1pt 0;vertical-align:middle}.chart td:last-child,.chart th:last-child{padding-right:0}.chart tbody th{text-align:right}.chart tbody td,.chart tbody th,.chart tbody tr:last-child>*{border-bottom:0}.chart thead th,.chart thead td{border-bottom-color:${c.rule};border-bottom-width:.5pt}`,
    `.chart .plot-cell{position:relative;padding:0 16pt 0 6pt;height:${rowHeight}px}.chart .plot-cell>svg{position:absolute;left:6pt;top:0;width:calc(100% - 22pt);height:100%}.chart .note{font-weight:400;color:${c.accent};padding-left:6pt}.chart col.name{width:14em}.chart col.kn-col{width:6.5em}.chart col.rate-col{width:5.5em}.chart col.interval-col{width:9.5em}`,
    `.chart .sides{font-weight:400}.chart .sides span{display:inline-block;width:50%;text-align:center}.chart figcaption{margin-top:3pt}`,
    `.grid{table-layout:fixed}.grid td,.grid th{text-align:center;vertical-align:middle;padding:3pt 2pt;border:1.5pt solid ${c.white};${type('chart')}}.grid tbody th{text-align:right;padding-right:5pt}.grid .heat0{outline:.5pt solid ${c.rule};outline-offset:-1pt}.grid thead th{overflow-wrap:anywhere}.grid .untried{padding:0;position:relative}.grid .untried>svg{position:absolute;inset:0;height:100%}.grid .kn{font-size:.9em}.grid tbody tr:last-child>*{border-bottom:1.5pt solid ${c.white}}.grid thead th,.grid thead td{border-bottom:1.5pt solid ${c.white}}`,
    ...heats,
    `.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12pt;margin:4pt 0 14pt}.tile{border-top:1pt solid ${c.ink};padding-top:4pt}.tile p.small{margin:0 0 1pt}.tile .figure{font-size:${Math.round(scale.numeral.size * 77) / 100}pt}`,
    // Parts of sections
    `.labelled{display:grid;grid-template-columns:7.5em minmax(0,1fr);gap:8pt 12pt;margin:6pt 0 10pt}.labelled dt{padding-top:.15em}`,
    `.states{display:grid;grid-template-columns:9em 1fr;gap:3pt 8pt;${type('table')};margin:8pt 0}.states dt{font-weight:700}`,
    `.action{display:grid;grid-template-columns:2.6em minmax(0,1fr) 13em;gap:0 14pt;border-top:1pt solid ${c.ink};padding:8pt 0 12pt}.action h4{margin:0 0 3pt}.action-number{${type('h2')};font-weight:700;color:${c.accent}}.action .label{margin-right:.5em}`,
    `.aside{display:grid;grid-template-columns:4.2em 1fr;gap:8pt 4pt;align-content:start;${type('table')}}.aside dt{font-weight:400}.aside .blank{border-bottom:.5pt solid ${c.ink2};min-height:1.4em}.aside .count{margin-right:.7em}`,
    `.finding{border-top:1pt solid ${c.ink};margin-top:20pt;padding-top:7pt}.finding>h3,.finding>h4{${type('h2')};margin:0 0 3pt}.finding .title{margin-left:.25em}`,
    `.evidence{margin:0 0 8pt}.evidence figcaption{color:${c.ink};margin-bottom:3pt}.evidence p.small{margin:3pt 0 0}`,
    `.quoted{font-family:${mono};${type('mono')};white-space:pre-wrap;background:${c.pale};border-left:2pt solid ${c.hatch};padding:5pt 8pt 6pt 9pt;overflow:hidden;tab-size:4}`,
    `.original .quoted{background:${c.white};border-left-color:${c.rule};border-top:.5pt solid ${c.hair};border-bottom:.5pt solid ${c.hair}}.sent .quoted{border-left-color:${c.accent}}.decoded .quoted{border-left:2pt dashed ${c.ink3}}`,
    `.turn{display:grid;grid-template-columns:7em minmax(0,1fr);gap:8pt;margin-bottom:6pt}.speaker{text-align:right;${type('small')};color:${c.ink};padding-top:4pt}.turn .quoted{background:${c.white}}.attacker .quoted{background:${c.pale};border-left-color:${c.accent}}.judge .quoted{border-left:2pt dashed ${c.ink3}}`,
    `footer{margin-top:40pt;border-top:.5pt solid ${c.rule};padding-top:6pt;display:flex;justify-content:space-between;gap:12pt;${type('micro')};color:${c.ink3}}`,
    // Narrow screens
    `@media screen and (max-width:640px){main{padding:16pt 12pt}.halves,.tiles{grid-template-columns:minmax(0,1fr)}.labelled,.turn,.bars,.action{grid-template-columns:minmax(0,1fr)}.bar-label,.speaker{text-align:left}.wide table.fixed,.chart table{min-width:520pt}.chart{overflow-x:auto}}`,
    // Paper
    `@page{size:${papers[paper]};margin:18mm 18mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:7.5pt;color:${c.ink3}}}`,
    `@media print{main{max-width:none;padding:0}section,nav.contents{break-before:page;margin-top:0}a{color:inherit}thead{display:table-header-group}tr,.tile,.action,.halves>div,.ruled,.turn .speaker,svg{break-inside:avoid}h2,h3,h4,.label,figcaption{break-after:avoid}.wide{overflow:visible}.finding{break-before:auto}.cover{break-after:page}.cover .facts{margin-top:180pt}footer{margin-top:16pt}p,dd{orphans:3;widows:3}}`,
  ].join('\n');
}
