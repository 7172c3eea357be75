import { describe, expect, it } from 'vitest';
import { environment } from '../../tests/support/factories';
import { type DiagnosticFacts, describeDiagnostics } from './diagnostics';
import { ErrorLog } from './errorLog';
import { concealKnown } from './secretStore';

const values: Record<string, string> = { API_TOKEN: 'tok/n-4711 x', DB_PASSWORD: 'hunter2!' };
const secrets = {
  list: () => Object.keys(values).map((name) => ({ name, from: 'kept' as const })),
  find: (name: string) => values[name],
};
const conceal = concealKnown(secrets);
const at = new Date('2026-11-26T02:00:00Z');

function factsWith(changes: Partial<DiagnosticFacts> = {}): DiagnosticFacts {
  return {
    environment,
    chrome: '130.0',
    locale: 'de-CH',
    dataFolder: '/home/ada/.local/share/proofload',
    homeFolder: '/home/ada',
    history: { runs: 1_200, sizeBytes: 3 * 2 ** 20, usedBytes: 2 ** 20, toPack: 0, thinnedRuns: 4 },
    budgetMb: null,
    defaultEngine: 'sqlite',
    postgres: 'by URL',
    mongodb: 'none',
    allowedHosts: 1,
    secrets: 2,
    isEncrypted: true,
    errors: [],
    ...changes,
  };
}

describe('the diagnostics for a report of a defect', () => {
  it('have the versions, the machine, the history and the last errors, and not the name of the user', () => {
    const log = new ErrorLog(conceal, () => at);
    log.note('startRun', { code: 'run-active', message: 'a run is in progress', hint: 'wait' });
    const text = describeDiagnostics(factsWith({ errors: log.all }), conceal);
    for (const part of [
      `Proofload ${environment.proofload}`,
      'Chromium 130.0',
      'de-CH',
      '1,200 runs, 1.0 MB of 3.0 MB in use, 0 to pack, 4 thinned, no limit',
      'Data folder: ~/.local/share/proofload',
      '2026-11-26T02:00:00.000Z startRun: run-active: a run is in progress',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('ada');
    expect(describeDiagnostics(factsWith({ budgetMb: 200 }), conceal)).toMatch(
      /limit 200 MB[\s\S]*none since the start/,
    );
  });

  it.each([
    ['as it is', 'sent tok/n-4711 x to the service'],
    ['in a URL', `GET http://127.0.0.1/?q=${encodeURIComponent('tok/n-4711 x')} failed`],
    ['as JSON writes it', 'the body {"note":"tok\\/n-4711 x"} was refused'],
    ['in the password of a URL', 'postgres://proof:hunter2!@db.example/x does not answer'],
    ['of a URL that is no secret of the app', 'mongodb://u:swordfish@db.example/ does not answer'],
    ['in a header', 'refused with Authorization: Bearer abcdef123456789'],
    ['of a secret that was named later', 'nothing answers for late-secret'],
  ])('have no secret %s', (_how, message) => {
    const log = new ErrorLog(conceal, () => at);
    log.note('startRun', { code: 'target-failed', message, hint: 'look there' });
    const late = concealKnown({
      list: () => [...secrets.list(), { name: 'LATE', from: 'session' as const }],
      find: (name) => (name === 'LATE' ? 'late-secret' : values[name]),
    });
    const text = describeDiagnostics(factsWith({ errors: log.all }), late);
    expect(text).toContain('target-failed');
    expect(text).not.toMatch(/4711|hunter2|swordfish|abcdef123456789|late-secret/);
  });

  it('keep the last twenty errors, each on one line', () => {
    const log = new ErrorLog(conceal, () => at);
    for (let count = 1; count <= 25; count += 1)
      log.note('getRun', { code: 'run-not-found', message: `run ${count}\nis gone\u202e`, hint: 'choose another' });
    expect(log.all.map(({ message }) => message)).toEqual(
      Array.from({ length: 20 }, (_, index) => `run ${index + 6} is gone`),
    );
  });
});
