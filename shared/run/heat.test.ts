import { describe, expect, it } from 'vitest';
import { heatBinsMs, heatColumns, heatCounter } from './heat';

function second(t: number, ...latenciesMs: number[]) {
  const counter = heatCounter();
  for (const latencyMs of latenciesMs) counter.add(latencyMs, 1);
  return { t, counts: [...counter.counts] };
}

describe('the heatmap of a run', () => {
  it('counts each latency in the bin that holds it, and what is outside in the nearest', () => {
    const { counts } = second(1, 0.001, 1.05, 99_999, 1_000_000);
    const filled = counts.flatMap((count, bin) => (count > 0 ? [[heatBinsMs[bin], heatBinsMs[bin + 1], count]] : []));
    expect(filled.map((row) => row[2])).toEqual([1, 1, 2]);
    expect(filled[1]?.[0]).toBeLessThanOrEqual(1.05);
    expect(filled[1]?.[1]).toBeGreaterThan(1.05);
  });

  it('leaves out bins that nobody fell into, and shows seconds without requests as empty', () => {
    const shown = heatColumns([second(1, 1, 1, 10), second(3, 10)], 0, 4);
    expect(shown.columnS).toBe(1);
    expect(shown.columns).toHaveLength(4);
    expect(shown.columns[0]?.[0]).toBeCloseTo(2 / 3);
    expect(shown.columns[1]?.every((share) => share === 0)).toBe(true);
    expect(shown.columns[2]?.at(-1)).toBe(1);
    expect(shown.binsMs[0]).toBeCloseTo(1, 5);
    expect(shown.binsMs.at(-1)).toBeGreaterThan(10);
  });

  it('joins the seconds of a long run, and shows the stretch that is asked for', () => {
    const heat = Array.from({ length: 1_800 }, (_, index) => second(index + 1, 1));
    const shown = heatColumns(heat, 0, 1_800);
    expect(shown.columnS).toBe(6);
    expect(shown.columns).toHaveLength(300);
    expect(heatColumns(heat, 600, 660).columns).toHaveLength(60);
  });

  it('shows a stretch in which nothing was counted as empty', () => {
    const shown = heatColumns([second(30, 1)], 0, 10);
    expect(shown.binsMs).toEqual(heatBinsMs);
    expect(shown.columns).toHaveLength(10);
    expect(shown.columns.flat().every((share) => share === 0)).toBe(true);
  });
});
