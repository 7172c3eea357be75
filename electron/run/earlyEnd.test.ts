import { expect, it } from 'vitest';
import { EarlyEnd } from './earlyEnd';

const create = (): EarlyEnd => new EarlyEnd((text) => text.replace('typed', '***'));

it('rejects what waits for the load when the run is stopped before it, and not later', async () => {
  const early = create();
  early.interrupt('enough');
  await expect(early.stoppedBeforeLoad).rejects.toMatchObject({ code: 'interrupted' });

  const late = create();
  late.noteLoadBegun();
  late.interrupt('enough');
  const first = await Promise.race([late.stoppedBeforeLoad, Promise.resolve('still waiting')]);
  expect(first).toBe('still waiting');
});

it('stops the load, also one that is connected after the stop', () => {
  const stopped: string[] = [];
  const end = create();
  end.onStop(() => stopped.push('first'));
  end.interrupt('enough');
  end.onStop(() => stopped.push('second'));
  expect(stopped).toEqual(['first', 'second']);
});

it('keeps the first ending of a user or a threshold', () => {
  const failed = create();
  failed.fail('p(95)<1 ended the run');
  failed.interrupt('enough');
  expect(failed.ending).toEqual({ verdict: 'failed', reason: 'p(95)<1 ended the run' });

  const stopped = create();
  stopped.interrupt('enough');
  stopped.fail('p(95)<1 ended the run');
  expect(stopped.ending).toEqual({ verdict: 'interrupted', reason: 'enough' });
});

it('replaces any ending by a fault, without the secrets in its text', () => {
  const end = create();
  end.interrupt('enough');
  end.abort('the service ended: typed');
  expect(end.ending).toEqual({ verdict: 'aborted', reason: 'the service ended: ***' });
});
