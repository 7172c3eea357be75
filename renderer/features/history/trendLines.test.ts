import { expect, it } from 'vitest';
import { runSummary } from '../../../tests/support/factories';
import { trendLines } from './trendLines';

const runs = [
  runSummary({ id: 'a', p95Ms: 1 }),
  runSummary({ id: 'b', p95Ms: 700, target: 'sqlite-json', verdict: 'failed' }),
  runSummary({ id: 'c', p95Ms: 3 }),
  runSummary({ id: 'd', p95Ms: 9, machine: 'another' }),
];

it('the lines of a trend join runs of one scenario and target, over runs of others between them', () => {
  const { points, lines } = trendLines(runs, 'p95Ms', null);
  const joining = lines.filter(({ key }) => key.startsWith('line '));
  expect(joining).toHaveLength(1);
  const key = joining[0]?.key ?? '';
  expect(points.map(({ values }) => values[key])).toEqual([1, undefined, 3, undefined]);
});

it('the axis is logarithmic where a linear one would flatten the quick runs, and only for latencies', () => {
  expect(trendLines(runs, 'p95Ms', null)).toMatchObject({ isLog: true, yTicks: [1, 10, 100, 1_000] });
  const alike = [runSummary({ id: 'a', p95Ms: 2 }), runSummary({ id: 'b', p95Ms: 3 })];
  expect(trendLines(alike, 'p95Ms', null)).toMatchObject({ isLog: false, yTicks: [0, 1, 2, 3, 4] });
  expect(trendLines([runSummary({ p95Ms: 0 }), ...runs], 'p95Ms', null).isLog).toBe(false);
  const rates = [runSummary({ id: 'a', rate: 1 }), runSummary({ id: 'b', rate: 900 })];
  expect(trendLines(rates, 'rate', null).isLog).toBe(false);
});

it('every run has a mark in the colour of its verdict, also one that no line joins', () => {
  const { points, lines } = trendLines(runs, 'p95Ms', 2);
  expect(lines.flatMap((line) => ('isMarks' in line ? [line.key] : []))).toEqual(['passed', 'failed']);
  expect(points.map(({ values }) => values.passed ?? values.failed)).toEqual([1, 700, 3, 9]);
  expect(points.every(({ values }) => values.baseline === 2)).toBe(true);
});
