import { describeGenerator, notCalibrated } from '../../../shared/report/sections/setup';
import { useCatalogStore } from '../../store/catalogStore';
import { isRunning, useRunStore } from '../../store/runStore';

/** What the load generator of this machine can do, and the button to find it out. */
export function GeneratorPanel() {
  const calibration = useCatalogStore((state) => state.catalog?.calibration);
  const calibrating = useCatalogStore((state) => state.calibrating);
  const error = useCatalogStore((state) => state.calibrationError);
  const calibrate = useCatalogStore((state) => state.calibrate);
  const running = useRunStore((state) => isRunning(state.view));
  return (
    <section className="generator quiet" aria-label="Load generator">
      <span>{calibration ? describeGenerator(calibration) : notCalibrated}</span>
      <button type="button" className="link" disabled={calibrating || running} onClick={() => void calibrate()}>
        {calibrating ? 'Calibrating for half a minute …' : calibration ? 'Calibrate again' : 'Calibrate'}
      </button>
      {error && <span role="alert">{error.message}</span>}
    </section>
  );
}
