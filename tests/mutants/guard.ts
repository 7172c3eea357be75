/** Tests that fail when a guard is taken out. */
export interface GuardTest {
  /** `unit` takes a second, `integration` and `e2e` run what was built of the sources without the guard. */
  project: 'unit' | 'integration' | 'e2e';
  file: string;
  /** A part of the names of the tests that are run; all of the file without it. */
  name?: string;
}

/** A guard that docs/security.md or docs/reliability.md names, how it is taken out, and what must notice that. */
export interface Guard {
  /** What it guards, in a few words. */
  name: string;
  file: string;
  /** Its text, which stands in the file exactly once. */
  find: string;
  /** What is there in its place: the same program without the guard. */
  replace: string;
  tests: readonly GuardTest[];
}
