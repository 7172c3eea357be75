import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** How far an input is from an alternative: by what of it the alternative does not know, then by what is wrong with it. */
function distance(issues: readonly Issue[]): [unknownKeys: number, count: number] {
  const unknown = issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
  return [unknown, issues.length];
}

/** The issues with the nearest of several alternatives, with their whole path; of a plain issue itself. */
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
 * What is wrong with an input, with the place of each issue. Where the input may be one of several things, it is what it
 * is nearest to, and the issues are those with that one.
 */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap(nearest);
}
