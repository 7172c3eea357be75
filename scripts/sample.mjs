// `node scripts/sample.mjs`: makes the sample run that comes with the app anew, after a change of the run document.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const logFile = join(folder, 'run.hlog');
proofload('export', id, '--to', 'hlog', '--out', logFile);
const responses = readFileSync(logFile, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, operation, start, histogram] = /^Tag=([^,]+),([^,]+),[^,]+,[^,]+,(.+)$/.exec(line) ?? [];
    return operation === undefined ? [] : [{ t: Number(start) + 1, operation, histogram }];
  });
const document = JSON.parse(readFileSync(documentFile, 'utf8'));
const profile = JSON.parse(readFileSync(join(folder, 'profiles', profileName), 'utf8'));
// The folders of this machine are nobody's business.
const text = JSON.stringify({ document, responses, profile })
  .replaceAll(root, '/proofload')
  .replaceAll(folder, '/data');
writeFileSync(join(root, 'resources/sample-run.json'), `${text}\n`);
rmSync(folder, { recursive: true });
