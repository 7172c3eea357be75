import { describe, expect, it } from 'vitest';
import { traceIdSchema, traceUrlOf, traceUrlSchema } from './traceUrl';

const id = '0af7651916cd43dd8448eb211c80319c';

describe('the URL of a trace', () => {
  it.each([
    ['http://127.0.0.1:16686/trace/{traceId}', `http://127.0.0.1:16686/trace/${id}`],
    [
      'https://ui.honeycomb.io/team/datasets/shop/trace?trace_id={traceId}',
      `https://ui.honeycomb.io/team/datasets/shop/trace?trace_id=${id}`,
    ],
    [
      'https://grafana.test/explore?left={"queries":[{"query":"{traceId}"}]}',
      `https://grafana.test/explore?left={"queries":[{"query":"${id}"}]}`,
    ],
  ])('has the id where %s asks for it', (template, url) => {
    expect(traceUrlOf(traceUrlSchema.parse(template), id)).toBe(url);
  });

  it.each([
    'http://127.0.0.1:16686/trace',
    'file:///etc/{traceId}',
    'javascript:alert("{traceId}")',
    'http://{traceId}.test/',
    'http://{traceId}@test/',
    'http://user:word@test/{traceId}',
    '/trace/{traceId}',
  ])('is not %s', (template) => {
    expect(traceUrlSchema.safeParse(template).success).toBe(false);
  });

  it('takes nothing for an id that could lead elsewhere', () => {
    expect(traceIdSchema.safeParse(id).success).toBe(true);
    for (const other of ['', '../../admin', id.toUpperCase(), '0'.repeat(32)])
      expect(traceIdSchema.safeParse(other).success).toBe(false);
  });
});
