import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { Tick } from '../../../shared/run/events';
import { emptyRunView } from '../../../shared/run/reducer';
import { description, level, runTick } from '../../../tests/support/factories';

vi.hoisted(() => {
  // Modules look up the bridge of the preload script when they load. Nothing that is rendered here calls it.
  vi.stubGlobal('window', { proofload: {} });
});

const { Tiles } = await import('./Tiles');
const { VerdictCard } = await import('./VerdictCard');

const run = description({ scenario: { ...level('level-2'), thresholds: { http_req_duration: ['p(95)<50'] } } });

/** The coloured tiles and their text, with the latest tick of a run in progress. */
function shown(...ticks: Tick[]): { broken: string[]; text: string } {
  const html = renderToStaticMarkup(createElement(Tiles, { view: { ...emptyRunView, run, phase: 'running', ticks } }));
  const broken = [...html.matchAll(/data-tile="([^"]*)" data-breach="true"/g)].map(([, label = '']) => label);
  return { broken, text: html.replace(/<[^>]*>/g, ' ') };
}

const fast = runTick({ cumulative: { count: 1_000, p50: 5, p95: 20, p99: 30 } });
const slow = runTick({ cumulative: { count: 1_000, p50: 5, p95: 80, p99: 90 } });

describe('the tiles of a run in progress', () => {
  it('are coloured with the tick that breaks a limit, and no longer than it is broken', () => {
    expect(shown(fast).broken).toEqual([]);
    expect(shown(fast, slow).broken).toEqual(['P95']);
    expect(shown(fast, slow).text).toContain('limit 50.0 ms');
    expect(shown(slow, fast).broken).toEqual([]);
  });

  it('say that the warm-up is not measured, and break no limit in it', () => {
    const warming = shown({ ...slow, warmup: true, interval: slow.cumulative });
    expect(warming.broken).toEqual([]);
    expect(warming.text.split('warm-up, not measured')).toHaveLength(8);
    expect(shown(slow).text).not.toContain('warm-up');
  });
});

it('the card of a run that warms up says how long it does, and that nothing is measured before', () => {
  const warmedUp = { ...run, scenario: { ...run.scenario, warmup: '10s' } };
  const view = { ...emptyRunView, run: warmedUp, phase: 'warming-up' as const, ticks: [runTick({ warmup: true })] };
  const html = renderToStaticMarkup(createElement(VerdictCard, { view, report: { current: null } }));
  expect(html.replace(/<[^>]*>/g, '')).toContain('Warming up, 0:09 left; the measurement starts afterwards');
});
