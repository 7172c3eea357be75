import { describe, expect, it } from 'vitest';
import { slowRequest } from '../../../tests/support/factories';
import { slowestSection } from './slowest';

describe('the slowest requests in a report', () => {
  it('have their second, their parts and their status', () => {
    expect(slowestSection({ slowest: [slowRequest()] })).toEqual([
      {
        key: 'slowest',
        title: 'Slowest requests',
        blocks: [
          {
            kind: 'table',
            columns: [
              'Operation',
              'Ended at',
              'Response time',
              'Send lateness',
              'Send',
              'Waiting (TTFB)',
              'Receiving',
              'Status',
            ],
            rows: [{ label: 'read', cells: ['1:38', '179 ms', '0.10 ms', '0.10 ms', '178 ms', '1.00 ms', '200'] }],
          },
        ],
      },
    ]);
  });

  it('say why one counts as failed that was answered, and which trace it belongs to where one does', () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const slowest = [
      slowRequest({ status: 503, failure: 'status-503' }),
      slowRequest({ failure: 'check-failed', traceId }),
    ];
    const [section] = slowestSection({ slowest });
    expect(section?.blocks).toMatchObject([
      {
        columns: expect.arrayContaining(['Trace']),
        rows: [
          { cells: expect.arrayContaining(['503', '–']) },
          { cells: expect.arrayContaining(['200, check-failed', traceId]) },
        ],
      },
    ]);
  });

  it('are three of each operation, and say that the document has more', () => {
    const many = ['read', 'write'].flatMap((operation) => Array.from({ length: 5 }, () => slowRequest({ operation })));
    const [sentences, table] = slowestSection({ slowest: many })[0]?.blocks ?? [];
    expect(sentences).toEqual({
      kind: 'sentences',
      sentences: ['The slowest 3 of each operation; the run document has up to 20.'],
    });
    expect(table?.kind === 'table' && table.rows.map(({ label }) => label)).toEqual([
      'read',
      'read',
      'read',
      'write',
      'write',
      'write',
    ]);
  });

  it('are nowhere where none were kept', () => {
    expect(slowestSection({ slowest: [] })).toEqual([]);
  });
});
