import { describe, expect, it } from 'vitest';
import { fields, level, storedDocument } from '../../../tests/support/factories';
import { DocumentWorkload, wrongAnswer } from './documentWorkload';
import type { PlannedRequest, ReceivedResponse } from './workload';

const scenario = level('level-2');

function answer(status: number, body: unknown): ReceivedResponse {
  return { status, header: () => undefined, text: () => (typeof body === 'string' ? body : JSON.stringify(body)) };
}

/** The next request of an operation, and the tenant and id that its path names. */
function nextOf(
  workload: DocumentWorkload,
  operation: string,
): { request: PlannedRequest; tenant: string; id: string } {
  for (;;) {
    const request = workload.next();
    if (request.operation !== operation) continue;
    const [, tenant = '', id = ''] = /tenants\/([^/]+)\/documents\/?([^? ]*)/.exec(request.wire.head) ?? [];
    return { request, tenant, id };
  }
}

describe('DocumentWorkload', () => {
  it('draws operations with the weights of the report', () => {
    const workload = new DocumentWorkload(scenario, 'host');
    const counts: Record<string, number> = {};
    for (let index = 0; index < 20_000; index += 1) {
      const { operation } = workload.next();
      counts[operation] = (counts[operation] ?? 0) + 1;
    }
    for (const [operation, share] of Object.entries({ read: 0.64, query: 0.2, update: 0.12, insert: 0.04 })) {
      expect(Math.abs((counts[operation] ?? 0) / 20_000 - share)).toBeLessThan(0.01);
    }
  });

  it('is the same for the same seed', () => {
    const heads = () => {
      const workload = new DocumentWorkload(scenario, 'host');
      return Array.from({ length: 50 }, () => workload.next().wire);
    };
    expect(heads()).toEqual(heads());
  });

  it('accepts right answers and remembers acknowledged writes, the newest of each document', () => {
    const workload = new DocumentWorkload(scenario, 'host');
    const read = nextOf(workload, 'read');
    expect(read.request.check(answer(200, storedDocument({ tenant: read.tenant, id: read.id })))).toBeUndefined();
    const update = nextOf(workload, 'update');
    expect(update.request.check(answer(200, { tenant: update.tenant, id: update.id, version: 2 }))).toBeUndefined();
    const insert = nextOf(workload, 'insert');
    expect(insert.request.check(answer(201, { tenant: insert.tenant, id: 'new', version: 1 }))).toBeUndefined();
    const titles = [update, insert].map(({ request }) => JSON.parse(String(request.wire.body)).title);
    expect(workload.ledger.acknowledgedWrites()).toEqual([
      { tenant: insert.tenant, id: 'new', version: 1, title: titles[1] },
      { tenant: update.tenant, id: update.id, version: 2, title: titles[0] },
    ]);
  });

  it.each([
    ['another tenant', (tenant: string, id: string) => storedDocument({ tenant: `${tenant}x`, id })],
    ['another document', (tenant: string, id: string) => storedDocument({ tenant, id: `${id}x` })],
    ['no document', () => ({ hello: 'world' })],
    ['no JSON', () => '<html>'],
  ])('calls a read of %s a wrong answer', (_what, body) => {
    const workload = new DocumentWorkload(scenario, 'host');
    const { request, tenant, id } = nextOf(workload, 'read');
    expect(request.check(answer(200, body(tenant, id)))).toBe(wrongAnswer);
    expect(workload.ledger.violations).toBe(1);
    expect(workload.ledger.violationExamples[0]).toContain(tenant);
  });

  it('calls a read that is older than an acknowledged write a wrong answer', () => {
    const workload = new DocumentWorkload(
      { ...scenario, dataset: { tenants: 1, documentsPerTenant: 1, documentBytes: 500 } },
      'host',
    );
    const before = nextOf(workload, 'read');
    const update = nextOf(workload, 'update');
    update.request.check(answer(200, { tenant: update.tenant, id: update.id, version: 5 }));
    const after = nextOf(workload, 'read');
    const old = answer(200, storedDocument({ tenant: update.tenant, id: update.id, version: 4 }));
    expect(before.request.check(old)).toBeUndefined();
    expect(after.request.check(old)).toBe(wrongAnswer);
  });

  it('calls two writes with one version a wrong answer', () => {
    const workload = new DocumentWorkload(
      { ...scenario, dataset: { tenants: 1, documentsPerTenant: 1, documentBytes: 500 } },
      'host',
    );
    const receipt = answer(200, { tenant: 't00', id: 'd00000', version: 2 });
    expect(nextOf(workload, 'update').request.check(receipt)).toBeUndefined();
    expect(nextOf(workload, 'update').request.check(receipt)).toBe(wrongAnswer);
  });

  it('calls a query that returns foreign, unasked or too many documents a wrong answer', () => {
    const workload = new DocumentWorkload(scenario, 'host');
    const { request, tenant } = nextOf(workload, 'query');
    const status = /status=(\w+)/.exec(request.wire.head)?.[1];
    const one = { ...storedDocument(), ...fields(), tenant, status };
    expect(request.check(answer(200, { documents: [one] }))).toBeUndefined();
    expect(request.check(answer(200, { documents: [{ ...one, tenant: 'other' }] }))).toBe(wrongAnswer);
    expect(
      request.check(answer(200, { documents: [{ ...one, status: status === 'draft' ? 'review' : 'draft' }] })),
    ).toBe(wrongAnswer);
    expect(request.check(answer(200, { documents: Array.from({ length: 21 }, () => one) }))).toBe(wrongAnswer);
  });

  it('names a status that it did not expect', () => {
    const workload = new DocumentWorkload(scenario, 'host');
    expect(nextOf(workload, 'read').request.check(answer(503, ''))).toBe('status-503');
    expect(workload.ledger.checked).toBe(0);
  });
});
