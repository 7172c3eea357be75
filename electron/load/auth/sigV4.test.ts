import { describe, expect, it } from 'vitest';
import type { HttpMethod } from '../../../shared/run/target';
import { sigV4Lines } from './sigV4';

const key = {
  id: 'AKIDEXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  token: '',
  region: 'us-east-1',
  service: 'service',
};
const nowMs = Date.UTC(2015, 7, 30, 12, 36, 0);
const host = 'Host: example.amazonaws.com\r\n';
const unreserved = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = 'Content-Type: application/x-www-form-urlencoded';
const token =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

/** Test vectors of AWS's "Signature Version 4 Test Suite", with their names there. */
const vectors: readonly (readonly [
  name: string,
  request: string,
  headers: string,
  body: string | undefined,
  signed: string,
  signature: string,
])[] = [
  [
    'get-vanilla',
    'GET /',
    '',
    undefined,
    'host;x-amz-date',
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  ],
  [
    'get-header-key-duplicate',
    'GET /',
    'My-Header1: value2\r\nMy-Header1: value2\r\nMy-Header1: value1\r\n',
    undefined,
    'host;my-header1;x-amz-date',
    'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  ],
  [
    'get-header-value-order',
    'GET /',
    'My-Header1: value4\r\nMy-Header1: value1\r\nMy-Header1: value3\r\nMy-Header1: value2\r\n',
    undefined,
    'host;my-header1;x-amz-date',
    '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
  ],
  [
    'get-header-value-trim',
    'GET /',
    'My-Header1:  value1\r\nMy-Header2: "a   b   c"\r\n',
    undefined,
    'host;my-header1;my-header2;x-amz-date',
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
  [
    'get-unreserved',
    `GET /${unreserved}`,
    '',
    undefined,
    'host;x-amz-date',
    '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  ],
  [
    'get-vanilla-query-order-key-case',
    'GET /?Param2=value2&Param1=value1',
    '',
    undefined,
    'host;x-amz-date',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-vanilla-query-unreserved',
    `GET /?${unreserved}=${unreserved}`,
    '',
    undefined,
    'host;x-amz-date',
    '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  ],
  [
    'get-vanilla-utf8-query',
    'GET /?%E1%88%B4=bar',
    '',
    undefined,
    'host;x-amz-date',
    '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
  ],
  [
    'post-vanilla',
    'POST /',
    '',
    undefined,
    'host;x-amz-date',
    '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  ],
  [
    'post-vanilla-query',
    'POST /?Param1=value1',
    '',
    undefined,
    'host;x-amz-date',
    '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
  ],
  [
    'post-header-value-case',
    'POST /',
    'My-Header1: VALUE1\r\n',
    undefined,
    'host;my-header1;x-amz-date',
    'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  ],
  [
    'post-x-www-form-urlencoded',
    'POST /',
    `${form}\r\nContent-Length: 13\r\nUser-Agent: proofload\r\nAccept: */*\r\n`,
    'Param1=value1',
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
  [
    'post-x-www-form-urlencoded-parameters',
    'POST /',
    `${form}; charset=utf8\r\n`,
    'Param1=value1',
    'content-type;host;x-amz-date',
    '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
  ],
];

function signed(request: string, headers: string, body: string | undefined, others: Partial<typeof key> = {}): string {
  const [verb, target = ''] = request.split(' ');
  const method: HttpMethod = verb === 'POST' ? 'POST' : 'GET';
  return sigV4Lines({ method, target, headers: host + headers, body }, { ...key, ...others }, nowMs);
}

const scope = 'Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';

describe('a signature of AWS, version 4', () => {
  it.each(vectors)('is that of the test suite: %s', (_name, request, headers, body, names, signature) => {
    expect(signed(request, headers, body)).toBe(
      `X-Amz-Date: 20150830T123600Z\r\nAuthorization: AWS4-HMAC-SHA256 ${scope}, SignedHeaders=${names}, Signature=${signature}\r\n`,
    );
  });

  it('has the token of temporary credentials in it: post-sts-header-before', () => {
    expect(signed('POST /', '', undefined, { token })).toBe(
      `X-Amz-Date: 20150830T123600Z\r\nX-Amz-Security-Token: ${token}\r\nAuthorization: AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead\r\n`,
    );
  });

  it('of bytes is that of the same text, and S3 is told their digest', () => {
    const about = { method: 'POST', target: '/', headers: host } as const;
    const bytes = { ...about, body: [Buffer.from('Param1'), Buffer.from('=value1')] };
    expect(sigV4Lines(bytes, key, nowMs)).toBe(sigV4Lines({ ...about, body: 'Param1=value1' }, key, nowMs));
    expect(sigV4Lines(bytes, { ...key, service: 's3' }, nowMs)).toContain(
      'X-Amz-Content-Sha256: 9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e\r\n',
    );
  });
});
