import { isCounted } from '../../../shared/ladder/gate';
import type { RunSummary } from '../../../shared/run/summary';
import { CheckIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import styles from './overview.module.css';

interface Step {
  title: string;
  about: string;
  isDone: boolean;
}

function stepsOf(runs: readonly RunSummary[], hasExperiment: boolean): Step[] {
  const own = runs.filter(({ verdict, origin }) => verdict !== null && origin === null);
  const report = own.filter(({ scenarioId, target }) => scenarioId === 'level-1' && target === 'sqlite-json');
  return [
    { title: 'Reproduce', about: 'Run level 1 on SQLite, JSON blobs', isDone: report.length > 0 },
    {
      title: 'Find the cause',
      about: 'See where the time went in that run',
      isDone: report.some(({ p95Ms }) => p95Ms !== null),
    },
    { title: 'Compare the options', about: 'Measure them in an experiment', isDone: hasExperiment },
    {
      title: 'Climb',
      about: 'Pass level 2',
      isDone: own.some((run) => run.scenarioId === 'level-2' && run.verdict === 'passed' && isCounted(run)),
    },
  ];
}

/** The story of the report in four steps, each ticked by a real run. Nothing when all are ticked. */
export function Story({ runs, hasExperiment }: { runs: readonly RunSummary[]; hasExperiment: boolean }) {
  const steps = stepsOf(runs, hasExperiment);
  const next = steps.findIndex(({ isDone }) => !isDone);
  if (next < 0) return null;
  return (
    <section aria-label="The report in four steps">
      <h2>The report in four steps</h2>
      <ol className={styles.story}>
        {steps.map(({ title, about, isDone }, place) => (
          <li key={title} data-done={isDone} aria-current={place === next ? 'step' : undefined}>
            <span className={styles.stepMark} aria-hidden="true">
              {isDone ? <CheckIcon size={14} /> : place + 1}
            </span>
            <span className={styles.step}>
              <span className={styles.stepTitle}>
                {title}
                {isDone && <span className={shared.visuallyHidden}>: done</span>}
              </span>
              <span className={shared.quiet}>{about}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
