import { describe, expect, it } from 'vitest';
import { clusterState, requestsInLogs } from './clusterState';

const run = (stage?: string) => ({
  kind: 'TestRun',
  metadata: { name: 'a' },
  status: stage === undefined ? {} : { stage },
});

function pod(phase: string, state: object = {}, more: object = {}) {
  return { kind: 'Pod', metadata: { name: 'a-1-x' }, status: { phase, containerStatuses: [{ state }], ...more } };
}

function stateOf(...items: object[]) {
  return clusterState(JSON.stringify({ kind: 'List', items }), 2);
}

const done = pod('Succeeded', { terminated: { exitCode: 0, reason: 'Completed' } });

describe('the state of a load in Kubernetes', () => {
  it('is over when all runners have ended, and not before', () => {
    expect(stateOf(run())).toEqual({ isTaken: false, isOver: false, fault: undefined });
    expect(stateOf(run('started'), done)).toMatchObject({ isTaken: true, isOver: false });
    expect(stateOf(run('started'), done, pod('Running', { running: {} }))).toMatchObject({ isOver: false });
    expect(stateOf(run('started'), done, done)).toEqual({ isTaken: true, isOver: true, fault: undefined });
    // Thresholds of k6 have failed: it made its load.
    const failed = pod('Failed', { terminated: { exitCode: 99, reason: 'Error' } });
    expect(stateOf(run('started'), done, failed)).toEqual({ isTaken: true, isOver: true, fault: undefined });
  });

  it.each([
    ['does not start: ImagePullBackOff', [run('created'), pod('Pending', { waiting: { reason: 'ImagePullBackOff' } })]],
    [
      'k6 ended with code 107: its script threw an exception.',
      [run('started'), pod('Failed', { terminated: { exitCode: 107, reason: 'Error' } })],
    ],
    [
      'k6 ended with code 137: its container was killed, for example because memory ran out. It said: OOMKilled',
      [run('started'), pod('Failed', { terminated: { exitCode: 137, reason: 'OOMKilled' } })],
    ],
    ['was ended: Evicted', [run('started'), pod('Failed', {}, { containerStatuses: [], reason: 'Evicted' })]],
    ['k6-operator reports an error', [run('error')]],
    ['the TestRun was deleted', []],
  ])('has a fault: %s', (sentence, items) => {
    expect(stateOf(...items).fault).toMatchObject({ code: 'load-failed', message: expect.stringContaining(sentence) });
  });
});

describe('the requests that runners have counted', () => {
  it('are the sum of all, or not known where one is silent', () => {
    const logs = 'time="x" level=info\n{"proofload":{"http_reqs":30}}\n\n{"proofload":{"http_reqs":31}}\n';
    expect(requestsInLogs(logs, 2)).toBe(61);
    expect(requestsInLogs(logs, 3)).toBeUndefined();
    expect(requestsInLogs('', 2)).toBeUndefined();
  });
});
