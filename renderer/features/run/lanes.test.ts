import { describe, expect, it } from 'vitest';
import { timelineLanes } from '../../../shared/ipc/preferences';
import { description, runInterval } from '../../../tests/support/factories';
import { laneKinds, lanesOf, lookOf, withLook } from './lanes';

const ours = description();
const other = description({ target: { kind: 'url', url: 'http://127.0.0.1:1/', method: 'GET', headers: [] } });
const heat = [{ t: 1, counts: [1] }];

describe('the lanes of a run', () => {
  it('are all of which something is known', () => {
    const intervals = [runInterval({ cacheHitRate: 0.5, errors: { timeout: 1 }, parts: { network: 1 } })];
    expect(lanesOf(ours, { intervals, heat })).toEqual(timelineLanes);
  });

  it('are without those of a service of ours where it is another', () => {
    const intervals = [runInterval({ cacheHitRate: null })];
    expect(lanesOf(other, { intervals, heat: [] })).toEqual(['response-time', 'throughput', 'processor']);
  });
});

describe('how a lane is shown', () => {
  it('is as usual without a choice, and as chosen with one', () => {
    expect(lookOf({}, 'throughput')).toEqual(laneKinds.throughput.look);
    expect(lookOf({ throughput: { isShown: false, heightPx: 200 } }, 'throughput')).toEqual({
      isShown: false,
      heightPx: 200,
    });
  });

  it('is changed for one lane alone, with what was chosen before', () => {
    const higher = withLook({ cache: { isShown: false, heightPx: 110 } }, 'throughput', { heightPx: 300 });
    expect(withLook(higher, 'throughput', { isShown: false })).toEqual({
      cache: { isShown: false, heightPx: 110 },
      throughput: { isShown: false, heightPx: 300 },
    });
  });

  it('is no choice where it is as usual again', () => {
    const { heightPx } = laneKinds.cache.look;
    expect(withLook({ cache: { isShown: false, heightPx } }, 'cache', { isShown: true })).toEqual({});
  });
});
