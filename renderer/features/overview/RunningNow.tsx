import { figuresOf, measuredSoFar } from '../../../shared/report/sections/figures';
import { describePhase } from '../../../shared/report/wording/describePhase';
import { progressOf, type RunView } from '../../../shared/run/reducer';
import { targetLabel } from '../../../shared/run/target';
import { p95LimitMs } from '../../../shared/thresholds/evaluate';
import { formatClock, formatLatency } from '../../../shared/units/format';
import { BulletGraph } from '../../charts/bullet/BulletGraph';
import { latencyBullet } from '../../charts/bullet/bulletScale';
import { isRunning, useRunStore } from '../../store/runStore';
import { useScreenStore } from '../../store/screenStore';
import { Button } from '../../ui/Button';
import { RunIcon, StopIcon } from '../../ui/icons';
import { Sparkline } from '../../ui/Sparkline';
import shared from '../../ui/shared.module.css';
import styles from './overview.module.css';

/** The P95 of a run in progress against the limit of its scenario. */
function LiveP95({ view }: { view: RunView }) {
  const p95Ms = figuresOf(measuredSoFar(view.ticks.at(-1))).find(({ key }) => key === 'p95')?.amount ?? null;
  const limitMs = p95LimitMs(view.run?.scenario.thresholds ?? {});
  const status = limitMs === undefined || p95Ms === null ? 'undecided' : p95Ms < limitMs ? 'passed' : 'failed';
  return (
    <div className={styles.live}>
      <span className={styles.liveFigure} data-status={status} data-testid="live-p95">
        P95 {formatLatency(p95Ms)}
      </span>
      {limitMs !== undefined && p95Ms !== null && (
        <BulletGraph scale={latencyBullet(p95Ms, p95Ms, limitMs)} status={status} />
      )}
      <span className={shared.quiet}>{limitMs === undefined ? 'no limit' : `limit ${formatLatency(limitMs)}`}</span>
    </div>
  );
}

/** The run in progress with its live P95. Nothing without one. */
export function RunningNow() {
  const view = useRunStore((state) => state.view);
  const pending = useRunStore((state) => state.pending);
  const show = useScreenStore((state) => state.show);
  const { run, phase, ticks } = view;
  if (!run || !isRunning(view)) return null;
  const { elapsedMs, totalMs } = progressOf(view);
  return (
    <section className={styles.running} aria-label="Run in progress">
      <div className={styles.runningAbout}>
        <p className={styles.sentence}>
          {run.scenario.name} on {targetLabel(run.target)}
        </p>
        <p className={shared.quiet}>
          {describePhase(phase)} · {formatClock(totalMs - elapsedMs)} left
        </p>
        <progress aria-label="Progress" max={Math.max(1, totalMs)} value={elapsedMs} />
      </div>
      <LiveP95 view={view} />
      <div className={styles.liveLine}>
        <Sparkline values={ticks.map(({ interval }) => interval.p95)} />
      </div>
      <div className={shared.toolbar}>
        <Button variant="primary" icon={RunIcon} onClick={() => show('run')}>
          Watch
        </Button>
        <Button
          variant="danger"
          icon={StopIcon}
          disabled={pending === 'stop'}
          onClick={() => void useRunStore.getState().stop()}
        >
          Stop
        </Button>
      </div>
    </section>
  );
}
