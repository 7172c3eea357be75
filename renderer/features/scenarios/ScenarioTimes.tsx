import { describeLoad } from '../../../shared/scenario/describe';
import { type LoadPoint, loadCurve } from '../../../shared/scenario/loadCurve';
import { durationMsOf } from '../../../shared/scenario/timing';
import { formatDuration, parseDurationMs } from '../../../shared/units/duration';
import { formatRunTime } from '../../../shared/units/format';
import shared from '../../ui/shared.module.css';
import { textOf } from '../scenarioDraft/draftValues';
import type { FormContext } from '../scenarioDraft/fields';
import { scenariosOf } from '../scenarioDraft/severalEdits';
import { validLoad } from './LoadPreview';
import { colorOfScenario } from './scenarioColor';
import styles from './scenarios.module.css';

interface ScenarioTime {
  /** Its index among the scenarios. */
  place: number;
  name: string;
  color: string;
  startMs: number;
  endMs: number;
  load: string;
  points: readonly LoadPoint[];
}

/** When the scenarios of a draft run at the longest. Those whose fields are invalid are left out. */
function timesOf(draft: FormContext['draft']): ScenarioTime[] {
  return scenariosOf(draft).flatMap(({ name, startTime = '0s', journeys: _journeys, ...own }, place) => {
    const load = validLoad(draft, own);
    const startMs = parseDurationMs(textOf(startTime));
    if (!load || startMs === undefined) return [];
    const of = { journeys: [] };
    return [
      {
        place,
        name: textOf(name),
        color: colorOfScenario(place),
        startMs,
        endMs: startMs + durationMsOf(load),
        load: describeLoad(load, of),
        points: loadCurve(load, of).points,
      },
    ];
  });
}

const [width, height] = [1_000, 36];
/** Room above the highest load of a scenario. */
const room = 4;

/** The load of one scenario within the run, as high as its own highest load. */
function Curve({ time: { startMs, points, color }, endMs }: { time: ScenarioTime; endMs: number }) {
  const most = Math.max(1e-9, ...points.map(({ value }) => value));
  const x = (t: number): number => ((startMs / 1_000 + t) / (endMs / 1_000)) * width;
  const line = points
    .map(({ t, value }, index) => {
      const y = height - (value / most) * (height - room);
      return `${index === 0 ? 'M' : 'L'}${x(t).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
  const [from, to] = [x(points[0]?.t ?? 0), x(points.at(-1)?.t ?? 0)];
  return (
    <svg
      className={styles.timesTrack}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      style={{ color }}
    >
      <path className={styles.timesArea} d={`${line}L${to.toFixed(1)} ${height}L${from.toFixed(1)} ${height}Z`} />
      <path className={styles.timesLine} d={line} />
    </svg>
  );
}

/** The loads of several scenarios on the time axis of the run, one below the other. */
export function ScenarioTimes({ draft }: Pick<FormContext, 'draft'>) {
  const times = timesOf(draft);
  if (times.length === 0)
    return <p className={shared.quiet}>The times of the scenarios appear here once the fields are valid.</p>;
  const endMs = Math.max(...times.map((time) => time.endMs));
  return (
    <div className={styles.times}>
      <ul aria-label="Scenarios over time">
        {times.map((time) => (
          <li key={time.place} className={styles.timesRow}>
            <span className={styles.timesName}>
              {time.name}{' '}
              <span className={shared.quiet}>
                {time.load}, {formatDuration(time.startMs)} to {formatDuration(time.endMs)}
              </span>
            </span>
            <Curve time={time} endMs={endMs} />
          </li>
        ))}
      </ul>
      <div className={styles.timesRow} aria-hidden="true">
        <span />
        <span className={styles.timesAxis}>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <span key={share}>{formatRunTime(Math.round((share * endMs) / 1_000))}</span>
          ))}
        </span>
      </div>
    </div>
  );
}
