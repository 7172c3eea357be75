import { bombardierFigures } from '../bombardier';
import { UnreadableForm } from '../importer';
import type { TextReport } from './textReport';

/** The output of bombardier: a progress bar, and its result as text or, with `-o json`, as one line of JSON. */
export const bombardierText: TextReport = {
  begins: (lines, index) => /^Bombarding .+ using \d+ connection/.test(lines[index] ?? ''),
  read: (lines) => {
    const json = lines
      .map((line) => line.slice(Math.max(0, line.indexOf('{"spec":'))))
      .find((line) => line.startsWith('{"spec":'));
    if (json === undefined)
      throw new UnreadableForm(
        'has what bombardier prints, which Proofload does not read',
        'run it with -l -o json and import that output',
      );
    return bombardierFigures(JSON.parse(json));
  },
};
