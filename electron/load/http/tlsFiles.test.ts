import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TlsOptions, tlsOptionsSchema } from '../../../shared/scenario/tlsOptions';
import { readTls } from './origin';
import { tlsFileProblems } from './tlsFiles';

const fixtures = join(import.meta.dirname, '../../../tests/fixtures/tls');
const certFile = join(fixtures, 'cert.pem');
const keyFile = join(fixtures, 'key.pem');

describe('the files of TLS options', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-tls-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(content: string | Buffer): string {
    const path = join(folder, 'file.pem');
    writeFileSync(path, content);
    return path;
  }

  function problemsOf(tls: Partial<TlsOptions>, inFolder?: string) {
    return tlsFileProblems(tlsOptionsSchema.parse(tls), inFolder);
  }

  it('are usable as certificates with their key, also where one file has both', () => {
    expect(problemsOf({ caFile: certFile, certFile, keyFile })).toEqual([]);
    for (const parts of [
      [certFile, keyFile],
      [keyFile, certFile],
    ]) {
      const both = file(parts.map((path) => readFileSync(path, 'utf8')).join(''));
      expect(problemsOf({ certFile: both, keyFile: both })).toEqual([]);
    }
  });

  it('are in the folder of the scenario where their path is relative', () => {
    file(readFileSync(certFile));
    const tls = { caFile: 'file.pem' };
    expect(problemsOf(tls, folder)).toEqual([]);
    expect(readTls(tlsOptionsSchema.parse(tls), folder).ca).toEqual(readFileSync(certFile));
    expect(problemsOf(tls)).toMatchObject([{ field: 'caFile', message: expect.stringContaining('no folder') }]);
    expect(() => readTls(tlsOptionsSchema.parse(tls))).toThrow('no folder');
  });

  it('have one problem each, at the option that names them', () => {
    const missing = join(folder, 'missing.pem');
    const all = problemsOf({ caFile: missing, certFile: folder, keyFile: file('') });
    expect(all.map(({ field }) => field)).toEqual(['caFile', 'certFile', 'keyFile']);
    expect(all[0]?.message).toMatch(/^cannot be read: .*missing\.pem/);
    expect(all[1]?.message).toBe('cannot be read: it is not a file');
    expect(all[2]?.message).toBe('has no private key in PEM');
  });

  it('are no certificate where they hold something else', () => {
    const der = new X509Certificate(readFileSync(certFile)).raw;
    for (const content of ['a text', readFileSync(keyFile), der, '-----BEGIN CERTIFICATE-----\nAAAA\n'])
      expect(problemsOf({ caFile: file(content) })).toEqual([
        { field: 'caFile', message: 'has no certificate in PEM' },
      ]);
  });

  it('have a key that can be used, and that is the key of the certificate', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = { type: 'pkcs8', format: 'pem' } as const;
    const other = file(privateKey.export(pem));
    expect(problemsOf({ certFile, keyFile: other })[0]?.message).toBe('does not belong to the client certificate');
    const locked = file(privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'open' }));
    expect(problemsOf({ certFile, keyFile: locked })[0]?.message).toContain('has a passphrase');
  });

  it('are not read where they are too large', () => {
    const large = file(Buffer.alloc(1024 * 1024 + 1));
    expect(problemsOf({ caFile: large })[0]?.message).toContain('more than 1 MiB');
    expect(() => readTls(tlsOptionsSchema.parse({ caFile: large }))).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('file.pem') }),
    );
  });
});
