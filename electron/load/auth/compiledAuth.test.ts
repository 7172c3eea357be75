import { describe, expect, it } from 'vitest';
import type { Auth } from '../../../shared/scenario/auth';
import { compileTemplate } from '../../../shared/scenario/template';
import { compileAuth } from './compiledAuth';

const secrets = new Map([
  ['USER', 'ann'],
  ['KEY', 'k:ü'],
]);
const request = { method: 'GET', target: '/', headers: 'Host: example.amazonaws.com\r\n', body: undefined } as const;

function compiled(auth: Auth, token = (): string => 'now') {
  return compileAuth(
    auth,
    (text) => compileTemplate(text, (name) => secrets.get(name)),
    () => token,
    () => Date.UTC(2015, 7, 30, 12, 36, 0),
  );
}

const linesOf = (auth: Auth, row = {}): string => compiled(auth).lines({ iteration: 0, row }, request);

describe('how a request says who sends it', () => {
  it('is Basic: user and password in UTF-8', () => {
    const auth: Auth = { type: 'basic', username: '{{secret.USER}}', password: '{{secret.KEY}}' };
    expect(linesOf(auth)).toBe(`Authorization: Basic ${Buffer.from('ann:k:ü').toString('base64')}\r\n`);
    expect(compiled(auth)).toMatchObject({ isConstant: true, isSignature: false });
    const ofRow: Auth = { type: 'basic', username: '{{user}}', password: 'p' };
    expect(linesOf(ofRow, { user: 'bob' })).toBe(`Authorization: Basic ${btoa('bob:p')}\r\n`);
    expect(compiled(ofRow).isConstant).toBe(false);
  });

  it('is a bearer token, which begins no other header', () => {
    expect(linesOf({ type: 'bearer', token: '{{token}}' }, { token: 'a\r\nX-Evil: 1' })).toBe(
      'Authorization: Bearer a X-Evil: 1\r\n',
    );
    expect(compiled({ type: 'bearer', token: '{{secret.KEY}}' }).isConstant).toBe(true);
  });

  it('is the token that a client has at the time', () => {
    let token = 'first';
    const client: Auth = {
      type: 'oauth2',
      tokenUrl: '/token',
      clientId: 'a',
      clientSecret: 'b',
      clientAuthentication: 'header',
    };
    const auth = compiled(client, () => token);
    const lines = (): string => auth.lines({ iteration: 0, row: {} }, request);
    expect(lines()).toBe('Authorization: Bearer first\r\n');
    token = 'second';
    expect(lines()).toBe('Authorization: Bearer second\r\n');
    expect(auth.isConstant).toBe(false);
  });

  it('is a signature, of a key that is filled in', () => {
    const auth: Auth = {
      type: 'aws-sigv4',
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: '{{key}}',
      region: 'us-east-1',
      service: 'service',
    };
    const row = { key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
    expect(linesOf(auth, row)).toContain('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
    expect(compiled(auth)).toMatchObject({ isConstant: false, isSignature: true });
  });
});
