import type { EngineConfig } from '../../../shared/engines/config';
import type { Experiment } from '../../../shared/experiment/experiment';
import { floors, floorWords } from '../../../shared/options/floor';
import type { Recommendation } from '../../../shared/options/recommend';
import { useOptionsStore } from '../../store/optionsStore';

interface DecisionProps {
  experiment: Experiment;
  recommendation: Recommendation;
  defaultEngine: EngineConfig;
}

/** Which option to take, why, and the floor that it has to hold. */
export function Decision({ experiment, recommendation, defaultEngine }: DecisionProps) {
  const { floor, setFloor, takeOption, engineBefore, undoTake } = useOptionsStore();
  const { variant, sentence, reasons } = recommendation;
  const target = variant === null ? undefined : experiment.variants[variant]?.target;
  const isDefault = JSON.stringify(target) === JSON.stringify(defaultEngine);
  return (
    <section className="panel decision" aria-label="Recommendation">
      <p className="headline-sentence" data-testid="recommendation">
        {sentence}
      </p>
      <ul className="reasons">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className="toolbar">
        <label>
          What is stored{' '}
          <select
            className="field"
            aria-label="Floor"
            value={floor}
            onChange={({ target: { value } }) => setFloor(floors.find((tier) => tier === value) ?? floor)}
          >
            {floors.map((tier) => (
              <option key={tier} value={tier}>
                {floorWords[tier]}
              </option>
            ))}
          </select>
        </label>
        {target?.kind === 'engine' && !isDefault && (
          <button type="button" className="button" onClick={() => void takeOption(target)}>
            Use this option
          </button>
        )}
        {isDefault && !engineBefore && <span className="quiet">This is the default engine.</span>}
        {engineBefore && (
          <span role="status">
            {defaultEngine.engine} is the default engine now.{' '}
            <button type="button" className="link" onClick={() => void undoTake()}>
              Undo
            </button>
          </span>
        )}
      </div>
    </section>
  );
}
