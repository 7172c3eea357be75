import { beforeEach, describe, expect, it } from 'vitest';
import { ProofloadError } from '../../../shared/errors/appError';
import { methodNames } from '../../../shared/ipc/contract';
import { answerWith } from './answer';
import type { SenderFrame } from './sender';

/** Stands for the handlers of all methods. Calls `called` with the name of the method that was reached. */
function handlersThat(called: (name: PropertyKey) => void): Parameters<typeof answerWith>[0] {
  const names: readonly string[] = methodNames;
  return new Proxy(Object.create(null), {
    get: (_none, name) => (names.includes(String(name)) ? () => called(name) : undefined),
  });
}

describe('calls of the window', () => {
  const called: PropertyKey[] = [];
  beforeEach(() => {
    called.length = 0;
  });

  const answerOf = (pageUrl: string) =>
    answerWith(
      handlersThat((name) => called.push(name)),
      pageUrl,
    );

  function call(frame: SenderFrame | null, pageUrl: string, input: unknown = undefined): unknown {
    return answerOf(pageUrl)('getPreferences', frame, input);
  }

  const app = 'proofload://app';

  it.each([
    ['our page', 'proofload://app/', app],
    ['our page with something to show', 'proofload://app/#run=1', app],
    ['the page of the development server', 'http://localhost:5173/', 'http://localhost:5173'],
  ])('of %s are answered', async (_name, url, pageUrl) => {
    expect(await call({ url, parent: null }, pageUrl)).toMatchObject({ ok: true });
    expect(called).toEqual(['getPreferences']);
  });

  it.each([
    ['a file', 'file:///index.html', app],
    ['a file with our host', 'file://app/index.html', app],
    ['data', 'data:text/html,<p>hello', app],
    ['an empty page', 'about:blank', app],
    ['a text that stands for a page', 'about:srcdoc', app],
    ['another host of our protocol', 'proofload://evil/', app],
    ['a host that begins like ours', 'proofload://app.evil/', app],
    ['our host with a port', 'proofload://app:1/', app],
    ['a host that is named like our user', 'proofload://app@evil/', app],
    ['our host by another protocol', 'https://app/', app],
    ['a page that has no address yet', '', app],
    ['another port of this machine', 'http://localhost:5174/', 'http://localhost:5173'],
    ['the development server by another protocol', 'https://localhost:5173/', 'http://localhost:5173'],
  ])('of %s are refused', async (_name, url, pageUrl) => {
    expect(await call({ url, parent: null }, pageUrl)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('foreign page') },
    });
    expect(called).toEqual([]);
  });

  it('of a frame in our page, and of one that is gone, are refused', async () => {
    expect(await call({ url: 'proofload://app/', parent: {} }, app)).toMatchObject({ ok: false });
    expect(await call(null, app)).toMatchObject({ ok: false });
    expect(called).toEqual([]);
  });

  it('reach no handler with an input that the contract does not allow', async () => {
    const outcome = await call({ url: 'proofload://app/', parent: null }, app, { surprise: true });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(called).toEqual([]);
  });

  it('tell of each that fails, which is what a report of a defect needs', async () => {
    const told: unknown[] = [];
    const answer = answerWith(
      handlersThat(() => {
        throw new ProofloadError('run-active', 'a run is in progress', 'wait for its end');
      }),
      app,
      (name, error) => told.push([name, error.code]),
    );
    await answer('getPreferences', { url: 'proofload://app/', parent: null }, undefined);
    expect(told).toEqual([['getPreferences', 'run-active']]);
  });

  it('are checked for every method alike', async () => {
    for (const name of methodNames) {
      const outcome = await answerOf(app)(name, { url: 'proofload://evil/', parent: null }, undefined);
      expect({ name, outcome }).toMatchObject({
        name,
        outcome: { ok: false, error: { message: expect.stringContaining('foreign page') } },
      });
    }
    expect(called).toEqual([]);
  });
});
