import type { RunDocument } from '../../../shared/run/document';
import { doubtsOf, effectText } from '../../../shared/run/doubts';
import { formatNumber } from '../../../shared/units/format';
import { ThresholdMark } from './ThresholdMark';

function integritySentence({ checked, violations, acknowledgedWrites, lostWrites }: RunDocument['integrity']): string {
  const audit = lostWrites === null ? 'the store could not be audited' : `${formatNumber(lostWrites)} lost`;
  return `${formatNumber(checked)} answers checked, ${formatNumber(violations)} wrong; ${formatNumber(acknowledgedWrites)} documents with acknowledged writes, ${audit}.`;
}

/** Nothing is known of writes in a store that was not audited. */
function integrityStatus({ violations, lostWrites }: RunDocument['integrity']): 'passed' | 'failed' | 'undecided' {
  if (violations > 0 || (lostWrites ?? 0) > 0) return 'failed';
  return lostWrites === null ? 'undecided' : 'passed';
}

/** What the measurement's checks found: what leaves the verdict open first, and behind a click what is as usual. */
export function Doubts({ document }: { document: RunDocument }) {
  const { integrity, target } = document;
  const { shown, quiet, quietSentence } = doubtsOf(document);
  return (
    <section className="panel wide">
      <h2>Can I trust this number?</h2>
      <ul className="checks">
        {shown.map(({ check, effect, text }) => (
          <li key={check}>
            <span className="mark" data-effect={effect}>
              {effectText(effect)}
            </span>
            <span className="check-message">{text}</span>
          </li>
        ))}
        {target.kind === 'engine' && (
          <li>
            <ThresholdMark status={integrityStatus(integrity)} />
            <span className="check-message">{integritySentence(integrity)}</span>
          </li>
        )}
      </ul>
      {quietSentence !== undefined && (
        <details className="quiet-checks">
          <summary>{quietSentence}</summary>
          <ul>
            {quiet.map(({ check, message }) => (
              <li key={check}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
