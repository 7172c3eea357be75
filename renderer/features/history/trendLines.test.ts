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

it('every run has a mark in the colour of its verdict, also one that no line joins', () => {
  const { points, lines } = trendLines(runs, 'p95Ms', 2);
  expect(lines.flatMap((line) => ('isMarks' in line ? [line.key] : []))).toEqual(['passed', 'failed']);
  expect(points.map(({ values }) => values.passed ?? values.failed)).toEqual([1, 700, 3, 9]);
  expect(points.every(({ values }) => values.baseline === 2)).toBe(true);
});
