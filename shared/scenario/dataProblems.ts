import type { DataFile } from './dataFiles';
import { isRequestStep, type Journey } from './journeys';
import type { Lifecycle } from './lifecycle';
import { requestName, textsOf } from './requests';
import { dataReferencesIn } from './template';

/** The parts of a scenario that must fit its data files. */
interface WithData {
  journeys?: readonly Journey[] | undefined;
  setup?: Lifecycle | undefined;
  teardown?: Lifecycle | undefined;
  dataFiles?: readonly DataFile[] | undefined;
}

/**
 * Returns the problems of the data files of a scenario, with their paths. The content of the files is not checked here.
 */
export function describeDataProblems({ journeys = [], setup, teardown, dataFiles }: WithData) {
  if (!dataFiles) return [];
  const names = dataFiles.map(({ name }) => name);
  const twice = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: ['dataFiles', index, 'name'], message: `two data files are called ${name}` }],
  );
  const unknown = journeys.flatMap(({ steps }, place) =>
    steps.flatMap((step, index) => {
      if (!isRequestStep(step)) return [];
      const missing = textsOf(step)
        .flatMap(dataReferencesIn)
        .filter(({ file }) => !names.includes(file));
      return missing.map(({ file, column }) => ({
        path: ['journeys', place, 'steps', index],
        message: `${requestName(step)} needs {{${file}.${column}}}, and no data file is called ${file}; there are ${names.join(', ')}`,
      }));
    }),
  );
  const misplaced = Object.entries({ setup, teardown }).flatMap(([part, lifecycle]) =>
    (lifecycle?.steps ?? []).flatMap((step, index) => {
      const found = isRequestStep(step) ? textsOf(step).flatMap(dataReferencesIn) : [];
      return found
        .filter(({ file }) => names.includes(file))
        .map(({ file, column }) => ({
          path: [part, 'steps', index],
          message: `{{${file}.${column}}} is a field of a row, and only iterations of the load have rows`,
        }));
    }),
  );
  return [...twice, ...unknown, ...misplaced];
}
