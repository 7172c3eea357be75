import type { ExpectStatic } from 'vitest';
import { verdictSentence } from '../../shared/report/sections/verdict';
import type { RunDocument } from '../../shared/run/document';
import { exitCodes } from '../../shared/run/verdict';
import type { CliResult } from '../support/cli';
import { rightVerdicts } from '../support/rightVerdicts';
import type { ExpectedFailure, ExpectedRefusal, ExpectedRun, Range } from './situation';

function isWithin(value: number, range: Range): boolean {
  const [low, high] = typeof range === 'number' ? [range, range] : range;
  return value >= low && value <= high;
}

function text(range: Range): string {
  return typeof range === 'number' ? String(range) : `${range[0]} to ${range[1]}`;
}

/** What is not as expected of a figure, in words; nothing when it is not judged or right. */
function misses(what: string, value: number, range: Range | undefined): string[] {
  return range === undefined || isWithin(value, range) ? [] : [`${what}: ${value} where ${text(range)} is right`];
}

function wrongFailures(errors: Readonly<Record<string, number>>, expected: readonly ExpectedFailure[]): string[] {
  const foreign = Object.keys(errors).filter((kind) => !expected.some((failure) => failure.kind.test(kind)));
  return [
    ...foreign.map((kind) => `failures: ${errors[kind]} of the kind ${kind} where none is right`),
    ...expected.flatMap(({ kind, count }) => {
      const counted = Object.entries(errors).filter(([name]) => kind.test(name));
      return misses(
        `failures ${kind}`,
        counted.reduce((sum, [, failed]) => sum + failed, 0),
        count,
      );
    }),
  ];
}

function wrongFigures({ metrics }: RunDocument, connections: number, expected: ExpectedRun): string[] {
  const { http_reqs: requests, http_req_failed: failed, http_req_duration: duration } = metrics;
  return [
    ...misses('requests', requests.count, expected.requests),
    ...misses('dropped iterations', metrics.dropped_iterations.count, 0),
    ...wrongFailures(metrics.errors, expected.failures ?? []),
    ...misses('failures and successes together', failed.count + duration.count, requests.count),
    ...misses('P50', duration.p50, expected.p50),
    ...misses('P95', duration.p95, expected.p95),
    ...misses('rate', requests.rate, expected.rate),
    ...misses('reconnects', metrics.connections.reconnects, expected.reconnects),
    ...misses('connections', connections, expected.connections),
  ];
}

/**
 * Holds a run against what is right of it; everything that is wrong is in one message, with the verdict's sentence. What
 * must be alone may come to no verdict where it was not.
 */
export function judgeRun(
  expect: ExpectStatic,
  { code, stdout, stderr }: CliResult,
  document: RunDocument,
  connections: number,
  expected: ExpectedRun,
  isAlone: boolean,
): void {
  const sentence = verdictSentence(document);
  const verdicts = isAlone ? rightVerdicts(document, expected.verdict) : [expected.verdict];
  const wrong = [
    ...(verdicts.includes(document.verdict) ? [] : [`verdict: ${document.verdict} where ${expected.verdict} is right`]),
    ...misses('exit code', code ?? -1, exitCodes[document.verdict]),
    ...wrongFigures(document, connections, expected),
    ...(stdout.includes(sentence) ? [] : ['the terminal does not say the sentence of the verdict']),
    ...(expected.says?.test(stderr + stdout) === false ? [`the terminal does not say ${expected.says}`] : []),
  ];
  expect(wrong, `${sentence}\n${stderr}${stdout}`).toEqual([]);
}

/** Holds a command that could not run the load against what is right of it. */
export function judgeRefusal(
  expect: ExpectStatic,
  { code, stdout, stderr }: CliResult,
  expected: ExpectedRefusal,
): void {
  expect(stderr, `exit code ${code}\n${stdout}`).toMatch(expected.says);
  expect(expected.exitCodes, stderr).toContain(code);
}
