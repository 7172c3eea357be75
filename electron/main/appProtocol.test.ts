import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Handler = (request: { url: string }) => Promise<Response>;
let handler: Handler;
vi.mock('electron', () => ({
  protocol: {
    handle: (_scheme: string, handle: Handler) => {
      handler = handle;
    },
  },
}));
const { serveApp } = await import('./appProtocol');

describe('the protocol of the app', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-protocol-'));
    mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
    mkdirSync(join(folder, 'renderer-of-another'));
    writeFileSync(join(folder, 'renderer', 'index.html'), '<p>ours');
    writeFileSync(join(folder, 'renderer', 'assets', 'a b.js'), 'ours');
    writeFileSync(join(folder, 'renderer', 'notes.txt'), 'a kind of file that pages have no use for');
    writeFileSync(join(folder, 'secret.js'), 'outside');
    writeFileSync(join(folder, 'renderer-of-another', 'secret.js'), 'outside');
    serveApp(join(folder, 'renderer'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives the files of its folder', async () => {
    const page = await handler({ url: 'proofload://app/' });
    expect([page.status, await page.text()]).toEqual([200, '<p>ours']);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await handler({ url: 'proofload://app/assets/a%20b.js' })).status).toBe(200);
  });

  it.each([
    'proofload://app/../secret.js',
    'proofload://app/%2e%2e/secret.js',
    'proofload://app/..%2fsecret.js',
    'proofload://app/..%2Fsecret.js',
    'proofload://app/%2e%2e%2fsecret.js',
    'proofload://app/assets/..%2f..%2fsecret.js',
    'proofload://app/..%2frenderer-of-another%2fsecret.js',
    'proofload://app/%2fetc%2fpasswd.js',
    'proofload://app/..%5csecret.js',
    'proofload://app/%00.js',
    'proofload://app/%',
    'proofload://app/%ff.js',
    'proofload://app/notes.txt',
    'proofload://app/missing.js',
    'proofload://app/assets',
    'proofload://evil/index.html',
    'proofload://app.evil/index.html',
  ])('gives nothing for %s', async (url) => {
    const response = await handler({ url });
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('allows a page what it needs from the app itself, and nothing else', async () => {
    const policy = (await handler({ url: 'proofload://app/' })).headers.get('content-security-policy') ?? '';
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(directives).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'font-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });
});
