import { describe, expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import type { ToolChoice } from '../../../shared/run/runInput';
import type { Target } from '../../../shared/run/target';
import { remoteLoad } from '../../../tests/support/remoteLoads';
import { requireNotHere, requireRemote } from './requireRemote';

const onCluster: ToolChoice = { tool: 'k6', on: { place: 'kubernetes' } };
const onFargate: ToolChoice = { tool: 'artillery', on: { place: 'fargate', region: 'eu-central-1' } };
const { target } = remoteLoad();
if (target.kind !== 'url') throw new Error('no URL');
const url: Target = target;

describe('what can not be made elsewhere', () => {
  it.each<[string, ToolChoice, object, Target]>([
    ["Artillery can't be distributed there", { ...onCluster, tool: 'artillery' }, {}, url],
    ["k6 can't be distributed there", { ...onFargate, tool: 'k6' }, {}, url],
    ['listens on this machine only', onCluster, {}, engineConfig('memory')],
    ['no AWS region is named', { tool: 'artillery', on: { place: 'lambda' } }, {}, url],
    ['the plugin of Proofload', onFargate, { load: { executor: 'constant-vus', vus: 3, duration: '3s' } }, url],
    [
      "10 virtual users can't be divided",
      onFargate,
      { load: { executor: 'shared-iterations', vus: 10, iterations: 20 } },
      url,
    ],
    [
      'the machines there do not have the environment variables of this machine',
      onCluster,
      { requests: undefined, journeys: [{ name: 'a', steps: [{ url: '/', headers: { A: '{{env.B}}' } }] }] },
      url,
    ],
  ])('is refused: %s', (sentence, choice, scenario, to) => {
    expect(() => requireRemote(choice, remoteLoad(scenario).scenario, to)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(sentence) }),
    );
  });

  it('is nothing of a load on this machine, or of one that can', () => {
    requireRemote({ tool: 'artillery' }, remoteLoad().scenario, url);
    requireRemote(onCluster, remoteLoad().scenario, url);
    requireRemote(onFargate, remoteLoad().scenario, url);
  });

  it.each([
    [{ '127.0.0.1': ['127.0.0.1'] }],
    [{ localhost: ['127.0.0.1', '::1'] }],
    [{ 'shop.test': ['192.0.2.1'], 'here.test': ['192.0.2.2', '::1'] }],
  ])('is a load of this machine, which a runner would take for itself: %j', (addresses) => {
    expect(() => requireNotHere('kubernetes', addresses)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('the runner itself') }),
    );
    expect(() => requireNotHere('kubernetes', { 'shop.test': ['192.0.2.1'] })).not.toThrow();
  });
});
