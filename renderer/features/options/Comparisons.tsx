import type { Experiment } from '../../../shared/experiment/experiment';
import { experimentReport } from '../../../shared/report/experimentReport';
import shared from '../../ui/shared.module.css';
import styles from './options.module.css';

/** Every comparison with the baseline in words, first the metric that decides. */
export function Comparisons({ experiment }: { experiment: Experiment }) {
  const { distrust, comparisons, noise } = experimentReport(experiment);
  return (
    <section className={shared.panel} aria-label="Comparisons">
      <h2>Comparisons with the first option, by pairs of runs</h2>
      {distrust !== undefined && <p className={shared.inconclusive}>{distrust}</p>}
      <ul className={styles.comparisons}>
        {comparisons.map(({ comparison, sentence }) => (
          <li key={`${comparison.variant} ${comparison.metric}`} data-outcome={comparison.outcome}>
            {sentence}
          </li>
        ))}
      </ul>
      <p className={shared.quiet}>{noise}</p>
    </section>
  );
}
