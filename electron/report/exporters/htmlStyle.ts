/** The style of a report page, on the screen and on paper. */
export const htmlStyle = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: #fff; color: #161b22; font: 14px/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
header { padding: 16px 20px; border-left: 6px solid #566173; background: #f6f7f9; border-radius: 6px; }
header[data-verdict=passed] { border-color: #187a4b; }
header[data-verdict=failed] { border-color: #c0362c; }
header[data-verdict=inconclusive] { border-color: #8a6100; }
header p { margin: 0; color: #566173; }
h1 { margin: 4px 0 0; font-size: 20px; line-height: 1.3; }
h1 span { text-transform: uppercase; font-size: 14px; letter-spacing: .04em; }
h2 { margin: 28px 0 8px; font-size: 15px; }
.tiles { display: grid; grid-template-columns: repeat(7, 1fr); gap: 8px; margin: 16px 0; }
.tiles div { padding: 10px 12px; border: 1px solid #d7dce3; border-radius: 6px; }
.tiles dt { color: #566173; font-size: 12px; }
.tiles dd { margin: 0; font-size: 20px; font-weight: 650; white-space: nowrap; }
.tiles dd.note { color: #566173; font-size: 11px; font-weight: 400; white-space: normal; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
figure { margin: 0; padding: 10px 12px; border: 1px solid #d7dce3; border-radius: 6px; break-inside: avoid; }
figcaption { display: flex; gap: 14px; align-items: baseline; font-size: 12px; color: #566173; }
figcaption b { color: #161b22; font-size: 13px; }
figcaption i { display: inline-block; width: 18px; margin-right: 5px; vertical-align: middle; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 11px; fill: #566173; }
svg .grid { stroke: #e3e7ec; }
svg .limit { stroke: #c0362c; stroke-dasharray: 2 4; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 4px 8px; border-bottom: 1px solid #e3e7ec; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:not(:last-child), thead th:not(:first-child) { text-align: left; }
tbody th { font-weight: 500; }
td:nth-child(3) { white-space: nowrap; }
.figures thead th, .figures td:not(:nth-child(2)) { white-space: nowrap; overflow-wrap: normal; }
summary { margin: 6px 0; cursor: pointer; color: #566173; }
p { margin: 6px 0; max-width: 90ch; }
section { break-inside: avoid-page; }
@media (max-width: 800px) { .charts { grid-template-columns: 1fr; } .tiles { grid-template-columns: repeat(3, 1fr); } }
@media print { body { padding: 0; max-width: none; font-size: 11px; } header { border: 1px solid #566173; border-left-width: 6px; } h2 { margin-top: 16px; } }
`;
