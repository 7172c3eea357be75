import { escapeXml } from '../../../shared/charts/escapeXml';
import { thresholdOutcome } from '../../../shared/report/sections/thresholds';
import { verdictSentence } from '../../../shared/report/sections/verdict';
import type { RunDocument } from '../../../shared/run/document';
import { targetLabel } from '../../../shared/run/target';
import type { ThresholdResult } from '../../../shared/thresholds/evaluate';

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

type Outcome = { kind: 'passed' } | { kind: 'failed' | 'skipped'; message: string };

interface TestCase {
  name: string;
  outcome: Outcome;
}

function seconds({ startedAt, endedAt }: RunDocument): string {
  // A clock that was set back in mid-run must not make the time negative: the schema refuses that.
  return (Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1_000).toFixed(3);
}

/**
 * Returns the outcome of a threshold as a test. An undecided threshold is skipped: JUnit has no other outcome for it.
 */
function outcomeOf(threshold: ThresholdResult, document: RunDocument): Outcome {
  const { status, statusText, label, value } = thresholdOutcome(threshold, document);
  if (status === 'passed') return { kind: 'passed' };
  return { kind: status === 'failed' ? 'failed' : 'skipped', message: `${statusText}: ${label}, ${value}` };
}

function wholeOutcome({ verdict }: RunDocument, sentence: string): Outcome {
  if (verdict === 'passed') return { kind: 'passed' };
  return { kind: verdict === 'failed' ? 'failed' : 'skipped', message: sentence };
}

/** Returns a test for each threshold, and one for the verdict, which every run has. */
function casesOf(document: RunDocument): TestCase[] {
  const sentence = verdictSentence(document);
  return [
    ...document.thresholds.map((threshold) => ({
      name: `${threshold.metric} ${threshold.expression}`,
      outcome: outcomeOf(threshold, document),
    })),
    { name: 'verdict', outcome: wholeOutcome(document, sentence) },
  ];
}

/**
 * Returns a run as JUnit XML for CI systems: a suite for the scenario and a test for each threshold (Jenkins' schema;
 * k6's jslib writes the same names).
 */
export function toJunit(document: RunDocument): string {
  const { scenario, target, backend, environment, id, startedAt } = document;
  const cases = casesOf(document);
  const count = (kind: TestCase['outcome']['kind']): number =>
    cases.filter(({ outcome }) => outcome.kind === kind).length;
  const classname = `proofload.${scenario.id}.${targetLabel(target, backend)}`;
  const time = seconds(document);
  const counts = { tests: cases.length, failures: count('failed'), skipped: count('skipped'), errors: 0, time };
  const properties = {
    run: id,
    runtime: environment.runtime,
    platform: environment.platform,
    cpu: environment.cpu,
    cores: environment.cores,
  };
  let text = '<?xml version="1.0" encoding="UTF-8"?>\n';
  text += `<testsuites${attributes({ name: 'proofload', ...counts })}>\n`;
  text += `  <testsuite${attributes({ name: scenario.id, ...counts, timestamp: startedAt })}>\n    <properties>\n`;
  for (const [name, value] of Object.entries(properties)) text += `      <property${attributes({ name, value })}/>\n`;
  text += '    </properties>\n';
  for (const { name, outcome } of cases) {
    text += `    <testcase${attributes({ name, classname, time })}`;
    if (outcome.kind === 'passed') text += '/>\n';
    else if (outcome.kind === 'failed')
      text += `>\n      <failure${attributes({ message: outcome.message, type: 'threshold' })}/>\n    </testcase>\n`;
    else text += `>\n      <skipped${attributes({ message: outcome.message })}/>\n    </testcase>\n`;
  }
  return `${text}  </testsuite>\n</testsuites>\n`;
}
