import type { AppError } from '../../../shared/errors/appError';
import { describeError } from '../../../shared/errors/remedy';
import { describeGenerator, notCalibrated } from '../../../shared/report/sections/setup';
import { useCatalogStore } from '../../store/catalogStore';
import { isRunning, useRunStore } from '../../store/runStore';
import { Button } from '../../ui/Button';
import styles from './Setup.module.css';

function CalibrationError({ error }: { error: AppError }) {
  const { message, remedy } = describeError('window', error);
  return (
    <span role="alert">
      {message}. {remedy}.
    </span>
  );
}

/** The performance of the load generator on this machine, and the button that measures it. */
export function GeneratorPanel() {
  const calibration = useCatalogStore((state) => state.catalog?.calibration);
  const calibrating = useCatalogStore((state) => state.calibrating);
  const error = useCatalogStore((state) => state.calibrationError);
  const calibrate = useCatalogStore((state) => state.calibrate);
  const running = useRunStore((state) => isRunning(state.view));
  return (
    <section className={styles.generator} aria-label="Load generator">
      <h2>Load generator</h2>
      <span className={styles.about}>{calibration ? describeGenerator(calibration) : notCalibrated}</span>
      <Button size="small" disabled={calibrating || running} onClick={() => void calibrate()}>
        {calibrating ? 'Calibrating for half a minute …' : calibration ? 'Calibrate again' : 'Calibrate'}
      </Button>
      {error && <CalibrationError error={error} />}
    </section>
  );
}
