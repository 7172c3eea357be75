import { plannedIntervals, shownSeconds } from '../../../shared/charts/chartData';
import { machineKey } from '../../../shared/run/calibration';
import type { Tick } from '../../../shared/run/events';
import { successRateOf } from '../../../shared/run/metrics';
import type { RunView } from '../../../shared/run/reducer';
import type { RunSummary } from '../../../shared/run/summary';
import { targetLabel } from '../../../shared/run/target';
import { samplesNeeded } from '../../../shared/statistics/latencySummary';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { Sparkline } from '../../ui/Sparkline';

interface TileContent {
  name: string;
  /** The value itself, and the baseline's. */
  now: number | null;
  before: number | null | undefined;
  value: string;
  note: string;
  sparkline: (number | null)[];
}

/** What the tiles show: the document's figures at the end, those since the end of the warm-up before. */
interface Figures {
  rate: number | null;
  /** The rate of right answers, where some were not and the run has ended. */
  successRate: number | null;
  count: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  failed: number;
  /** Requests that were sent again over a new connection; they are not known before the end. */
  reconnects: number;
  cacheHitRate: number | null;
  generator: number | null;
}

function figuresOf({ document, ticks }: RunView): Figures {
  if (document) {
    const { http_req_duration: response, http_reqs, http_req_failed, cache_hit, connections } = document.metrics;
    const utilisation = document.trust.find(({ check }) => check === 'generator-utilisation');
    const some = response.count > 0;
    const hasCache = document.intervals.some(({ cacheLookups }) => cacheLookups > 0);
    return {
      rate: http_reqs.rate,
      successRate: http_req_failed.count > 0 ? successRateOf(document.metrics) : null,
      count: http_reqs.count,
      p50: some ? response.p50 : null,
      p95: some ? response.p95 : null,
      p99: some ? response.p99 : null,
      failed: http_req_failed.count,
      reconnects: connections.reconnects,
      cacheHitRate: hasCache ? cache_hit.rate : null,
      generator: utilisation?.value ?? null,
    };
  }
  const tick = ticks.at(-1);
  const none = {
    rate: null,
    successRate: null,
    count: 0,
    p50: null,
    p95: null,
    p99: null,
    failed: 0,
    reconnects: 0,
  };
  if (!tick) return { ...none, cacheHitRate: null, generator: null };
  const { count, p50, p95, p99, failed, cacheHitRate } = tick.warmup ? tick.interval : tick.cumulative;
  const { rate } = tick.interval;
  return { ...none, rate, count, p50, p95, p99, failed, cacheHitRate, generator: tick.generatorUtilisation };
}

function percentileTile(
  percentile: number,
  valueMs: number | null,
  count: number,
  before: number | null | undefined,
  sparkline: (number | null)[],
): TileContent {
  const needed = samplesNeeded(percentile);
  const enough = count >= needed;
  return {
    name: `P${percentile}`,
    now: enough ? valueMs : null,
    before,
    value: formatLatency(enough ? valueMs : null),
    note: enough ? 'response time' : `needs ${formatNumber(needed)} requests`,
    sparkline,
  };
}

function tilesOf(view: RunView, baseline: RunSummary | undefined): TileContent[] {
  const { ticks, document } = view;
  // The seconds of a run that has ended; before, they would be gone through four times a second for nothing.
  const intervals = document
    ? plannedIntervals(view.intervals, shownSeconds(document.scenario, view.intervals))
    : undefined;
  const { rate, successRate, count, p50, p95, p99, failed, reconnects, cacheHitRate, generator } = figuresOf(view);
  const line = <Key extends 'rate' | 'p50' | 'p95' | 'p99' | 'failed' | 'cacheHitRate'>(key: Key): (number | null)[] =>
    intervals?.map((interval) => interval[key]) ?? ticks.map((tick: Tick) => tick.interval[key]);
  return [
    {
      name: 'Throughput',
      now: rate,
      before: baseline?.rate,
      value: formatRate(rate),
      note: `${formatNumber(count)} requests${successRate === null ? '' : `, ${formatRate(successRate)} right`}`,
      sparkline: line('rate'),
    },
    percentileTile(50, p50, count, baseline?.p50Ms, line('p50')),
    percentileTile(95, p95, count, baseline?.p95Ms, line('p95')),
    percentileTile(99, p99, count, baseline?.p99Ms, line('p99')),
    {
      name: 'Errors',
      now: null,
      before: undefined,
      value: formatShare(count > 0 ? failed / count : null),
      note: `${formatNumber(failed)} failed${reconnects > 0 ? `, ${formatNumber(reconnects)} sent again` : ''}`,
      sparkline: line('failed'),
    },
    {
      name: 'Cache hits',
      now: cacheHitRate,
      before: baseline?.cacheHitRate,
      value: formatShare(cacheHitRate),
      note: cacheHitRate === null ? 'no cache seen' : 'of reads',
      sparkline: line('cacheHitRate'),
    },
    {
      name: 'Generator',
      now: null,
      before: undefined,
      value: formatShare(generator),
      note: 'of its core',
      sparkline: (intervals ?? ticks).map(({ generatorUtilisation }) => generatorUtilisation),
    },
  ];
}

/** What the run is held against: the baseline of its scenario and target on its machine, unless it is that itself. */
function baselineOf({ run }: RunView, runs: readonly RunSummary[] | undefined): RunSummary | undefined {
  if (!run) return undefined;
  const [target, machine] = [targetLabel(run.target), machineKey(run.environment)];
  return runs?.find(
    (other) =>
      other.isBaseline &&
      other.id !== run.id &&
      other.scenarioId === run.scenario.id &&
      other.target === target &&
      other.machine === machine,
  );
}

/** By how much a value differs from the baseline's. No colour: whether it is more than noise, a comparison tells. */
function changeOf({ now, before }: TileContent): string | undefined {
  if (now === null || typeof before !== 'number' || before === 0) return undefined;
  const percent = (now / before - 1) * 100;
  const sign = percent > 0 ? '▲' : percent < 0 ? '▼' : '=';
  return `${sign} ${formatNumber(Math.abs(percent), Math.abs(percent) < 10 ? 1 : 0)} %`;
}

export function Tiles({ view }: { view: RunView }) {
  const runs = useRecentRunsStore((state) => state.runs);
  const baseline = baselineOf(view, runs);
  return (
    <dl className="tiles">
      {tilesOf(view, baseline).map((tile) => {
        const { name, value, note, sparkline } = tile;
        const change = changeOf(tile);
        return (
          <div key={name} className="tile" data-tile={name}>
            <dt>{name}</dt>
            <dd className="tile-value">{value}</dd>
            <dd className="quiet">
              {change === undefined ? note : <span title={note}>{change} on the baseline</span>}
            </dd>
            <Sparkline values={sparkline} />
          </div>
        );
      })}
    </dl>
  );
}
