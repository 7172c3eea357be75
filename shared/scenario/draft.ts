import type { z } from 'zod';
import { issuesOf } from './issues';
import { checkedScenarioSchema, type Scenario } from './schema';
import { scenarioTlsSchema, type TlsOptions } from './tlsOptions';

/** A scenario while it is being edited, as it stands in the file, valid or not. */
export type ScenarioDraft = Readonly<Record<string, unknown>>;

/** A problem of a draft with its path, such as `load.rate`. */
export interface DraftProblem {
  path: string;
  message: string;
}

/** A valid draft as a scenario, or the problems of an invalid one. */
export type CheckedDraft = { ok: true; scenario: Scenario } | { ok: false; problems: readonly DraftProblem[] };

function problemsIn(error: z.ZodError, place: readonly string[] = []): DraftProblem[] {
  return issuesOf(error).map(({ path, message }) => ({ path: [...place, ...path].map(String).join('.'), message }));
}

export function checkDraft(draft: ScenarioDraft): CheckedDraft {
  const parsed = checkedScenarioSchema.safeParse(draft);
  return parsed.success ? { ok: true, scenario: parsed.data } : { ok: false, problems: problemsIn(parsed.error) };
}

/** The problems of TLS options, at their paths in a scenario. */
export function checkTls(tls: TlsOptions): DraftProblem[] {
  const parsed = scenarioTlsSchema.safeParse(tls);
  return parsed.success ? [] : problemsIn(parsed.error, ['tls']);
}

/** Derives an unused id from a name: lower-case letters, digits and hyphens. */
export function idFor(name: string, taken: ReadonlySet<string>): string {
  const base =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50)
      .replace(/-+$/, '') || 'scenario';
  if (!taken.has(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

/** Returns a new scenario: one minute at a low rate, with initial thresholds. */
export function newDraft(taken: ReadonlySet<string>): ScenarioDraft {
  return {
    schema: 'proofload.scenario/1',
    id: idFor('my scenario', taken),
    name: 'My scenario',
    load: { executor: 'constant-arrival-rate', rate: 100, duration: '1m' },
    warmup: '5s',
    thresholds: { http_req_duration: ['p(95)<50', 'p(99)<100'], http_req_failed: ['rate<0.01'] },
  };
}

/** Copies a scenario under a new name and id. Levels are gates; a copy is not a level. */
export function copyOf(scenario: ScenarioDraft, taken: ReadonlySet<string>): ScenarioDraft {
  const { level: _level, ...rest } = scenario;
  const name = `${String(scenario.name ?? 'Scenario')} (copy)`.slice(0, 120);
  return { ...rest, name, id: idFor(name, taken) };
}
