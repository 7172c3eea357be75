import clsx from 'clsx';
import type { Experiment } from '../../../shared/experiment/experiment';
import { describeDoing, progressOf } from '../../../shared/experiment/progress';
import { experimentState } from '../../../shared/report/experimentReport';
import { formatClock, formatTime } from '../../../shared/units/format';
import { useOptionsStore } from '../../store/optionsStore';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import styles from './options.module.css';

/** The experiment that is shown: its progress and its actions. */
export function ExperimentBar({ experiment }: { experiment: Experiment }) {
  const { progress, experiments, open, pause, resume, cancel } = useOptionsStore();
  const { id, state, startedAt } = experiment;
  const { done, total, leftMs } = progressOf(experiment);
  const isGoingOn = progress?.experiment.id === id;
  const canResume = !progress && (state === 'stopped' || state === 'running');
  return (
    <section className={clsx(shared.panel, styles.experimentBar)} aria-label="Experiment">
      <div className={shared.toolbar}>
        {experiments && experiments.length > 1 && !progress ? (
          <Select
            label="Experiment"
            size="small"
            value={id}
            choices={experiments.map(
              (known) => [known.id, `${formatTime(known.startedAt)}: ${known.variants.join(', ')}`] as const,
            )}
            onChange={(chosen) => void open(chosen)}
          />
        ) : (
          <span>{formatTime(startedAt)}</span>
        )}
        <span className={shared.quiet} role="status">
          {isGoingOn
            ? `${done} of ${total} done: ${describeDoing(progress.doing, experiment)}, about ${formatClock(leftMs)} left`
            : `${experimentState(experiment)}, ${done}${state === 'finished' ? '' : ` of ${total}`} runs`}
        </span>
        {isGoingOn && (
          <>
            <Button onClick={() => void pause()}>Pause</Button>
            <Button onClick={() => void cancel(id)}>End experiment</Button>
          </>
        )}
        {canResume && (
          <>
            <Button onClick={() => void resume(id)}>Resume</Button>
            <Button onClick={() => void cancel(id)}>End experiment</Button>
          </>
        )}
      </div>
      {isGoingOn && <progress value={done} max={total} aria-label="Progress of the experiment" />}
    </section>
  );
}
