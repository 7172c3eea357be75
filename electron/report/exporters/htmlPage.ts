import { escapeXml } from '../../../shared/charts/escapeXml';
import { htmlStyle } from './htmlStyle';

type Row = readonly string[];

function cells(row: Row, tag: 'td' | 'th'): string {
  return row
    .map((text, column) => `<${column === 0 ? 'th' : tag}>${escapeXml(text)}</${column === 0 ? 'th' : tag}>`)
    .join('');
}

/**
 * Returns a table of texts, in which the first column names the row. With `figures`, only the second column can wrap,
 * which contains names.
 */
export function htmlTable(head: Row | undefined, rows: readonly Row[], figures = false): string {
  const titles = head === undefined ? '' : `<thead><tr>${cells(head, 'th')}</tr></thead>`;
  return `<table${figures ? ' class="figures"' : ''}>${titles}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`;
}

export function htmlParagraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escapeXml(sentence)}</p>`).join('');
}

/** A section under a heading; `body` is HTML. */
export function htmlSection(title: string, body: string): string {
  return `<section><h2>${escapeXml(title)}</h2>${body}</section>`;
}

/**
 * Returns a self-contained page for the screen and for paper. It has no script and loads nothing. `title` is text,
 * `body` is HTML.
 */
export function htmlPage(title: string, body: readonly string[]): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(title)} · Proofload</title>
<style>${htmlStyle}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
}
