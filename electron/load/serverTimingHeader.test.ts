import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ServerTiming } from '../service/serverTiming';
import { SeenTexts } from './http/seenTexts';
import { visitServerTiming } from './serverTimingHeader';

it('prints what is read back to the microsecond, from less than one to half an hour', () => {
  const durationsMs = fc.oneof(
    fc.double({ min: 0, max: 3, noNaN: true }),
    fc.double({ min: 0, max: 1_800_000, noNaN: true }),
  );
  fc.assert(
    fc.property(durationsMs, durationsMs, (fetchMs, handlerMs) => {
      const timing = new ServerTiming();
      timing.add('handler', handlerMs);
      timing.add('fetch', fetchMs);
      const read: Record<string, number> = {};
      const bytes = Buffer.from(timing.header());
      visitServerTiming(bytes, 0, bytes.length, new SeenTexts(2), (name, durationUs) => {
        read[name] = durationUs;
      });
      // Half a microsecond, plus the rounding error of a duration of half an hour.
      for (const [part, durationMs] of [
        ['fetch', fetchMs],
        ['handler', handlerMs],
      ] as const)
        expect(Math.abs((read[part] ?? 0) - durationMs * 1_000)).toBeLessThan(0.501);
    }),
  );
});

it('prints whole and fractional milliseconds', () => {
  const timing = new ServerTiming();
  timing.add('cache', 0.0049);
  timing.add('fetch', 1);
  timing.add('handler', 12_345.0678);
  expect(timing.header()).toBe('cache;dur=0.005, fetch;dur=1.000, handler;dur=12345.068');
});

it('adds up a part that is met twice, and leaves out those that are not met', () => {
  const timing = new ServerTiming();
  timing.add('decode', 0.25);
  timing.add('decode', 0.5);
  expect(timing.header()).toBe('decode;dur=0.750');
});
