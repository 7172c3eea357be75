import type { Block, Section } from '../../../shared/report/blocks';
import { shortRunReport } from '../../../shared/report/runReport';
import type { RunDocument } from '../../../shared/run/document';

/** Escapes what would be markup in Markdown (CommonMark, with GitHub's tables). */
export function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Returns a text as a code span, fenced by one more backtick than its longest run of them (CommonMark 0.31, 6.1). */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Returns a table in GitHub Flavored Markdown; the cells are Markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return list(block.sentences.map(escapedMarkdown));
    case 'facts':
      return list(block.facts.map(({ label, value }) => `**${escapedMarkdown(label)}** ${escapedMarkdown(value)}`));
    case 'figures':
      return list(
        block.figures.map(
          ({ label, value, note }) =>
            `**${escapedMarkdown(label)}** ${escapedMarkdown(value)}${note === '' ? '' : ` (${escapedMarkdown(note)})`}`,
        ),
      );
    case 'outcomes':
      return markdownTable(
        block.columns,
        block.outcomes.map(({ label, value, statusText }) => [code(label), escapedMarkdown(value), statusText]),
      );
    case 'findings':
      return list(
        block.findings.map(
          ({ effectText, label, value }) => `${effectText}: **${escapedMarkdown(label)}** ${escapedMarkdown(value)}`,
        ),
      );
    case 'table':
      return markdownTable(
        block.columns,
        block.rows.map(({ label, cells }) => [label, ...cells].map(escapedMarkdown)),
      );
    case 'details':
      return escapedMarkdown(block.summary);
  }
}

/** A section of a report under a heading. */
export function markdownSection({ title, blocks }: Section): string {
  return [`### ${title}`, ...blocks.map(blockText)].join('\n\n');
}

/** Returns a finished run for a chat or an issue: the verdict, what it is based on, and whether it can be trusted. */
export function toMarkdown(document: RunDocument): string {
  const { verdict, sections } = shortRunReport(document, 'markdown');
  const parts = [`**${verdict.word}:** ${escapedMarkdown(verdict.sentence)}`, ...sections.map(markdownSection)];
  return `${parts.join('\n\n')}\n`;
}
