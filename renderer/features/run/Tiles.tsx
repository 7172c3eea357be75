import { useMemo } from 'react';
import { plannedIntervals, shownSeconds } from '../../../shared/charts/chartData';
import { breachOf } from '../../../shared/report/sections/breach';
import {
  type Figure,
  type FigureKey,
  figuresOf,
  measuredIn,
  measuredSoFar,
} from '../../../shared/report/sections/figures';
import type { RunView } from '../../../shared/run/reducer';
import type { RunSummary, TrendMetric } from '../../../shared/run/summary';
import { rulesOf } from '../../../shared/thresholds/rules';
import { formatNumber } from '../../../shared/units/format';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { Sparkline } from '../../ui/Sparkline';
import shared from '../../ui/shared.module.css';
import { Tile, TileRow } from '../../ui/Tile';
import { baselineOf } from './baseline';

/** The metric of the baseline for each tile that can be compared. For the others, a difference has no meaning. */
const comparedWith: Partial<Record<FigureKey, TrendMetric>> = {
  rate: 'rate',
  p50: 'p50Ms',
  p95: 'p95Ms',
  p99: 'p99Ms',
  cacheHitRate: 'cacheHitRate',
};

/** A metric over the seconds of a completed run, or over the latest ticks of a live one. */
function sparklineOf({ document, intervals, ticks }: RunView): (key: FigureKey) => (number | null)[] {
  if (document) {
    const planned = plannedIntervals(intervals, shownSeconds(document.scenario, intervals));
    return (key) => planned.map((interval) => interval[key]);
  }
  return (key) =>
    ticks.map((tick) => (key === 'generatorUtilisation' ? tick.generatorUtilisation : tick.interval[key]));
}

/**
 * The difference of a value from the baseline. It has no colour, because only a comparison tells whether it is more
 * than noise.
 */
function changeOf({ key, amount }: Figure, baseline: RunSummary | undefined): string | undefined {
  const metric = comparedWith[key];
  const before = metric === undefined ? undefined : baseline?.[metric];
  if (amount === null || typeof before !== 'number' || before === 0) return undefined;
  const percent = (amount / before - 1) * 100;
  const sign = percent > 0 ? '▲' : percent < 0 ? '▼' : '=';
  return `${sign} ${formatNumber(Math.abs(percent), Math.abs(percent) < 10 ? 1 : 0)} %`;
}

/** The main metrics of a live or saved run, each with a sparkline and its difference from the baseline. */
export function Tiles({ view }: { view: RunView }) {
  const runs = useRecentRunsStore((state) => state.runs);
  const baseline = baselineOf(view, runs);
  const { run, document, ticks } = view;
  const sparkline = sparklineOf(view);
  const rules = useMemo(() => rulesOf(run?.scenario.thresholds ?? {}), [run]);
  const isWarmup = !document && ticks.at(-1)?.warmup === true;
  return (
    <TileRow>
      {figuresOf(document ? measuredIn(document) : measuredSoFar(ticks.at(-1))).map((figure) => {
        const { key, label, value, note } = figure;
        const change = changeOf(figure, baseline);
        // Thresholds do not apply to the warm-up.
        const limit = isWarmup ? undefined : breachOf(figure, rules);
        const said = change === undefined ? note : <span title={note}>{change} from the baseline</span>;
        return (
          <Tile
            key={key}
            label={label}
            value={value}
            note={
              isWarmup ? (
                'warm-up, not measured'
              ) : limit === undefined ? (
                said
              ) : (
                <>
                  {limit} <span className={shared.visuallyHidden}>{said}</span>
                </>
              )
            }
            isBreach={limit !== undefined}
          >
            <Sparkline values={sparkline(key)} />
          </Tile>
        );
      })}
    </TileRow>
  );
}
