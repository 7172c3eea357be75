import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';

describe('proofload options', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('tests the conformance of the options, measures them, and recommends one that meets the floor', async () => {
    const args = ['options', '--variants', 'memory,memory', '--level', 'level-0', '--pairs', '2', '--duration', '1s'];
    const { code, stdout, stderr } = await cli.run(...args, '--warmup', '0s', '--no-capacity', '--floor', 'none');
    expect(stderr).toMatch(/1 of 4: testing the conformance of memory/);
    expect(stderr).toMatch(/4 of 4: block 2, memory/);
    expect(stdout).toMatch(/In memory +\d[\d.]* m?s, claimed 5 to 15 ms/);
    // A busy machine may make too many of the four runs doubtful; then there is no recommendation.
    expect([0, 75], stderr).toContain(code);
    expect(stdout).toMatch(code === 0 ? /Take In memory\.\n {2}\+ P95/ : /No recommendation: /);

    // Everything is known now: only the floor is another one, which memory does not hold.
    const id = /experiment (\S+);/.exec(stderr)?.[1] ?? '';
    const again = await cli.run('options', '--resume', id);
    expect(again.code).toBe(75);
    expect(again.stderr).not.toMatch(/testing the conformance|block/);
    if (code === 0) expect(again.stdout).toMatch(/Below the floor \(must survive a crash of the process\)/);
  }, 120_000);
});
