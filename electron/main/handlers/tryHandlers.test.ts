import { describe, expect, it } from 'vitest';
import type { TriedJourney } from '../../../shared/scenario/triedJourney';
import type { TryInput } from '../../app/scenarios/tryJourney';
import { orAborted } from '../../system/orAborted';
import { RunSession } from '../runSession';
import { tryHandlers } from './tryHandlers';

const draft = {
  schema: 'proofload.scenario/1',
  id: 'mine',
  name: 'Mine',
  load: { executor: 'constant-vus', vus: 1, duration: '1s' },
  journeys: [{ name: 'visit', steps: [{ url: '/' }] }],
};
const result: TriedJourney = { journey: 'visit', outcome: 'passed', steps: [], planned: 1 };

const never = (): never => {
  throw new Error('no run is started');
};

/** Handlers with tries that end when the test says so. */
function handlersFor() {
  const asked: TryInput[] = [];
  const answer = Promise.withResolvers<TriedJourney>();
  const session = new RunSession(never, () => {});
  const services = {
    tryJourney: (input: TryInput, signal: AbortSignal) => {
      asked.push(input);
      return orAborted(answer.promise, signal);
    },
  };
  return { asked, answer, session, handlers: tryHandlers({ services, session }) };
}

describe('a journey that the window tries', () => {
  it('is that of the draft, at the URL that is named, and excludes runs meanwhile', async () => {
    const { asked, answer, session, handlers } = handlersFor();
    const target = { kind: 'url', url: 'https://127.0.0.1:1/', tls: { insecureSkipTLSVerify: true } } as const;
    const trying = handlers.tryJourney({ draft, target, journey: 'visit' });
    expect(asked).toMatchObject([{ scenario: { id: 'mine' }, target, journey: 'visit' }]);
    expect(() => session.requireIdle()).toThrow();
    await expect(handlers.tryJourney({ draft })).rejects.toMatchObject({ code: 'run-active' });
    answer.resolve(result);
    expect(await trying).toBe(result);
    expect(() => session.requireIdle()).not.toThrow();
  });

  it('is stopped, and leaves the window free', async () => {
    const { session, handlers } = handlersFor();
    handlers.stopTry();
    const trying = handlers.tryJourney({ draft });
    handlers.stopTry();
    await expect(trying).rejects.toMatchObject({ code: 'interrupted' });
    expect(session.isBusy).toBe(false);
  });

  it('ends when the app is closed', async () => {
    const { session, handlers } = handlersFor();
    const trying = handlers.tryJourney({ draft });
    const closed = session.released();
    await expect(trying).rejects.toMatchObject({ code: 'interrupted' });
    await closed;
  });

  it('is refused where the draft is no scenario', () => {
    const { asked, handlers } = handlersFor();
    expect(() => handlers.tryJourney({ draft: { ...draft, name: '' } })).toThrow('not a valid scenario');
    expect(asked).toEqual([]);
  });
});
