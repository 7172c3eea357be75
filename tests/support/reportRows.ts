import type { Block, Section } from '../../shared/report/blocks';

/** Every word that a block has to be found with in a surface: labels, values, statuses, sentences. */
export function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'sentences':
      return [...block.sentences];
    case 'facts':
      return block.facts.flatMap(({ label, value }) => [label, value]);
    case 'outcomes':
      return block.outcomes.flatMap(({ statusText, label, value }) => [statusText, label, value]);
    case 'findings':
      return block.findings.flatMap(({ effectText, label, value }) => [effectText, label, value]);
    case 'table':
      return block.rows.flatMap(({ label, cells }) => [label, ...cells]);
    case 'details':
      return [block.summary];
  }
}

/** The same of a whole section, its title first. */
export function wordsOfSection({ title, blocks }: Section): string[] {
  return [title, ...blocks.flatMap(wordsOf)].filter((word) => word !== '');
}

/** Text as it reads: without tags and entities of HTML, escapes of Markdown, and rows of blanks. */
export function asRead(text: string): string {
  return text
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}
