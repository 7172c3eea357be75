import clsx from 'clsx';
import { axisTicks, roomAbove } from '../../../shared/charts/axis';
import { checkDraft } from '../../../shared/scenario/draft';
import { loadCurve } from '../../../shared/scenario/loadCurve';
import type { Load } from '../../../shared/scenario/schema';
import { formatNumber, formatRunTime } from '../../../shared/units/format';
import shared from '../../ui/shared.module.css';
import type { FormContext } from '../scenarioDraft/fields';
import styles from './scenarios.module.css';

/** The load can be drawn even when the requests are invalid. */
const withoutRequests = {
  thresholds: {},
  requests: undefined,
  journeys: undefined,
  setup: undefined,
  teardown: undefined,
  variables: undefined,
  dataFiles: undefined,
  noCookiesReset: undefined,
  noVUConnectionReuse: undefined,
  data: [],
};

/** Returns a load of a draft that is valid by itself; undefined for one that is not. */
export function validLoad(draft: FormContext['draft'], load: unknown): Load | undefined {
  const checked = checkDraft({ ...draft, ...withoutRequests, load });
  return checked.ok ? checked.scenario.load : undefined;
}

const [width, height] = [560, 120];

/** The load over the time of the run. */
export function LoadPreview({ draft }: Pick<FormContext, 'draft'>) {
  const load = validLoad(draft, draft.load);
  // Journeys are not checked here, but their rates are still in iterations.
  const journeys = draft.journeys === undefined ? undefined : [];
  const curve = load && loadCurve(load, { journeys });
  const end = curve?.points.at(-1)?.t ?? 0;
  if (!curve || end === 0)
    return (
      <p className={clsx(shared.quiet, styles.loadPreview)}>The load curve appears here once the fields are valid.</p>
    );
  const ticks = axisTicks(roomAbove(Math.max(...curve.points.map(({ value }) => value))));
  const top = ticks.at(-1) ?? 1;
  const x = (t: number): number => (t / end) * width;
  const y = (value: number): number => height - (value / top) * height;
  const line = curve.points
    .map(({ t, value }, index) => `${index === 0 ? 'M' : 'L'}${x(t).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  const most = Math.max(...curve.points.map(({ value }) => value));
  return (
    <figure className={styles.loadPreview}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Load: up to ${formatNumber(most, 1)} ${curve.unit} over ${formatNumber(end, 1)} s`}
      >
        <path className={styles.loadArea} d={`${line}L${width} ${height}L0 ${height}Z`} />
        <path className={styles.loadLine} d={line} />
      </svg>
      <figcaption className={shared.quiet}>
        <span>{formatRunTime(0)}</span>
        <span>
          up to {formatNumber(most, most < 10 ? 1 : 0)} {curve.unit}
        </span>
        <span>{formatRunTime(end)}</span>
      </figcaption>
    </figure>
  );
}
