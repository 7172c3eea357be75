import { describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import type { FoundTool } from '../findTool';
import { containerRun } from './containerRun';
import { requireNetwork } from './requireNetwork';

const made = {
  files: { 'k6-script.js': 'the script' },
  args: ['run', '--out', 'json=-', 'k6-script.js'],
  env: { PROOFLOAD_SECRET_KEY: 'value-of-the-key' },
};
const container = { image: 'grafana/k6:2.2.0', sharesNetwork: true };

/** The values of an option. */
function valuesOf(args: readonly string[], option: string): (string | undefined)[] {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1]] : []));
}

describe('the process of a tool in a container', () => {
  const own = { PATH: '/bin', PROOFLOAD_ENV_TENANT: 'acme', BASE_URL: 'http://elsewhere.test' };
  const { files, args, input, killArgs, env } = containerRun(made, container, 'proofload-1-0', own);

  it('gets its script by standard input, and no folder of this machine', () => {
    expect({ files, input }).toEqual({ files: {}, input: 'the script' });
    expect(args.slice(args.indexOf(container.image))).toEqual([container.image, 'run', '--out', 'json=-', '-']);
    expect(args).toEqual(expect.arrayContaining(['--rm', '--interactive']));
    expect(args.join(' ')).not.toMatch(/--volume|--mount|-v /);
  });

  it('is told which variables to take, and their values are in no argument', () => {
    expect(env).toEqual(made.env);
    const given = valuesOf(args, '--env');
    expect(given.filter((name) => !name?.endsWith('='))).toEqual(['PROOFLOAD_SECRET_KEY', 'PROOFLOAD_ENV_TENANT']);
    expect(args.join(' ')).not.toMatch(/value-of-the-key|acme/);
  });

  it('gets no proxies, which Docker would set from its own configuration', () => {
    expect(valuesOf(args, '--env')).toEqual(
      expect.arrayContaining(['http_proxy=', 'HTTP_PROXY=', 'https_proxy=', 'HTTPS_PROXY=', 'NO_PROXY=', 'ALL_PROXY=']),
    );
  });

  it('has a name by which it is ended, and leaves no log on the disk', () => {
    expect(valuesOf(args, '--name')).toEqual(['proofload-1-0']);
    expect(killArgs).toEqual(['rm', '--force', 'proofload-1-0']);
    expect(valuesOf(args, '--log-driver')).toEqual(['none']);
    expect(valuesOf(args, '--pull')).toEqual(['never']);
  });

  it('uses the network of this machine only where Docker shares it', () => {
    expect(valuesOf(args, '--network')).toEqual(['host']);
    const apart = containerRun(made, { ...container, sharesNetwork: false }, 'a', own);
    expect(apart.args).not.toContain('--network');
  });
});

describe('a container with a network of its own', () => {
  const tool: FoundTool = {
    tool: 'k6',
    version: '2.2.0',
    path: 'docker',
    container: { ...container, sharesNetwork: false },
  };
  const url = urlTargetSchema.parse({ kind: 'url', url: 'http://shop.test/' });

  it.each([{ 'shop.test': ['127.0.0.1'] }, { 'shop.test': ['10.0.0.1', '::1'] }, { localhost: ['10.0.0.1'] }])(
    'loads nothing on this machine, which it would take for itself: %j',
    (addresses) => {
      expect(() => requireNetwork(tool, url, addresses)).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: expect.stringContaining(`${Object.keys(addresses)[0]} is on`),
        }),
      );
      requireNetwork({ ...tool, container }, url, addresses);
    },
  );

  it('loads another machine, and not the built-in service', () => {
    requireNetwork(tool, url, { 'shop.test': ['192.0.2.1'] });
    expect(() => requireNetwork(tool, { kind: 'engine', engine: 'memory', options: {} })).toThrow('built-in service');
  });
});
