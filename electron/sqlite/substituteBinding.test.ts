import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { substituteBinding } from './substituteBinding';

const env = { PROOFLOAD_SQLITE_BINDING: '/tmp/foreign.node' };
const checkout = join(sep, 'home', 'ann', 'proofload', 'out', 'main', 'chunks');
const archive = join(sep, 'opt', 'Proofload', 'resources', 'app.asar', 'out', 'main', 'chunks');

describe('another build of the add-on', () => {
  it('is taken from the environment by the Electron of development', () => {
    expect(substituteBinding({ electron: '33.2.1', env, folder: checkout })).toBe('/tmp/foreign.node');
    expect(substituteBinding({ electron: '33.2.1', env: {}, folder: checkout })).toBeUndefined();
  });

  it('is never taken by a package, nor by plain Node', () => {
    expect(substituteBinding({ electron: '45.4.1', env, folder: archive })).toBeUndefined();
    expect(substituteBinding({ electron: undefined, env, folder: checkout })).toBeUndefined();
  });
});
