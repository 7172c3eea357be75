import { expect, it } from 'vitest';
import { engineConfig } from '../engines/config';
import { urlTargetSchema } from '../run/target';
import { scenarioRequestSchema } from '../scenario/requests';
import { secretNamesOf } from './runSecrets';

const target = urlTargetSchema.parse({
  kind: 'url',
  url: 'http://u:{{secret.USERINFO}}@127.0.0.1/{{secret.BASE}}',
  headers: [['Authorization', 'Bearer {{secret.HEADER}}']],
  body: 'k={{secret.BODY}}',
});

it('finds those of a proxy', () => {
  const proxy = 'http://{{secret.USER}}:{{secret.PASSWORD}}@127.0.0.1:3128';
  expect(secretNamesOf({ proxy }, { ...target, url: 'http://127.0.0.1/', headers: [], body: undefined })).toEqual([
    'USER',
    'PASSWORD',
  ]);
});

it('finds every place of a request and of a target', () => {
  const requests = [
    {
      url: '/{{secret.PATH}}?q={{secret.QUERY}}&c={{customer}}',
      headers: { 'X-Key': '{{ secret.HEADER }}{{secret.OWN}}' },
      body: { deep: [{ '{{secret.KEY}}': '{{secret.VALUE}}' }] },
    },
    { url: '/', method: 'POST', body: '{{secret.TEXT}}' },
  ].map((request) => scenarioRequestSchema.parse(request));
  expect(secretNamesOf({ requests }, target)).toEqual([
    'PATH',
    'QUERY',
    'HEADER',
    'OWN',
    'KEY',
    'VALUE',
    'TEXT',
    'USERINFO',
    'BASE',
    'BODY',
  ]);
});

it('finds none where none is', () => {
  expect(secretNamesOf({ requests: undefined }, engineConfig('memory'))).toEqual([]);
});
