import type { Comparison } from '../../../shared/comparison/comparison';
import { comparisonNoise } from '../../../shared/report/comparisonReport';
import { differenceSentence, letterOf } from '../../../shared/report/wording/describeComparison';
import shared from '../../ui/shared.module.css';
import styles from './compare.module.css';

/**
 * The result of the comparison by P95: a sentence for each run, and the basis of its interval. What keeps one undecided
 * is told once, below the differences.
 */
export function Headline({ comparison: { deltas, noise } }: { comparison: Comparison }) {
  const ofP95 = deltas.filter(({ metric }) => metric === 'p95');
  return (
    <section className={styles.headline} aria-label="Result">
      {ofP95.map((delta) => (
        <p key={delta.run} className={shared.sentence} data-outcome={delta.outcome} data-testid="comparison">
          {differenceSentence(delta.ratio === null ? delta : { ...delta, reason: null }, {
            run: letterOf(delta.run),
            base: letterOf(0),
          })}
        </p>
      ))}
      {noise && <p className={shared.quiet}>{comparisonNoise(noise)}</p>}
    </section>
  );
}
