// What the reports of the test runners say: how many tests held, and which did not.
import { relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './setup/paths.mjs';

/**
 * Of a JSON report of vitest's (the layout of Jest's `--json`): the counts, and of each failed test its file, its name
 * and what it said. A file that could not be read has no test that failed, and counts as one.
 */
export function vitestReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const failures = testResults.flatMap(({ name: file, assertionResults, status, message }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [{ file, name: 'the file itself', message }];
    return failed.map((test) => ({ file, name: test.fullName, message: test.failureMessages.join('\n') }));
  });
  return {
    counts: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests },
    failures,
  };
}

/** The same of a JSON report of Playwright's. A test that held only when it was tried again has failed. */
export function playwrightReport({ stats, suites }) {
  const failed = specsOf({ suites }).filter(({ tests }) => tests.some(({ status }) => isFailure(status)));
  return {
    counts: { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
    failures: failed.map(({ file, title, tests }) => ({
      file,
      name: title,
      message: tests
        .flatMap(({ results }) => results)
        .flatMap(({ errors }) => errors)
        .map((error) => error.message ?? error.value ?? '')
        .join('\n'),
    })),
  };
}

const isFailure = (status) => status === 'unexpected' || status === 'flaky';

/** The tests of a suite and of the suites in it. */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** A failed test in a few lines, for the end of a long output: what is cut off is above. */
export function failureLines({ file, name, message }, maxLines = 20) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [
    `failed: ${relative(root, resolve(root, file))}: ${name}`,
    ...lines.slice(0, maxLines).map((line) => `  ${line}`),
  ];
}
