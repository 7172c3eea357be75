/* Owns a piece of work, with a run in the history if a data folder is named, until it is killed or its input ends. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHistory } from '../../electron/history/openHistory';
import { ownWork } from '../../electron/run/ownedWork';
import { description } from './factories';

const [workFolder = '', id = '', dataFolder = ''] = process.argv.slice(2);
process.stdout.write('starts\n');
const work = ownWork(workFolder, id);
writeFileSync(join(work.folder, 'documents.sqlite'), 'data of an engine');
const history = dataFolder === '' ? undefined : openHistory(dataFolder);
history?.begin(description({ id }));
process.stdout.write('owns\n');
process.stdin.on('end', () => {
  history?.close();
  work.end();
});
process.stdin.resume();
