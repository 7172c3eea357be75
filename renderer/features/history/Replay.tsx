import clsx from 'clsx';
import { replaySpeeds } from '../../../shared/run/replay';
import { formatClock } from '../../../shared/units/format';
import { useReplayStore } from '../../store/replayStore';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/Select';
import shared from '../../ui/shared.module.css';
import { RunReport } from '../run/RunReport';
import styles from './history.module.css';

/** Plays a saved run in the live view. */
export function Replay() {
  const { view, positionMs, lengthMs, speed, playing, play, pause, seek, setSpeed, close } = useReplayStore();
  return (
    <>
      <section className={clsx(shared.panel, shared.toolbar, styles.replay)} aria-label="Replay">
        <Button onClick={playing ? pause : play}>{playing ? 'Pause' : 'Play'}</Button>
        <input
          type="range"
          aria-label="Position"
          min={0}
          max={lengthMs}
          step={1_000}
          value={positionMs}
          aria-valuetext={`${formatClock(positionMs)} of ${formatClock(lengthMs)}`}
          onChange={({ target }) => seek(Number(target.value))}
        />
        <span className={shared.quiet}>
          {formatClock(positionMs)} of {formatClock(lengthMs)}
        </span>
        <Select
          label="Speed"
          size="small"
          value={String(speed)}
          choices={replaySpeeds.map((known) => [String(known), `${known} ×`] as const)}
          onChange={(chosen) => setSpeed(Number(chosen))}
        />
        <Button variant="link" onClick={close}>
          Close replay
        </Button>
      </section>
      <RunReport view={view} />
    </>
  );
}
