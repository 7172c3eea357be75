import { type DrivenLoad, drivenLoad } from '../../electron/drivers/drivenLoad';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';

/** The value of the secret that the requests of {@link remoteLoad} send. */
export const remoteSecret = 'value-of-the-key';

/** A load of a service elsewhere that another tool is to make, with three processes. */
export function remoteLoad(scenario: object = {}, more: Partial<DrivenLoad> = {}): DrivenLoad {
  const parsed = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'shop',
    name: 'Shop',
    load: { executor: 'constant-arrival-rate', rate: 30, duration: '3s' },
    requests: [{ name: 'cart', url: '/cart', headers: { 'X-Key': '{{secret.KEY}}' } }],
    processes: 3,
    ...scenario,
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: 'http://shop.test/' });
  const load = drivenLoad({
    scenario: parsed,
    target: { ...target, addresses: { 'shop.test': ['192.0.2.1'] } },
    secrets: new Map([['KEY', remoteSecret]]),
    inputs: { dataPaths: {}, given: {} },
  });
  return { ...load, warmupMs: 1_000, ...more };
}
