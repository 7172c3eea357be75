import { formatDuration } from '../units/duration';
import { formatNumber } from '../units/format';
import type { Load, OpenLoad, Scenario, ScenarioPart } from './schema';
import type { OwnRequests } from './steps';
import { durationMsOf, endMsOfPart, requiredMs } from './timing';

/** Returns the short name of a level: `2`, or `C`; empty for a user's own scenario. */
export function levelMark({ id, level }: Pick<Scenario, 'id' | 'level'>): string {
  if (level !== undefined) return String(level);
  return /^level-([a-z])$/.exec(id)?.[1]?.toUpperCase() ?? '';
}

/** Whether iterations start at given times, independent of earlier iterations. */
export function isOpen(load: Load): load is OpenLoad {
  return load.executor === 'constant-arrival-rate' || load.executor === 'ramping-arrival-rate';
}

/** Whether all iterations of a load start at given times. Of several scenarios, each must have such a load. */
export function isScheduled(load: Load): boolean {
  return load.executor === 'scenarios' ? load.scenarios.every((part) => isOpen(part)) : isOpen(load);
}

/**
 * Whether the load ends when its work is done instead of after a time. Several scenarios do so when the last one may be
 * one with fixed work.
 */
export function isFixedWork(load: Load): boolean {
  if (load.executor === 'scenarios') {
    const endMsOf = (isFixed: boolean): number =>
      Math.max(0, ...load.scenarios.filter((part) => isFixedWork(part) === isFixed).map(endMsOfPart));
    return endMsOf(true) > endMsOf(false);
  }
  return ['per-vu-iterations', 'shared-iterations', 'capacity-search'].includes(load.executor);
}

/** Describes one of several scenarios: `50 iterations/s for 1m`, `5 virtual users for 30s from 30s`. */
export function describePart(part: ScenarioPart, scenario: OwnRequests): string {
  const from = requiredMs(part.startTime) > 0 ? ` from ${part.startTime}` : '';
  return `${describeLoad(part, scenario)} for ${describeDuration(part)}${from}`;
}

/** Returns the unit of a rate: an iteration is one request unless it is a journey. */
export function rateUnit({ journeys }: OwnRequests): 'req/s' | 'iterations/s' {
  return journeys ? 'iterations/s' : 'req/s';
}

/** Returns a rate with its unit. */
export function rateText(rate: number, timeUnit: string, unit: ReturnType<typeof rateUnit> = 'req/s'): string {
  const digits = Number.isInteger(rate) ? 0 : 2;
  return timeUnit === '1s' ? `${formatNumber(rate, digits)} ${unit}` : `${formatNumber(rate, digits)} per ${timeUnit}`;
}

function plural(count: number, thing: string): string {
  return `${formatNumber(count)} ${thing}${count === 1 ? '' : 's'}`;
}

/**
 * Describes a load in a few words: `200 req/s`, `100 virtual users`, `200 to 2,000 to 200 req/s`. Rates count journeys
 * when `scenario` has some.
 */
export function describeLoad(load: Load, scenario: OwnRequests = {}): string {
  const unit = rateUnit(scenario);
  switch (load.executor) {
    case 'constant-vus':
      return plural(load.vus, 'virtual user');
    case 'ramping-vus':
      return `${[load.startVUs, ...load.stages.map(({ target }) => target)].map((vus) => formatNumber(vus)).join(' to ')} virtual users`;
    case 'constant-arrival-rate':
      return rateText(load.rate, load.timeUnit, unit);
    case 'ramping-arrival-rate': {
      const rates = [load.startRate, ...load.stages.map(({ target }) => target)];
      const turns = rates.filter((rate, index) => rate !== rates[index - 1]);
      const [last = 0] = turns.slice(-1);
      return [...turns.slice(0, -1).map((rate) => formatNumber(rate)), rateText(last, load.timeUnit, unit)].join(
        ' to ',
      );
    }
    case 'per-vu-iterations':
      return `${plural(load.iterations, 'iteration')} by each of ${plural(load.vus, 'virtual user')}`;
    case 'shared-iterations':
      return `${plural(load.iterations, 'iteration')} by ${plural(load.vus, 'virtual user')}`;
    case 'capacity-search':
      return 'a search for the highest passing rate';
    case 'scenarios':
      return load.scenarios.map((part) => `${part.name} (${describePart(part, scenario)})`).join(', ');
  }
}

/** Describes the duration of a load: `2m`, or `up to 10m` for work that ends when it is done. */
export function describeDuration(load: Load): string {
  const text = formatDuration(durationMsOf(load));
  return isFixedWork(load) ? `up to ${text}` : text;
}

/** Describes what a scenario does to the server that it loads: `Smoke loads it with 20 req/s for 10s`. */
export function loadSentence({ name, load, journeys }: Pick<Scenario, 'name' | 'load' | 'journeys'>): string {
  return `${name} loads it with ${describeLoad(load, { journeys })} for ${describeDuration(load)}`;
}

/** Describes how a run differs from its level, in parentheses, to follow the name; empty when it does not differ. */
export function describeMarks({ shortened, overridden }: { shortened: boolean; overridden: boolean }): string {
  const marks = [...(shortened ? ['shortened'] : []), ...(overridden ? ['with overrides'] : [])];
  return marks.length > 0 ? ` (${marks.join(', ')})` : '';
}
