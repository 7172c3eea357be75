import type { z } from 'zod';
import type { Result } from '../errors/appError';
import { issuesOf } from './issues';
import { checkedScenarioSchema, type Scenario, type scenarioSchema } from './schema';

/** Names the field that an issue is about, as a user would write it: `load.rate`, `thresholds.http_reqs[0]`. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`;
    return field === '' ? String(key) : `${field}.${String(key)}`;
  }, '');
}

/** One line per issue: the field and what is wrong with it. */
export function describeIssues(error: z.ZodError): string {
  return issuesOf(error)
    .map((issue) => `${fieldOf(issue.path) || 'file'}: ${issue.message}`)
    .join('; ');
}

/**
 * Parses the content of a scenario file. The error names every invalid field, and the file as `source`. For a stored
 * scenario that is only displayed, pass the more lenient schema of stored scenarios.
 */
export function parseScenario(
  text: string,
  source: string,
  schema: typeof scenarioSchema = checkedScenarioSchema,
): Result<Scenario> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return invalid(source, reason, 'the file must be JSON; compare it with one of resources/levels');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return invalid(
    source,
    describeIssues(parsed.error),
    'correct the named fields; resources/levels has working examples',
  );
}

function invalid(source: string, reason: string, hint: string): Result<Scenario> {
  return {
    ok: false,
    error: { code: 'scenario-invalid', message: `${source} is not a valid scenario: ${reason}`, hint },
  };
}
