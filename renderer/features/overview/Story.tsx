import type { RunSummary } from '../../../shared/run/summary';
import { CheckIcon } from '../../ui/icons';
import styles from './overview.module.css';

interface Step {
  title: string;
  isDone: boolean;
}

function stepsOf(runs: readonly RunSummary[], hasExperiment: boolean): Step[] {
  const own = runs.filter(({ verdict, origin }) => verdict !== null && origin === null);
  const report = own.filter(({ scenarioId, target }) => scenarioId === 'level-1' && target === 'sqlite-json');
  return [
    { title: 'Reproduce: level 1 on SQLite, JSON blobs', isDone: report.length > 0 },
    { title: 'Find the cause: where the time went in that run', isDone: report.some(({ p95Ms }) => p95Ms !== null) },
    { title: 'Compare the options in an experiment', isDone: hasExperiment },
    {
      title: 'Climb: level 2 passed',
      isDone: own.some(({ scenarioId, verdict }) => scenarioId === 'level-2' && verdict === 'passed'),
    },
  ];
}

/** The story of the report in four steps, each ticked by a real run. Nothing when all are ticked. */
export function Story({ runs, hasExperiment }: { runs: readonly RunSummary[]; hasExperiment: boolean }) {
  const steps = stepsOf(runs, hasExperiment);
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <section aria-label="The report in four steps">
      <h2>The report in four steps</h2>
      <ol className={styles.story}>
        {steps.map(({ title, isDone }) => (
          <li key={title} data-done={isDone}>
            {isDone && <CheckIcon size={14} />}
            {title}
            {isDone && <span className={styles.done}>done</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
