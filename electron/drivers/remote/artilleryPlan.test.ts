import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { urlTargetSchema } from '../../../shared/run/target';
import { remoteLoad, remoteSecret } from '../../../tests/support/remoteLoads';
import type { DrivenLoad } from '../drivenLoad';
import { artilleryPlan } from './artilleryPlan';
import { describeCommands, describePlan } from './remotePlan';

const scriptSchema = z.object({
  config: z.looseObject({ phases: z.array(z.looseObject({})), processor: z.string(), plugins: z.looseObject({}) }),
  scenarios: z.array(z.looseObject({})),
});

function scriptOf(driven: DrivenLoad) {
  const plan = artilleryPlan(driven, { place: 'fargate', region: 'eu-central-1' });
  return scriptSchema.parse(JSON.parse(plan.files['artillery-script.json'] ?? ''));
}

describe('a load that Artillery distributes on AWS', () => {
  it('gives each machine the same part of it', () => {
    const { config } = scriptOf(remoteLoad());
    expect(config.phases).toMatchObject([{ arrivalRate: 10, duration: 3 }]);
    expect(config.plugins).toEqual({});
    const uneven = { executor: 'constant-arrival-rate', rate: 10, duration: '3s' };
    expect(scriptOf(remoteLoad({ load: uneven })).config.phases).toMatchObject([{ arrivalCount: 10, duration: 3 }]);
    const users = { executor: 'per-vu-iterations', vus: 9, iterations: 2 };
    expect(scriptOf(remoteLoad({ load: users })).config.phases).toMatchObject([{ arrivalCount: 3 }]);
  });

  it('verifies certificates unless the scenario or the target says otherwise', () => {
    const tls = { insecureSkipTLSVerify: true };
    expect(scriptOf(remoteLoad()).config.tls).toBeUndefined();
    expect(scriptOf(remoteLoad({ tls })).config.tls).toEqual({ rejectUnauthorized: false });
    const target = urlTargetSchema.parse({ kind: 'url', url: 'https://shop.test/', tls });
    expect(scriptOf(remoteLoad({}, { target })).config.tls).toEqual({ rejectUnauthorized: false });
  });

  it('has a command that names its secrets and not their values', () => {
    const plan = artilleryPlan(remoteLoad(), { place: 'fargate', region: 'eu-central-1' });
    expect(describeCommands(plan)).toMatchInlineSnapshot(`
      "# start the load on AWS Fargate, wait for its end and write the merged report
      artillery run-fargate --secret PROOFLOAD_SECRET_KEY --region eu-central-1 --count 3 --output artillery-report.json artillery-script.json
      "
    `);
    expect(describePlan(plan)).not.toContain(remoteSecret);
    expect(plan.differences.join(' ')).toContain('/artilleryio/PROOFLOAD_SECRET_KEY must be parameters');
  });

  it('says what a report loses, the warm-up included', () => {
    const requests = [{ name: 'cart', url: '/cart' }];
    const plan = artilleryPlan(remoteLoad({ requests }), { place: 'lambda', region: 'us-east-1' });
    expect(plan.commands[0]?.args).toEqual([
      'run-lambda',
      '--region',
      'us-east-1',
      '--count',
      '3',
      '--output',
      'artillery-report.json',
      'artillery-script.json',
    ]);
    expect(plan.differences.slice(0, 3)).toEqual([
      expect.stringContaining('merges the reports of 3 machines on AWS Lambda'),
      expect.stringContaining('no verdict'),
      expect.stringContaining('There is no warm-up'),
    ]);
  });

  it('is refused on Lambda with secrets, and without a region', () => {
    expect(() => artilleryPlan(remoteLoad(), { place: 'lambda', region: 'us-east-1' })).toThrow(/passes no secrets on/);
    expect(() => artilleryPlan(remoteLoad(), { place: 'fargate' })).toThrow(/no AWS region/);
  });
});
