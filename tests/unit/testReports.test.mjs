import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.mjs';
import { failureLines, playwrightReport, vitestReport } from '../../scripts/testReports.mjs';

const red = (text) => `\u001b[31m${text}\u001b[39m`;

describe('the report of vitest', () => {
  const file = join(root, 'shared', 'sum.test.ts');
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [
      {
        name: file,
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'a sum is a number', failureMessages: [] },
          { status: 'failed', fullName: 'a sum adds', failureMessages: [red('expected 3 to be 4')] },
        ],
      },
      { name: join(root, 'broken.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  };

  it('counts, and names what failed, a file without tests as well', () => {
    expect(vitestReport(report)).toEqual({
      counts: { passed: 3, failed: 1, skipped: 2 },
      failures: [
        { file, name: 'a sum adds', message: red('expected 3 to be 4') },
        { file: join(root, 'broken.test.ts'), name: 'the file itself', message: 'no such module' },
      ],
    });
  });
});

describe('the report of Playwright', () => {
  const spec = (title, status, results) => ({ title, file: 'tests/e2e/run.e2e.ts', tests: [{ status, results }] });
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        specs: [spec('opens', 'expected', [{ errors: [] }])],
        suites: [
          {
            specs: [
              spec('runs', 'unexpected', [{ errors: [{ message: 'Test timeout of 60000ms exceeded.' }] }]),
              spec('stops', 'flaky', [{ errors: [{ value: 'thrown' }] }, { errors: [] }]),
            ],
          },
        ],
      },
    ],
  };

  it('counts, and names what failed, also what held when it was tried again', () => {
    expect(playwrightReport(report)).toEqual({
      counts: { passed: 5, failed: 2, skipped: 0 },
      failures: [
        { file: 'tests/e2e/run.e2e.ts', name: 'runs', message: 'Test timeout of 60000ms exceeded.' },
        { file: 'tests/e2e/run.e2e.ts', name: 'stops', message: 'thrown' },
      ],
    });
  });
});

it('a failed test stands in few lines, without colours and with the path from the root', () => {
  const failure = { file: join(root, 'shared', 'sum.test.ts'), name: 'a sum adds', message: `${red('no')}\n\n1\n2\n3` };
  expect(failureLines(failure, 3)).toEqual(['failed: shared/sum.test.ts: a sum adds', '  no', '  1', '  2']);
});
