import { fixedParts } from '../../shared/attribution/parts';
import { concealerOf, type Secrets } from '../../shared/secrets/conceal';
import { redacted } from '../../shared/secrets/redact';
import { secretReferenceTo } from '../../shared/secrets/reference';
import type { LoadReport, LoadTick } from './protocol';

type Conceal = (text: string) => string;

const ownParts: ReadonlySet<string> = new Set(fixedParts);

/** Conceals the names in a tick that come from the service: those of its `Server-Timing`. */
function concealTick(tick: LoadTick, conceal: Conceal): LoadTick {
  const timings = Object.entries(tick.serverTiming).map(([name, sparse]) => [conceal(name), sparse]);
  const profiles = Object.entries(tick.parts).map(([operation, profile]) => [
    operation,
    { ...profile, parts: profile.parts.map((part) => (ownParts.has(part) ? part : conceal(part))) },
  ]);
  return { ...tick, serverTiming: Object.fromEntries(timings), parts: Object.fromEntries(profiles) };
}

function concealError<Fault extends { message: string }>(error: Fault, conceal: Conceal): Fault {
  return { ...error, message: conceal(error.message) };
}

function concealReport(report: LoadReport, conceal: Conceal): LoadReport {
  switch (report.type) {
    case 'tick':
      return { ...report, tick: concealTick(report.tick, conceal) };
    case 'done':
      return {
        ...report,
        warnings: report.warnings.map(conceal),
        notes: report.notes?.map(conceal),
        checkExamples: report.checkExamples?.map((example) => concealError(example, conceal)),
      };
    case 'ended':
      return report.fault ? { ...report, fault: concealError(report.fault, conceal) } : report;
    case 'lifecycle-ended':
      return {
        ...report,
        failure: report.failure === undefined ? undefined : conceal(report.failure),
        warnings: report.warnings.map(conceal),
      };
    case 'failed':
      return { ...report, error: concealError(report.error, conceal) };
    default:
      return report;
  }
}

/**
 * Returns a function that removes secrets from the reports of a load process. The process itself never writes secrets
 * into a report, but a service may send them back where a report quotes it: in the target of a redirect, in the value
 * that a check found, and in the names of its `Server-Timing`. The function also removes `given`, the values that a
 * setup extracted from responses, and `tokens`, nameless secrets that the process obtained itself.
 */
export function reportConcealer(
  secrets: Secrets,
  given: Readonly<Record<string, string>> = {},
  tokens: readonly string[] = [],
): (report: LoadReport) => LoadReport {
  const extracted = new Map(Object.entries(given));
  if (secrets.size + extracted.size + tokens.length === 0) return (report) => report;
  const all = new Map([...secrets, ...tokens.map((token, index): [string, string] => [`token ${index}`, token])]);
  const concealSecrets = concealerOf(all, (name) => (secrets.has(name) ? secretReferenceTo(name) : redacted));
  const concealGiven = concealerOf(extracted, (name) => `{{${name}}}`);
  return (report) => concealReport(report, (text) => concealGiven(concealSecrets(text)));
}
