import type { ThresholdStatus } from '../thresholds/doubt';

/** The result of a judgement: proven to pass, proven to fail, or neither. */
export type Status = ThresholdStatus;

/** A value with its name. The value is formatted and has its unit. */
export interface Fact {
  label: string;
  value: string;
}

/** A main figure: `Throughput`, `200 req/s`, `24,000 requests`. */
export interface ShownFigure extends Fact {
  /** Additional information, such as the number of requests; empty when there is none. */
  note: string;
}

/** A judged item: `✕ failed`, `http_req_duration p(95)<50`, `806 ms, limit 50.0 ms`. */
export interface Outcome extends Fact {
  status: Status;
  /** The mark and the word of the status. */
  statusText: string;
}

/** The finding of a trust check, and its effect on the verdict. */
export interface Finding extends Fact {
  effect: 'decisive' | 'harmless';
  /** The mark and the words of the effect. */
  effectText: string;
}

/** A row of a table. The first column is its label. */
export interface TableRow {
  label: string;
  cells: readonly string[];
}

/** The column titles of outcomes and findings: label, value, and status or effect. */
export type OutcomeColumns = readonly [label: string, value: string, status: string];

/** A piece of a section. Each surface lays out every kind in its own way and adds no words. */
export type Block =
  | { kind: 'sentences'; sentences: readonly string[] }
  | { kind: 'facts'; facts: readonly Fact[] }
  | { kind: 'figures'; figures: readonly ShownFigure[] }
  /** `columns` name the label, the value and the status. */
  | { kind: 'outcomes'; columns: OutcomeColumns; outcomes: readonly Outcome[] }
  | { kind: 'findings'; columns: OutcomeColumns; findings: readonly Finding[] }
  | { kind: 'table'; columns: readonly string[]; rows: readonly TableRow[] }
  /** Shown only on request by a surface that can hide content. The others show the summary. */
  | { kind: 'details'; summary: string; facts: readonly Fact[] };

/** A part of a report under a heading. `key` identifies it independent of the title. */
export interface Section<Key extends string = string> {
  key: Key;
  title: string;
  blocks: readonly Block[];
}

/** Returns a section; empty when all its blocks are empty. */
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
