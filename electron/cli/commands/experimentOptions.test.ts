import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { withExperimentOptions } from './experimentOptions';

function parsed(...args: string[]): Record<string, unknown> {
  const command = withExperimentOptions(new Command('experiment'))
    .exitOverride()
    .configureOutput({ writeErr() {} });
  return command.parse(args, { from: 'user' }).opts();
}

describe('the durations of an experiment', () => {
  it("are in k6's notation, as those of a run", () => {
    expect(parsed('--duration', '1m30s')).toMatchObject({ duration: '1m30s', warmup: '3s' });
  });

  it.each(['--duration', '--warmup'])('%s is refused without a unit', (option) => {
    expect(() => parsed(option, '10')).toThrow('must be a duration such as 500ms, 30s or 2m');
  });
});
