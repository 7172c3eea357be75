import { escapeXml } from '../../../shared/charts/escapeXml';
import type { RunDocument } from '../../../shared/run/document';
import { targetLabel } from '../../../shared/run/target';

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

interface TestCase {
  name: string;
  outcome: { kind: 'passed' } | { kind: 'failed' | 'skipped'; message: string };
}

function seconds({ startedAt, endedAt }: RunDocument): string {
  // A clock that was set back in mid-run must not make the time negative: the schema refuses that.
  return (Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) / 1_000).toFixed(3);
}

/** Each threshold is a test; a run that can't be trusted skips what it can't tell. There is always the verdict. */
function casesOf(document: RunDocument): TestCase[] {
  const { verdict, reason, trust, thresholds } = document;
  const doubt = trust.find(({ ok }) => !ok)?.message;
  const isKnown = verdict === 'passed' || verdict === 'failed';
  const why = isKnown ? '' : `${verdict}: ${reason ?? doubt ?? 'the measurement cannot be trusted'}`;
  const cases = thresholds.map(({ metric, expression, value, ok }): TestCase => {
    const name = `${metric} ${expression}`;
    if (!isKnown) return { name, outcome: { kind: 'skipped', message: why } };
    const message = `${metric} was ${value === null ? 'not measured' : Number(value.toPrecision(6))}, wanted ${expression}`;
    return { name, outcome: ok ? { kind: 'passed' } : { kind: 'failed', message } };
  });
  const whole: TestCase['outcome'] =
    verdict === 'passed'
      ? { kind: 'passed' }
      : {
          kind: verdict === 'failed' ? 'failed' : 'skipped',
          message: why || 'a threshold failed, or answers were wrong',
        };
  return [...cases, { name: 'verdict', outcome: whole }];
}

/**
 * A run as JUnit XML, as CI systems read it: a suite for the scenario, a test for each threshold (Jenkins' schema;
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
