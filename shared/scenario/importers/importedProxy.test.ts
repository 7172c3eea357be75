import { describe, expect, it } from 'vitest';
import { proxyOf } from '../proxy';
import { importedProxy } from './importedProxy';

function proxy(text: string, user?: string): string | undefined {
  return importedProxy({ option: '--proxy', text, user, defaultPort: 1080 });
}

describe('the proxy of a command', () => {
  it.each([
    ['proxy.test', 'http://proxy.test:1080'],
    ['proxy.test:3128', 'http://proxy.test:3128'],
    ['HTTP://proxy.test:80/', 'http://proxy.test:80'],
    ['[::1]', 'http://[::1]:1080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://ann:p%40w@proxy.test:1', 'http://ann:p%40w@proxy.test:1'],
    ['ann:{{secret.PW}}@proxy.test:1', 'http://ann:{{secret.PW}}@proxy.test:1'],
  ])('%s is %s', (text, expected) => {
    expect(proxy(text)).toBe(expected);
  });

  it('is none where its text is empty', () => {
    expect(proxy(' ', 'ann:pw')).toBeUndefined();
  });

  it.each(['ann:p@w:/?#%+ ü', 'ann:{{secret.PW}}', 'ann:a{{x}}b', 'ann:'])('is sent the user %s', (user) => {
    const url = proxy('other:one@proxy.test:1', user) ?? '';
    const { authorization = '' } = proxyOf(url, (name) => `value of ${name}`);
    const sent = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
    expect(sent).toBe(user.replace('{{secret.PW}}', 'value of PW'));
  });

  it.each(['socks5://proxy.test:1080', 'socks4a://proxy.test', 'SOCKS5H://proxy.test', 'https://proxy.test:443'])(
    'is refused by its scheme: %s',
    (text) => {
      expect(() => proxy(text)).toThrow(/--proxy names a proxy of the kind (socks\w*|https):\/\//);
    },
  );

  it.each(['proxy.test/path', 'a b:1', 'proxy.test:99999', '{{host}}:1', '{{user}}:pw@proxy.test:1'])(
    'is refused where it is no proxy: %s',
    (text) => {
      expect(() => proxy(text)).toThrow(RangeError);
    },
  );

  it('is not quoted with its password', () => {
    expect(() => proxy('ann:hunter2@proxy.test/path')).toThrow(/^(?!.*hunter2)/s);
  });
});
