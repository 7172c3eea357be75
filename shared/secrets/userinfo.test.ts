import { expect, it } from 'vitest';
import { fillUserinfo } from './userinfo';

const secretOf = (name: string): string | undefined => ({ USER: 'ann', PW: 'p@ss/w?#"\\:' })[name];

it('fills user and password so that the parser of URLs reads the values, and the host as it was', () => {
  const url = new URL(fillUserinfo('http://{{secret.USER}}:{{ secret.PW }}@127.0.0.1:80/{{secret.PW}}?a@b', secretOf));
  expect([url.username, decodeURIComponent(url.password), url.host]).toEqual(['ann', 'p@ss/w?#"\\:', '127.0.0.1']);
  expect(url.pathname + url.search).toBe('/%7B%7Bsecret.PW%7D%7D?a@b');
});

it.each([
  'http://127.0.0.1/{{secret.PW}}@x',
  'http://127.0.0.1?{{secret.PW}}@x',
  'http://a:{{secret.NONE}}@127.0.0.1/',
  '/{{secret.PW}}@x',
])('leaves %s', (url) => {
  expect(fillUserinfo(url, secretOf)).toBe(url);
});
