import type { Experiment } from '../../../shared/experiment/experiment';
import { comparisonSentence, distrustOf, noiseSentence } from '../../../shared/experiment/words';

/** Every comparison with the baseline in words; the metric that decides first. */
export function Comparisons({ experiment }: { experiment: Experiment }) {
  const { comparisons, plan } = experiment;
  const distrust = distrustOf(experiment);
  const sorted = [...comparisons].sort((a, b) => Number(b.metric === plan.metric) - Number(a.metric === plan.metric));
  return (
    <section className="panel" aria-label="Comparisons">
      <h2>Comparisons with the first option, by pairs of runs</h2>
      {distrust && <p className="inconclusive">Inconclusive: {distrust}</p>}
      <ul className="comparisons">
        {sorted.map((comparison) => (
          <li key={`${comparison.variant} ${comparison.metric}`} data-outcome={comparison.outcome}>
            {comparisonSentence(experiment, comparison)}
          </li>
        ))}
      </ul>
      <p className="quiet">{noiseSentence(experiment)}</p>
    </section>
  );
}
