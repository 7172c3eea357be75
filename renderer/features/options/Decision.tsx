import clsx from 'clsx';
import type { EngineConfig } from '../../../shared/engines/config';
import type { Experiment } from '../../../shared/experiment/experiment';
import { floors, floorWords } from '../../../shared/options/floor';
import type { Recommendation } from '../../../shared/options/recommend';
import { useOptionsStore } from '../../store/optionsStore';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import styles from './options.module.css';

interface DecisionProps {
  experiment: Experiment;
  recommendation: Recommendation;
  defaultEngine: EngineConfig;
}

/** The recommended option, the reason, and the durability floor that it must meet. */
export function Decision({ experiment, recommendation, defaultEngine }: DecisionProps) {
  const { floor, setFloor, takeOption, engineBefore, undoTake } = useOptionsStore();
  const { variant, sentence, reasons } = recommendation;
  const target = variant === null ? undefined : experiment.variants[variant]?.target;
  const isDefault = JSON.stringify(target) === JSON.stringify(defaultEngine);
  return (
    <section className={clsx(shared.panel, styles.decision)} aria-label="Recommendation">
      <p className={shared.sentence} data-testid="recommendation">
        {sentence}
      </p>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className={shared.toolbar}>
        <span className={shared.toolbar}>
          What is stored
          <Select
            label="Floor"
            size="small"
            value={floor}
            choices={floors.map((tier) => [tier, floorWords[tier]] as const)}
            onChange={setFloor}
          />
        </span>
        {target?.kind === 'engine' && !isDefault && (
          <Button onClick={() => void takeOption(target)}>Use this option</Button>
        )}
        {isDefault && !engineBefore && <span className={shared.quiet}>This is the default engine.</span>}
        {engineBefore && (
          <span role="status">
            {defaultEngine.engine} is the default engine now.{' '}
            <Button variant="link" onClick={() => void undoTake()}>
              Undo
            </Button>
          </span>
        )}
      </div>
    </section>
  );
}
