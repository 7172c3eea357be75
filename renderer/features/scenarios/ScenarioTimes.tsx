import { describeLoad } from '../../../shared/scenario/describe';
import { durationMsOf } from '../../../shared/scenario/timing';
import { formatDuration, parseDurationMs } from '../../../shared/units/duration';
import shared from '../../ui/shared.module.css';
import { textOf } from '../scenarioDraft/draftValues';
import type { FormContext } from '../scenarioDraft/fields';
import { scenariosOf } from '../scenarioDraft/severalEdits';
import { validLoad } from './LoadPreview';
import styles from './scenarios.module.css';

interface ScenarioTime {
  name: string;
  startMs: number;
  endMs: number;
  load: string;
}

/** When the scenarios of a draft run at the longest. Those whose fields are invalid are left out. */
function timesOf(draft: FormContext['draft']): ScenarioTime[] {
  return scenariosOf(draft).flatMap(({ name, startTime = '0s', journeys: _journeys, ...own }) => {
    const load = validLoad(draft, own);
    const startMs = parseDurationMs(textOf(startTime));
    if (!load || startMs === undefined) return [];
    const endMs = startMs + durationMsOf(load);
    return [{ name: textOf(name), startMs, endMs, load: describeLoad(load, { journeys: [] }) }];
  });
}

/** The times of several scenarios within the run, one below the other. */
export function ScenarioTimes({ draft }: Pick<FormContext, 'draft'>) {
  const times = timesOf(draft);
  const end = Math.max(...times.map(({ endMs }) => endMs));
  if (times.length === 0)
    return <p className={shared.quiet}>The times of the scenarios appear here once the fields are valid.</p>;
  const percent = (timeMs: number): string => `${((timeMs / end) * 100).toFixed(2)}%`;
  return (
    <ul className={styles.times} aria-label="Scenarios over time">
      {times.map(({ name, startMs, endMs, load }) => (
        <li key={`${name} ${startMs} ${endMs}`}>
          <span>
            {name}{' '}
            <span className={shared.quiet}>
              {load}, {formatDuration(startMs)} to {formatDuration(endMs)}
            </span>
          </span>
          <span className={styles.timesTrack}>
            <span
              className={styles.timesBar}
              style={{ marginLeft: percent(startMs), width: percent(endMs - startMs) }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
