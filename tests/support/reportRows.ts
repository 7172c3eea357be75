import type { Block, Section } from '../../shared/report/blocks';

/**
 * What has to be found of a block in a surface, as it reads: sentences, statuses, and rows with their cells beside each
 * other.
 */
export function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'sentences':
      return [...block.sentences];
    case 'facts':
      return block.facts.map(({ label, value }) => `${label} ${value}`);
    case 'figures':
      return block.figures.flatMap(({ label, value, note }) => [`${label} ${value}`, note]);
    case 'outcomes':
      return block.outcomes.flatMap(({ statusText, label, value }) => [statusText, `${label} ${value}`]);
    case 'findings':
      return block.findings.flatMap(({ effectText, label, value }) => [effectText, `${label} ${value}`]);
    case 'table':
      return block.rows.map(({ label, cells }) => [label, ...cells].join(' '));
    case 'details':
      return [block.summary];
  }
}

/** The same of a whole section, its title first. */
export function wordsOfSection({ title, blocks }: Section): string[] {
  return [title, ...blocks.flatMap(wordsOf)];
}

/** Those that a surface does not have. */
export function missingIn(read: string, words: readonly string[]): string[] {
  return words.filter((word) => !read.includes(asRead(word)));
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", amp: '&' };

/** Text as it reads: without tags and entities of HTML, signs of Markdown, and rows of blanks. */
export function asRead(text: string): string {
  return text
    .replace(/<style>.*?<\/style>|<!-- -->/gs, '')
    .replace(/<[a-z!/][^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#x27|#39|amp);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/\\(?=[^\w\s])|[`|]|\*\*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
