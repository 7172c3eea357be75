import type { RunPhase } from '../../../shared/run/events';
import { verdictSentence } from '../../../shared/run/headline';
import { progressOf, type RunView } from '../../../shared/run/reducer';
import { targetLabel } from '../../../shared/run/target';
import { levelMark } from '../../../shared/scenario/describe';
import { formatClock, formatTime } from '../../../shared/units/format';
import { VerdictBadge } from '../../ui/VerdictBadge';

const phaseWords: Record<RunPhase, string> = {
  preparing: 'Preparing',
  seeding: 'Seeding the store',
  'warming-up': 'Warming up',
  running: 'Running',
  draining: 'Waiting for the last answers',
  auditing: 'Auditing the store',
  finished: 'Finished',
};

/** The first thing that a person reads: progress while the run goes on, then the verdict in one sentence. */
export function Headline({ view }: { view: RunView }) {
  const { run, phase, document, saved } = view;
  if (!run) return null;
  const { elapsedMs, totalMs } = progressOf(view);
  const startedAt = formatTime(run.startedAt);
  return (
    <header className="headline" data-verdict={document?.verdict ?? 'running'}>
      <p className="headline-meta quiet">
        Level {levelMark(run.scenario)} {run.scenario.name} on {targetLabel(run.target)} · {startedAt} · seed{' '}
        {run.scenario.seed}
        {run.shortened && ' · shortened'}
        {run.overridden && ' · with other settings'}
        {document && !saved && ' · not saved'}
        {run.gate?.open === false && ` · the gate was shut: ${run.gate.reason}`}
      </p>
      {document ? (
        <p className="headline-sentence" role="status" data-testid="verdict">
          <VerdictBadge verdict={document.verdict} /> {verdictSentence(document).replace(/^\w+: /, '')}
        </p>
      ) : (
        <>
          <p className="headline-sentence">
            {/* The phases are spoken, the seconds between them are not. */}
            <span role="status">{phaseWords[phase]}</span>
            {phase === 'running' && `, ${formatClock(totalMs - elapsedMs)} left`}
          </p>
          <progress max={totalMs} value={elapsedMs} aria-label="Progress of the run" />
        </>
      )}
    </header>
  );
}
