import type { ReactNode, RefObject } from 'react';
import { lockedText } from '../../../shared/report/sections/setup';
import { subjectOf, verdictOf } from '../../../shared/report/sections/verdict';
import { describePhase } from '../../../shared/report/wording/describePhase';
import { progressOf, type RunView } from '../../../shared/run/reducer';
import { levelMark } from '../../../shared/scenario/describe';
import { timingOf } from '../../../shared/scenario/timing';
import { formatClock, formatTime } from '../../../shared/units/format';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { ThresholdList } from './ThresholdList';
import styles from './VerdictCard.module.css';

interface VerdictCardProps {
  view: RunView;
  /** The report that contains the card. */
  report: RefObject<HTMLElement | null>;
  /** The highlights of a completed run. */
  highlights?: ReactNode;
  /** The next steps after the run, if there are any. */
  steps?: ReactNode;
}

/** The first thing to read: the progress of a live run, then the verdict and its basis. */
export function VerdictCard({ view, report, highlights, steps }: VerdictCardProps) {
  const { run, phase, document, saved } = view;
  if (!run) return null;
  const { elapsedMs, totalMs } = progressOf(view);
  const { warmupMs } = timingOf(run.scenario);
  const startedAt = formatTime(run.startedAt);
  const locked = lockedText(run.gate);
  const mark = levelMark(run.scenario);
  return (
    <header className={styles.card} data-verdict={document?.verdict ?? 'running'}>
      <p className={styles.about}>
        {mark !== '' && `Level ${mark} `}
        {subjectOf(document ?? run)} · {startedAt} · seed {run.scenario.seed}
        {run.shortened && ' · shortened'}
        {run.overridden && ' · with overrides'}
        {document && !saved && ' · not saved'}
        {locked !== undefined && ` · ${locked}`}
      </p>
      {document ? (
        <>
          <p className={styles.sentence} role="status" data-testid="verdict">
            <VerdictBadge verdict={document.verdict} />: {verdictOf(document).sentence}
          </p>
          <ThresholdList document={document} report={report} />
          {highlights}
          {steps}
        </>
      ) : (
        <>
          <p className={styles.sentence}>
            {/* Screen readers announce the phases, but not the seconds between them. */}
            <span role="status">{describePhase(phase)}</span>
            {phase === 'warming-up' && `, ${formatClock(warmupMs - elapsedMs)} left; the measurement starts afterwards`}
            {phase === 'running' && `, ${formatClock(totalMs - elapsedMs)} left`}
          </p>
          <progress className={styles.progress} max={totalMs} value={elapsedMs} aria-label="Progress of the run" />
        </>
      )}
    </header>
  );
}
