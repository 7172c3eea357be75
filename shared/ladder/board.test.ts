import { describe, expect, it } from 'vitest';
import { level, runSummary } from '../../tests/support/factories';
import { lastOnEachTarget, ownServices } from './board';

const levels = [level('level-1'), level('level-2')];
const url = 'http://127.0.0.1:8080/';

describe('the rows of the board', () => {
  it('are the services by URL on which a level was run here, the latest first', () => {
    const runs = [
      runSummary({ target: 'http://127.0.0.1:9/', scenarioId: 'level-1' }),
      runSummary({ target: url }),
      runSummary({ target: url, scenarioId: 'level-1' }),
      runSummary({ target: 'sqlite' }),
      runSummary({ target: 'sqlite with commits 5 ms slower' }),
      runSummary({ target: 'http://127.0.0.1:1/', scenarioId: 'mine' }),
      runSummary({ target: 'http://127.0.0.1:2/', verdict: null }),
      runSummary({ target: 'http://127.0.0.1:3/', origin: 'proofload' }),
    ];
    expect(ownServices(runs, levels)).toEqual(['http://127.0.0.1:9/', url]);
    expect(ownServices(runs, levels, 1)).toEqual(['http://127.0.0.1:9/']);
  });

  it('have the last run of a scenario on each target, and none that goes on or was imported', () => {
    const runs = [
      runSummary({ id: 'd', scenarioId: 'mine', verdict: null }),
      runSummary({ id: 'c', scenarioId: 'mine', target: 'memory' }),
      runSummary({ id: 'b', scenarioId: 'mine', target: url }),
      runSummary({ id: 'a', scenarioId: 'mine', target: 'memory' }),
      runSummary({ id: 'e', scenarioId: 'mine', target: 'hybrid', origin: 'proofload' }),
      runSummary({ id: 'f', scenarioId: 'other' }),
    ];
    expect(lastOnEachTarget(runs, 'mine').map(({ id }) => id)).toEqual(['c', 'b']);
    expect(lastOnEachTarget(runs, 'mine', 1).map(({ id }) => id)).toEqual(['c']);
  });
});
