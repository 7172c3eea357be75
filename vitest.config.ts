import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { coarsePace } from './tests/support/coarsePace.ts';

const measuring = 'tests/integration/measuring/**';
const longest = [
  'run/capacity/simulatedSearch.test.ts',
  ...['servers', 'postgres', 'faults', 'signals', 'mongodb', 'drivers', 'outputs', 'typedSecrets'].map(
    (name) => `integration/${name}.test.ts`,
  ),
];

const unitTests = ['{electron,renderer,shared}/**/*.test.ts', 'tests/unit/**/*.test.{ts,mjs}'];
/** These replace modules, or the window, which the stores keep: each needs modules of its own. */
const isolated = globSync(unitTests).filter((file) =>
  /vi\.(mock|doMock|resetModules)\(|vi\.stubGlobal\('window'/.test(readFileSync(file, 'utf8')),
);

/** Begins with the files that take longest, so that no worker is left alone with one at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
      return place < 0 ? longest.length : place;
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

/** A project of unit tests. */
function unit(test: NonNullable<TestProjectInlineConfiguration['test']>): TestProjectInlineConfiguration {
  return {
    // What is inlined below names sources for its maps that it does not have.
    logLevel: 'error',
    test: {
      maxWorkers: '100%',
      // They import JSON as bundlers allow it, and Node does not.
      server: { deps: { inline: [/@actions\//] } },
      sequence: { groupOrder: 0 },
      // Time is never what a test asserts; a check of the slowest engine takes seconds on a slow machine.
      testTimeout: 120_000,
      hookTimeout: 60_000,
      ...test,
    },
  };
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      unit({ name: 'unit', include: unitTests, exclude: [...configDefaults.exclude, ...isolated], isolate: false }),
      unit({ name: 'unit-isolated', include: isolated }),
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: [...configDefaults.exclude, measuring],
          globalSetup: 'tests/support/integrationSetup.mjs',
          env: { NODE_OPTIONS: coarsePace },
          sequence: { groupOrder: 1 },
          // What is right of these does not depend on what else the machine does, and most of their time is waiting.
          maxWorkers: 3,
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'measuring',
          include: [`${measuring}/*.test.ts`],
          globalSetup: 'tests/support/integrationSetup.mjs',
          sequence: { groupOrder: 2 },
          // What is right of these is a time or a rate: one at a time, or they would measure each other.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
