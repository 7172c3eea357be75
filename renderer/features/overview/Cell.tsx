import type { ReactNode } from 'react';
import type { Gate } from '../../../shared/ladder/gate';
import { capacityNote, formatCapacity } from '../../../shared/report/wording/describeCapacity';
import type { TargetCapacity } from '../../../shared/run/capacity';
import type { RunSummary } from '../../../shared/run/summary';
import type { Scenario } from '../../../shared/scenario/schema';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { formatLatency } from '../../../shared/units/format';
import { BulletGraph } from '../../charts/bullet/BulletGraph';
import { latencyBullet } from '../../charts/bullet/bulletScale';
import { openRun } from '../../commands/commandActions';
import { RelativeTime } from '../../ui/RelativeTime';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './board.module.css';

/** The P95 of a run against the limit of its scenario; nothing where either is not known. */
function Bullet({ scenario, last }: { scenario: Scenario; last: RunSummary }) {
  const limitMs = latencyLimits(scenario.thresholds).find(({ percentile }) => percentile === 95)?.limitMs;
  if (limitMs === undefined || last.p95Ms === null) return null;
  const status = last.verdict === 'passed' || last.verdict === 'failed' ? last.verdict : 'undecided';
  return <BulletGraph scale={latencyBullet(last.p95Ms, last.p95HighMs, limitMs)} status={status} />;
}

interface RunCellProps {
  scenario: Scenario;
  last: RunSummary;
  /** What a screen reader calls it beside its result. */
  subject: string;
  /** What stands above the result, where the place of the cell does not say it. */
  caption?: string;
  /** What the run has found, where it was a capacity search. */
  found?: TargetCapacity | undefined;
}

/** The last run of something: its verdict, its P95 against the limit or its capacity, and its age. A click opens it. */
export function RunCell({ scenario, last, subject, caption, found }: RunCellProps) {
  const capacity = found?.runId === last.id ? found.capacity : undefined;
  return (
    <button
      type="button"
      className={styles.cell}
      data-verdict={last.verdict}
      title={capacity && capacityNote(capacity)}
      onClick={() => openRun(last.id)}
    >
      {caption !== undefined && <span className={styles.caption}>{caption}</span>}
      <span className={styles.result}>
        <span className={styles.figure}>{capacity ? formatCapacity(capacity) : formatLatency(last.p95Ms)}</span>
        <VerdictBadge verdict={last.verdict} />
      </span>
      <span className={shared.visuallyHidden}>{subject}</span>
      {capacity ? (
        <span className={styles.note}>{capacityNote(capacity)}</span>
      ) : (
        <Bullet scenario={scenario} last={last} />
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
  /** What the gate needs, in a few words. */
  need?: string | undefined;
  title: string;
  onChoose(): void;
}

/** What was not run yet: whether it may be, and what that needs. A click chooses it as the next run. */
export function OpenCell({ subject, gate, need, title, onChoose }: OpenCellProps) {
  const state: ReactNode = gate.open ? 'not run yet' : `⊘ needs ${need ?? 'another level'}`;
  return (
    <button type="button" className={styles.cell} data-open={gate.open} title={gate.reason ?? title} onClick={onChoose}>
      <span className={styles.note}>
        {state} <span className={shared.visuallyHidden}>{subject}</span>
      </span>
    </button>
  );
}
