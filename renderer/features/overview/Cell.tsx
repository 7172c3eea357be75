import type { ReactNode } from 'react';
import type { Gate } from '../../../shared/ladder/gate';
import { capacityNote, formatCapacity } from '../../../shared/report/wording/describeCapacity';
import type { TargetCapacity } from '../../../shared/run/capacity';
import type { RunSummary } from '../../../shared/run/summary';
import type { Scenario } from '../../../shared/scenario/schema';
import { p95LimitMs } from '../../../shared/thresholds/evaluate';
import { formatLatency } from '../../../shared/units/format';
import { P95Bar } from '../../charts/bullet/P95Bar';
import { openRun } from '../../commands/commandActions';
import { RelativeTime } from '../../ui/RelativeTime';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './board.module.css';

interface RunCellProps {
  scenario: Scenario;
  last: RunSummary;
  /** The subject for screen readers, besides the result. */
  subject: string;
  /** The caption above the result, where the position of the cell does not show the subject. */
  caption?: string;
  /** The result of the run, if it was a capacity search. */
  found?: TargetCapacity | undefined;
}

/** The last run of a subject: its verdict, its P95 against the limit or its capacity, and its age. A click opens it. */
export function RunCell({ scenario, last, subject, caption, found }: RunCellProps) {
  const isSearch = scenario.load.executor === 'capacity-search';
  const capacity = found?.runId === last.id ? found.capacity : null;
  const note = capacity ? capacityNote(capacity) : 'no capacity found';
  return (
    <button type="button" className={styles.cell} data-verdict={last.verdict} onClick={() => openRun(last.id)}>
      {caption !== undefined && <span className={styles.caption}>{caption}</span>}
      <span className={styles.result}>
        <span className={styles.figure}>{isSearch ? formatCapacity(capacity) : formatLatency(last.p95Ms)}</span>
        <VerdictBadge verdict={last.verdict} />
      </span>
      <span className={shared.visuallyHidden}>{subject}</span>
      {/* The P95 of a search mixes all its loads and has no meaning. */}
      {isSearch ? (
        <span className={styles.note}>{note}</span>
      ) : (
        <P95Bar run={last} limitMs={p95LimitMs(scenario.thresholds)} />
      )}
      <span className={styles.note}>
        <RelativeTime at={last.startedAt} />
      </span>
    </button>
  );
}

interface OpenCellProps {
  subject: string;
  gate: Gate;
  /** The requirement of the gate, in a few words. */
  need?: string | undefined;
  title: string;
  onChoose(): void;
}

/** A level that has not been run: whether it is unlocked, and what it requires. A click chooses it for the next run. */
export function OpenCell({ subject, gate, need, title, onChoose }: OpenCellProps) {
  const state: ReactNode = gate.open ? 'not run yet' : `⊘ requires ${need ?? 'another level'}`;
  return (
    <button type="button" className={styles.cell} data-open={gate.open} title={gate.reason ?? title} onClick={onChoose}>
      <span className={styles.note}>
        {state} <span className={shared.visuallyHidden}>{subject}</span>
      </span>
    </button>
  );
}
