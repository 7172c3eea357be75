import { replaySpeeds } from '../../../shared/run/replay';
import { formatClock } from '../../../shared/units/format';
import { useReplayStore } from '../../store/replayStore';
import { RunReport } from '../run/RunReport';

/** A saved run, played through the live view. */
export function Replay() {
  const { view, positionMs, lengthMs, speed, playing, play, pause, seek, setSpeed, close } = useReplayStore();
  return (
    <>
      <section className="panel toolbar replay" aria-label="Replay">
        <button type="button" className="button" onClick={playing ? pause : play}>
          {playing ? 'Pause' : 'Play'}
        </button>
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
        <span className="quiet">
          {formatClock(positionMs)} of {formatClock(lengthMs)}
        </span>
        <select
          className="field"
          aria-label="Speed"
          value={speed}
          onChange={({ target }) => setSpeed(Number(target.value))}
        >
          {replaySpeeds.map((known) => (
            <option key={known} value={known}>
              {known} ×
            </option>
          ))}
        </select>
        <button type="button" className="link" onClick={close}>
          Close replay
        </button>
      </section>
      <RunReport view={view} />
    </>
  );
}
