// `node scripts/sample.mjs`: makes the sample run that comes with the app anew, after a change of the run document.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { root } from './setup/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'proofload-sample-'));
const proofload = (...args) => {
  const { status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args, '--data-dir', folder], {
    stdio: 'inherit',
  });
  return status;
};

proofload('run', 'level-1', '--engine', 'sqlite-json', '--duration', '30s', '--profile', '--quiet');
const [profileName] = readdirSync(join(folder, 'profiles'));
const id = profileName.replace('.cpuprofile', '');
const documentFile = join(folder, 'run.json');
proofload('export', id, '--to', 'json', '--out', documentFile);
const database = new Database(join(folder, 'history.sqlite'), { readonly: true });
const responses = database
  .prepare(
    "SELECT t, name AS operation, histogram FROM histograms WHERE runId = ? AND metric = 'response' ORDER BY t, name",
  )
  .all(id);
database.close();
const document = JSON.parse(readFileSync(documentFile, 'utf8'));
const profile = JSON.parse(readFileSync(join(folder, 'profiles', profileName), 'utf8'));
// The folders of this machine are nobody's business.
const text = JSON.stringify({ document, responses, profile })
  .replaceAll(root, '/proofload')
  .replaceAll(folder, '/data');
writeFileSync(join(root, 'resources/sample-run.json'), `${text}\n`);
rmSync(folder, { recursive: true });
