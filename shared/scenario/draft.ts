import { issuesOf } from './issues';
import { checkedScenarioSchema, type Scenario } from './schema';

/** A scenario while it is being edited: as the file has it, right or wrong. */
export type ScenarioDraft = Readonly<Record<string, unknown>>;

/** What is wrong with a draft, by the place in it, such as `load.rate`. */
export interface DraftProblem {
  path: string;
  message: string;
}

/** A draft as a scenario, or what keeps it from being one. */
export type CheckedDraft = { ok: true; scenario: Scenario } | { ok: false; problems: readonly DraftProblem[] };

export function checkDraft(draft: ScenarioDraft): CheckedDraft {
  const parsed = checkedScenarioSchema.safeParse(draft);
  if (parsed.success) return { ok: true, scenario: parsed.data };
  return {
    ok: false,
    problems: issuesOf(parsed.error).map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  };
}

/** An id that a name suggests: lower-case letters, digits and hyphens, and none of those that are taken. */
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

/** A new scenario: a minute at a low rate, with thresholds to start from. */
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

/** A copy under a name and an id of its own; levels are gates, and copies of them are not. */
export function copyOf(scenario: ScenarioDraft, taken: ReadonlySet<string>): ScenarioDraft {
  const { level: _level, ...rest } = scenario;
  const name = `${String(scenario.name ?? 'Scenario')} (copy)`.slice(0, 120);
  return { ...rest, name, id: idFor(name, taken) };
}
