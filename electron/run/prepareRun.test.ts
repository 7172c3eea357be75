import { describe, expect, it } from 'vitest';
import { level } from '../../tests/support/factories';
import { dataFolder } from './dataFolder';
import { defaultEngine, parseEngine, prepareRun, urlTarget } from './prepareRun';
import { newRunId } from './runId';

describe('urlTarget', () => {
  it.each(['http://127.0.0.1:3000/x', 'http://127.8.8.8/', 'http://localhost/', 'https://[::1]:8443/'])(
    'takes %s as this machine',
    (url) => {
      expect(urlTarget({ url }, false).url).toBe(url);
    },
  );

  it.each([
    'http://example.com/',
    'http://10.0.0.1/',
    'http://127.0.0.1.example.com/',
    'http://localhost.example.com/',
    'http://[::2]/',
    'http://0x7f.1.example/',
  ])('refuses %s without permission', (url) => {
    expect(() => urlTarget({ url }, false)).toThrow(
      expect.objectContaining({ code: 'remote-not-allowed', hint: expect.stringContaining('--allow-remote') }),
    );
    expect(urlTarget({ url }, true).url).toBe(url);
  });

  it.each([
    [{ url: 'ftp://127.0.0.1/' }],
    [{ url: 'not a url' }],
    [{ url: 'http://127.0.0.1/', headers: [['X', 'a\r\nB: c']] as [string, string][] }],
    [{ url: 'http://127.0.0.1/', headers: [['X Y', 'a']] as [string, string][] }],
  ])('refuses %j as no target', (options) => {
    expect(() => urlTarget(options, true)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('engines', () => {
  it('are chosen by PROOFLOAD_STORAGE', () => {
    expect(defaultEngine({})).toBe('sqlite');
    expect(defaultEngine({ PROOFLOAD_STORAGE: 'memory' })).toBe('memory');
    expect(() => defaultEngine({ PROOFLOAD_STORAGE: 'punch-cards' })).toThrow(/punch-cards/);
    expect(() => parseEngine('x')).toThrow(expect.objectContaining({ hint: expect.stringContaining('sqlite-json') }));
  });
});

describe('prepareRun', () => {
  it('marks a shortened run', () => {
    const wish = {
      scenario: level('level-2'),
      target: { kind: 'engine', engine: 'memory' } as const,
      overrides: { duration: '5s' },
    };
    expect(prepareRun(wish, new Date())).toMatchObject({ shortened: true, port: 0 });
  });

  it('gives ids that sort by time and differ', () => {
    const now = new Date('2026-02-03T04:05:06.000Z');
    expect(newRunId(now)).toMatch(/^20260203-040506-[0-9a-f]{6}$/);
    expect(newRunId(now)).not.toBe(newRunId(now));
  });
});

describe('dataFolder', () => {
  it('prefers the option, then the variable, then the platform', () => {
    expect(dataFolder('/a', { PROOFLOAD_DATA_DIR: '/b' })).toBe('/a');
    expect(dataFolder(undefined, { PROOFLOAD_DATA_DIR: '/b' })).toBe('/b');
    expect(dataFolder(undefined, {})).toMatch(/proofload$/i);
  });
});
