import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainWorkload } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import { Deadlines } from './deadlines';
import { Exchange } from './exchange';

it('gives up each exchange at its deadline and no settled one, whatever the order of settling', () => {
  const sends = fc.array(fc.record({ gapMs: fc.nat(30), answerMs: fc.nat(200) }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(sends, (requests) => {
      const timeoutMs = 100;
      const clock = new VirtualClock();
      const deadlines = new Deadlines(timeoutMs, clock);
      const endings: { late: boolean; tookMs: number }[] = [];
      let sentMs = 0;
      requests.forEach(({ gapMs, answerMs }, index) => {
        sentMs += gapMs;
        const atMs = sentMs;
        clock.wakeAt(atMs, () => {
          const exchange = new Exchange(() => {});
          let open = true;
          const settle = (late: boolean): void => {
            if (!open) return;
            open = false;
            deadlines.remove(exchange);
            endings[index] = { late, tookMs: clock.nowMs() - atMs };
          };
          exchange.begin(plainWorkload.next(), atMs, atMs);
          exchange.holder = { giveUp: () => settle(true) };
          deadlines.add(exchange);
          clock.wakeAt(atMs + answerMs, () => settle(false));
        });
      });
      clock.runUntil(sentMs + 1_000);
      requests.forEach(({ answerMs }, index) => {
        if (answerMs === timeoutMs) return;
        const late = answerMs > timeoutMs;
        expect(endings[index]).toEqual({ late, tookMs: late ? timeoutMs : answerMs });
      });
    }),
  );
});
