import type { Experiment } from '../../../shared/experiment/experiment';
import { describeDoing, progressOf } from '../../../shared/experiment/progress';
import { experimentState } from '../../../shared/report/experimentReport';
import { formatClock, formatTime } from '../../../shared/units/format';
import { useOptionsStore } from '../../store/optionsStore';

/** The experiment that is shown: how far it is, and what can be done with it. */
export function ExperimentBar({ experiment }: { experiment: Experiment }) {
  const { progress, experiments, open, pause, resume, cancel } = useOptionsStore();
  const { id, state, startedAt } = experiment;
  const { done, total, leftMs } = progressOf(experiment);
  const isGoingOn = progress?.experiment.id === id;
  const canResume = !progress && (state === 'stopped' || state === 'running');
  return (
    <section className="panel experiment-bar" aria-label="Experiment">
      <div className="toolbar">
        {experiments && experiments.length > 1 && !progress ? (
          <select
            className="field"
            aria-label="Experiment"
            value={id}
            onChange={({ target }) => void open(target.value)}
          >
            {experiments.map((known) => (
              <option key={known.id} value={known.id}>
                {formatTime(known.startedAt)}: {known.variants.join(', ')}
              </option>
            ))}
          </select>
        ) : (
          <span>{formatTime(startedAt)}</span>
        )}
        <span className="quiet" role="status">
          {isGoingOn
            ? `${done} of ${total} done: ${describeDoing(progress.doing, experiment)}, about ${formatClock(leftMs)} left`
            : `${experimentState(experiment)}, ${done}${state === 'finished' ? '' : ` of ${total}`} runs`}
        </span>
        {isGoingOn && (
          <>
            <button type="button" className="button" onClick={() => void pause()}>
              Pause
            </button>
            <button type="button" className="button" onClick={() => void cancel(id)}>
              Cancel
            </button>
          </>
        )}
        {canResume && (
          <>
            <button type="button" className="button" onClick={() => void resume(id)}>
              Resume
            </button>
            <button type="button" className="button" onClick={() => void cancel(id)}>
              End experiment
            </button>
          </>
        )}
      </div>
      {isGoingOn && <progress value={done} max={total} aria-label="Progress of the experiment" />}
    </section>
  );
}
