import type { Catalog, CatalogEngine } from '../../../shared/ipc/contract';
import { type Rung, rungOf } from '../../../shared/ladder/standing';
import type { RunSummary } from '../../../shared/run/summary';
import { describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { latencyLimits } from '../../../shared/thresholds/evaluate';
import { formatLatency, formatTime } from '../../../shared/units/format';
import { BulletGraph } from '../../charts/bullet/BulletGraph';
import { latencyBullet } from '../../charts/bullet/bulletScale';
import { openRun } from '../../commands/commandActions';
import { useCatalogStore } from '../../store/catalogStore';
import { useScreenStore } from '../../store/screenStore';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { tierOf } from '../run/setupState';
import styles from './overview.module.css';

/** The P95 of a run against the limit of its level; nothing where either is not known. */
function Bullet({ level, last }: { level: Scenario; last: RunSummary }) {
  const limitMs = latencyLimits(level.thresholds).find(({ percentile }) => percentile === 95)?.limitMs;
  if (limitMs === undefined || last.p95Ms === null) return null;
  const status = last.verdict === 'passed' || last.verdict === 'failed' ? last.verdict : 'undecided';
  return <BulletGraph scale={latencyBullet(last.p95Ms, last.p95HighMs, limitMs)} status={status} />;
}

function Cell({ rung: { level, last, gate }, engine }: { rung: Rung; engine: CatalogEngine }) {
  const subject = `level ${levelMark(level)} on ${engine.name}`;
  if (last)
    return (
      <button
        type="button"
        className={styles.cell}
        data-verdict={last.verdict}
        title={formatTime(last.startedAt)}
        onClick={() => openRun(last.id)}
      >
        <VerdictBadge verdict={last.verdict} />
        <span className={styles.figure}>
          {formatLatency(last.p95Ms)} <span className={shared.visuallyHidden}>{subject}</span>
        </span>
        <Bullet level={level} last={last} />
      </button>
    );
  return (
    <button
      type="button"
      className={styles.cell}
      title={gate.reason ?? describeLoad(level.load)}
      onClick={() => {
        const { chooseLevel, chooseEngine } = useCatalogStore.getState();
        chooseLevel(level.id);
        chooseEngine(engine.id);
        useScreenStore.getState().show('run');
      }}
    >
      <span className={styles.ready}>
        {gate.open ? 'not run yet' : '⊘ locked'} <span className={shared.visuallyHidden}>{subject}</span>
      </span>
    </button>
  );
}

/** Engines by levels, each cell the last run: its verdict, and its P95 against the limit. */
export function Board({ catalog, runs }: { catalog: Catalog; runs: readonly RunSummary[] }) {
  const { levels, engines, defaultEngine } = catalog;
  return (
    <div className={styles.scrolling}>
      <table className={styles.board} aria-label="Engines by levels">
        <thead>
          <tr>
            <th scope="col">Engine</th>
            {levels.map((level) => (
              <th key={level.id} scope="col" title={describeLoad(level.load)}>
                {levelMark(level)} {level.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {engines.map((engine) => (
            <tr key={engine.id}>
              <th scope="row">
                {engine.name}
                <span className={styles.tier}>
                  {tierOf(engine.id)}
                  {engine.id === defaultEngine.engine && ' · default'}
                </span>
              </th>
              {levels.map((level) => (
                <td key={level.id}>
                  <Cell rung={rungOf(levels, level, runs, engine.id)} engine={engine} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
