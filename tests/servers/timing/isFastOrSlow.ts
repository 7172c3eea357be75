import { serveHttp } from '../serve';
import { atOnce, p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a cache: answers of 1 ms and of 20 ms in turn at random, which is steady and no drift',
  start: () => {
    let state = 7;
    const hits = (): boolean => {
      // A linear congruential generator (Numerical Recipes): the same hits in each run.
      state = (state * 1_664_525 + 1_013_904_223) >>> 0;
      return state < 2 ** 31;
    };
    return serveHttp((_request, response) => void setTimeout(() => response.end('ok'), hits() ? 1 : 20));
  },
  scenario: { load: steady(100, 5), thresholds: p95Under(2_000) },
  expected: { verdict: 'passed', requests: 500, p50: atOnce, p95: [18.5, 2_000] },
};
