import type { ThresholdStatus } from '../thresholds/doubt';

/** What came of something that was judged: it is proven to pass, proven to fail, or neither. */
export type Status = ThresholdStatus;

/** A value with its name; the value is formatted and has its unit. */
export interface Fact {
  label: string;
  value: string;
}

/** A main figure: `Throughput`, `200 req/s`, `24,000 requests`. */
export interface ShownFigure extends Fact {
  /** What belongs to it, such as of how many requests it is; empty where nothing does. */
  note: string;
}

/** Something that was judged: `✕ failed`, `http_req_duration p(95)<50`, `806 ms, limit 50.0 ms`. */
export interface Outcome extends Fact {
  status: Status;
  /** The mark and the word of the status. */
  statusText: string;
}

/** What a check of the measurement found, and what that means for the verdict. */
export interface Finding extends Fact {
  effect: 'decisive' | 'harmless';
  /** The mark and the words of the effect. */
  effectText: string;
}

/** A row of a table: the first column is its label. */
export interface TableRow {
  label: string;
  cells: readonly string[];
}

/** What the columns of outcomes and findings are called: label, value, and status or effect. */
export type OutcomeColumns = readonly [label: string, value: string, status: string];

/** A piece of a section; a surface lays out each kind in its own way and adds no words. */
export type Block =
  | { kind: 'sentences'; sentences: readonly string[] }
  | { kind: 'facts'; facts: readonly Fact[] }
  | { kind: 'figures'; figures: readonly ShownFigure[] }
  /** `columns` name the label, the value and the status. */
  | { kind: 'outcomes'; columns: OutcomeColumns; outcomes: readonly Outcome[] }
  | { kind: 'findings'; columns: OutcomeColumns; findings: readonly Finding[] }
  | { kind: 'table'; columns: readonly string[]; rows: readonly TableRow[] }
  /** What a surface that can hide something shows on request only; the others show the summary. */
  | { kind: 'details'; summary: string; facts: readonly Fact[] };

/** A part of a report under a heading. `key` says which one it is, whatever its title. */
export interface Section<Key extends string = string> {
  key: Key;
  title: string;
  blocks: readonly Block[];
}

/** A section, or nothing where all its blocks are empty. */
export function sectionOf<Key extends string>(key: Key, title: string, blocks: readonly Block[]): Section<Key>[] {
  const filled = blocks.filter((block) => !isEmpty(block));
  return filled.length === 0 ? [] : [{ key, title, blocks: filled }];
}

function isEmpty(block: Block): boolean {
  switch (block.kind) {
    case 'sentences':
      return block.sentences.length === 0;
    case 'figures':
      return block.figures.length === 0;
    case 'outcomes':
      return block.outcomes.length === 0;
    case 'findings':
      return block.findings.length === 0;
    case 'table':
      return block.rows.length === 0;
    case 'facts':
    case 'details':
      return block.facts.length === 0;
  }
}
