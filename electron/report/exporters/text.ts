import type { ImportedResult } from '../../../shared/interchange/importedResult';
import type { Block, Section } from '../../../shared/report/blocks';
import { importedReport, toolOf } from '../../../shared/report/importedReport';
import { shortRunReport } from '../../../shared/report/runReport';
import { stateWord } from '../../../shared/report/status';
import type { RunDocument } from '../../../shared/run/document';
import { printableLine } from '../../../shared/text/printable';

/** The maximum width of a column, in characters. A longer cell does not move the columns of other rows. */
const widestColumn = 48;

/** Returns a printable line. Names come from files and servers, and none may pass for a line of Proofload. */
function line(text: string): string {
  return `${printableLine(text).trimEnd()}\n`;
}

/** Lays out rows in aligned columns. */
function columns(rows: readonly (readonly string[])[]): string {
  const printed = rows.map((row) => row.map(printableLine));
  const count = Math.max(0, ...printed.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.min(widestColumn, Math.max(...printed.map((row) => row[column]?.length ?? 0))),
  );
  const laidOut = printed.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return laidOut.map((row) => line(`  ${row}`)).join('');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return block.sentences.map((sentence) => line(`  ${sentence}`)).join('');
    case 'facts':
      return columns(block.facts.map(({ label, value }) => [label, value]));
    case 'figures':
      return columns(block.figures.map(({ label, value, note }) => [label, value, note]));
    case 'outcomes':
      return columns(block.outcomes.map(({ statusText, label, value }) => [statusText, label, value]));
    case 'findings':
      return columns(block.findings.map(({ effectText, label, value }) => [effectText, label, value]));
    case 'table':
      return columns([block.columns, ...block.rows.map(({ label, cells }) => [label, ...cells])]);
    case 'details':
      return line(`  ${block.summary}`);
  }
}

function sectionText({ title, blocks }: Section): string {
  return `\n${line(title)}${blocks.map(blockText).join('')}`;
}

/** Returns a finished run as text of a fixed width for terminals: the verdict first, then what it is based on. */
export function toText(document: RunDocument): string {
  const { verdict, sections } = shortRunReport(document, 'text');
  return `\n${line(`${verdict.word}: ${verdict.sentence}`)}${sections.map(sectionText).join('')}`;
}

/** Returns the result of another tool as text of a fixed width. */
export function resultToText(result: ImportedResult): string {
  const { subject, sections } = importedReport(result);
  return `\n${line(`${stateWord('imported')} from ${toolOf(result)}: ${subject}`)}${sections.map(sectionText).join('')}`;
}
