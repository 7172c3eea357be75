import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Measures how far an input is from an alternative: first by the number of unknown keys, then by the number of issues.
 */
function distance(issues: readonly Issue[]): [unknownKeys: number, count: number] {
  const unknown = issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
  return [unknown, issues.length];
}

/**
 * Returns the issues of the nearest alternative, with full paths. An issue without alternatives is returned as it is.
 */
function nearest(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [closest = []] = issue.errors.toSorted((a, b) => {
    const [unknownA, countA] = distance(a);
    const [unknownB, countB] = distance(b);
    return unknownA - unknownB || countA - countB;
  });
  return closest.flatMap((inner) => nearest({ ...inner, path: [...issue.path, ...inner.path] }));
}

/**
 * Returns what is wrong with an input, with the path of each issue. When several alternatives are allowed, only the
 * issues of the nearest one are returned.
 */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap(nearest);
}
