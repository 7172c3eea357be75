import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Block, Finding, Outcome, Section, TableRow } from '../../shared/report/blocks';
import styles from './ReportBlocks.module.css';
import shared from './shared.module.css';
import { HeaderRow } from './Table';
import { Tile, TileRow } from './Tile';

/** A status as a mark and a word. The colour repeats it. */
export function StatusMark({ status, statusText }: Pick<Outcome, 'status' | 'statusText'>) {
  return (
    <span className={styles.mark} data-status={status}>
      {statusText}
    </span>
  );
}

/** `name` is the displayed label: code for an expression, bold for a name. */
function Judged({ mark, label, name, value }: { mark: ReactNode; label: string; name: ReactNode; value: string }) {
  return (
    <li data-label={label}>
      {mark}
      <span className={styles.checkMessage}>
        {name} {value}
      </span>
    </li>
  );
}

function EffectMark({ effect, effectText }: Pick<Finding, 'effect' | 'effectText'>) {
  return (
    <span className={styles.mark} data-effect={effect}>
      {effectText}
    </span>
  );
}

interface ReportTableProps {
  /** The accessible name of a table without a heading. */
  label?: string;
  columns: readonly string[];
  rows: readonly TableRow[];
}

/** A table of a report. */
export function ReportTable({ label: name, columns, rows }: ReportTableProps) {
  return (
    <table className={shared.numbers} aria-label={name}>
      <HeaderRow titles={columns} />
      <tbody>
        {rows.map(({ label, cells }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their order and labels may be alike
          <tr key={index}>
            <th scope="row">{label}</th>
            {cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
              <td key={column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A block of a report in the layout of the window. */
export function ReportBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'sentences':
      return block.sentences.map((sentence) => <p key={sentence}>{sentence}</p>);
    case 'table':
      return <ReportTable columns={block.columns} rows={block.rows} />;
    case 'facts':
      return (
        <dl className={styles.facts}>
          {block.facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'figures':
      return (
        <TileRow>
          {block.figures.map((figure) => (
            <Tile key={figure.label} {...figure} />
          ))}
        </TileRow>
      );
    case 'outcomes':
      return (
        <ul className={styles.checks}>
          {block.outcomes.map(({ label, value, ...outcome }) => (
            <Judged
              key={label}
              mark={<StatusMark {...outcome} />}
              label={label}
              name={<code>{label}</code>}
              value={value}
            />
          ))}
        </ul>
      );
    case 'findings':
      return (
        <ul className={styles.checks}>
          {block.findings.map(({ label, value, ...finding }) => (
            <Judged key={label} mark={<EffectMark {...finding} />} label={label} name={<b>{label}</b>} value={value} />
          ))}
        </ul>
      );
    case 'details':
      return (
        <details className={styles.quietChecks}>
          <summary>{block.summary}</summary>
          <ul>
            {block.facts.map(({ label, value }) => (
              <li key={label} data-label={label}>
                <b>{label}</b> {value}
              </li>
            ))}
          </ul>
        </details>
      );
  }
}

/** Sections of a report as stacked panels. `level` is the level of their headings. */
export function ReportSections({ sections, level = 2 }: { sections: readonly Section[]; level?: 2 | 3 }) {
  const Title = level === 2 ? 'h2' : 'h3';
  return sections.map(({ key, title, blocks }) => (
    <section key={key} className={clsx(shared.panel, styles.wide)} data-section={key}>
      <Title>{title}</Title>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
        <ReportBlock key={index} block={block} />
      ))}
    </section>
  ));
}
