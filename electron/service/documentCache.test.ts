import { describe, expect, it } from 'vitest';
import type { Document } from '../../shared/documents/document';
import { storedDocument } from '../../tests/support/factories';
import { type CacheOptions, DocumentCache, serialise } from './documentCache';

const key = 't00/d1';
const version = (number: number): Document => storedDocument({ version: number });

function cacheWith(options: Partial<CacheOptions> = {}): DocumentCache {
  return new DocumentCache({ enabled: true, maxEntries: 10, ttlMs: 0, onWrite: 'refresh', ...options });
}

/** A promise that the test resolves. */
function gate<T>(): { promise: Promise<T>; open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

describe('DocumentCache', () => {
  it('keeps what was read, and answers from it', async () => {
    const cache = cacheWith();
    expect(cache.get(key)).toBeUndefined();
    await cache.throughRead(key, async () => serialise(version(1)));
    expect(cache.get(key)?.version).toBe(1);
  });

  it('forgets the least recently used entry beyond its size', () => {
    const cache = cacheWith({ maxEntries: 2 });
    for (const id of ['d1', 'd2']) cache.preload(storedDocument({ id }));
    cache.preload(storedDocument({ id: 'd3' }));
    expect(cache.size).toBe(2);
  });

  it('drops what a read brings that began before a write', async () => {
    const cache = cacheWith({ onWrite: 'invalidate' });
    const slow = gate<ReturnType<typeof serialise>>();
    const read = cache.throughRead(key, () => slow.promise);
    await cache.throughWrite(key, async () => version(2));
    slow.open(serialise(version(1)));
    expect((await read)?.version).toBe(1);
    expect(cache.get(key)).toBeUndefined();
  });

  it('drops what a read brings that began during a write, however late it comes', async () => {
    const cache = cacheWith({ onWrite: 'invalidate' });
    const [writing, reading] = [gate<undefined>(), gate<ReturnType<typeof serialise>>()];
    const write = cache.throughWrite(key, () => writing.promise);
    const read = cache.throughRead(key, () => reading.promise);
    writing.open(undefined);
    await write;
    reading.open(serialise(version(1)));
    await read;
    expect(cache.get(key)).toBeUndefined();
  });

  it('keeps nothing of documents that a batch writes, and drops what was read beside it', async () => {
    const cache = cacheWith();
    cache.preload(version(1));
    const [writing, reading] = [gate<string>(), gate<ReturnType<typeof serialise>>()];
    const write = cache.throughWrites([key, 't00/d2'], () => writing.promise);
    const read = cache.throughRead(key, () => reading.promise);
    expect(cache.get(key)).toBeUndefined();
    writing.open('done');
    expect(await write).toBe('done');
    reading.open(serialise(version(1)));
    await read;
    expect(cache.size).toBe(0);
  });

  it('does not answer from the cache, nor fill it, while a write is in progress', async () => {
    const cache = cacheWith();
    cache.preload(version(1));
    const slow = gate<Document>();
    const write = cache.throughWrite(key, () => slow.promise);
    expect(cache.get(key)).toBeUndefined();
    await cache.throughRead(key, async () => serialise(version(1)));
    expect(cache.get(key)).toBeUndefined();
    slow.open(version(2));
    await write;
    expect(cache.get(key)?.version).toBe(2);
  });

  it('keeps the newest of concurrent writes, in whatever order they finish', async () => {
    const cache = cacheWith();
    const [first, second] = [gate<Document>(), gate<Document>()];
    const writes = [cache.throughWrite(key, () => first.promise), cache.throughWrite(key, () => second.promise)];
    second.open(version(3));
    await writes[1];
    first.open(version(2));
    await writes[0];
    expect(cache.get(key)?.version).toBe(3);
  });

  it.each([
    ['a write that failed', () => Promise.reject(new Error('unavailable'))],
    ['a delete', () => Promise.resolve(undefined)],
  ])('asks the engine again after %s', async (_name, write) => {
    const cache = cacheWith();
    cache.preload(version(1));
    await cache.throughWrite(key, write).catch(() => {});
    expect(cache.get(key)).toBeUndefined();
  });

  it('can be told to invalidate instead of refreshing, and to do nothing', async () => {
    const invalidating = cacheWith({ onWrite: 'invalidate' });
    await invalidating.throughWrite(key, async () => version(2));
    expect(invalidating.get(key)).toBeUndefined();
    const disabled = cacheWith({ enabled: false });
    disabled.preload(version(1));
    await disabled.throughRead(key, async () => serialise(version(1)));
    expect(disabled.get(key)).toBeUndefined();
  });
});
