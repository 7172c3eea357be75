import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runDocument, runInterval } from '../../tests/support/factories';
import { packDocument, unpackDocument } from './packedDocument';
import { pack, unpack } from './packing';

const efforts = ['quick', 'small'] as const;

describe('what is packed', () => {
  it.each(efforts)('comes back as it was, packed with effort "%s"', (effort) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect([...unpack(pack(bytes, effort))]).toEqual([...bytes]);
      }),
    );
    expect(unpack(pack('Umläute', effort)).toString('utf8')).toBe('Umläute');
  });

  it('is not read when any of its bytes is damaged', () => {
    const packed = pack('the seconds of a run, the seconds of a run, and the seconds of another run', 'small');
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const damaged = Buffer.from(packed);
        damaged.writeUInt8(damaged.readUInt8(place) ^ change, place);
        let read: string | undefined;
        try {
          read = unpack(damaged).toString('utf8');
        } catch {
          read = undefined;
        }
        // Bits that fill up the last byte of a stream mean nothing.
        expect([undefined, unpack(packed).toString('utf8')]).toContain(read);
      }),
    );
    expect(() => unpack(packed.subarray(0, packed.length - 3))).toThrow();
    expect(() => unpack(Buffer.alloc(0))).toThrow(/was not packed/);
    expect(() => unpack(Buffer.from([9, 0, 0, 0, 0, 1]))).toThrow(/was not packed/);
  });
});

describe('a packed document', () => {
  const intervals = Array.from({ length: 60 }, (_, second) =>
    runInterval({
      t: second + 1,
      rate: 200 + second / 7,
      errors: second % 9 === 0 ? { timeout: second } : {},
      parts: { network: second / 1_000, ...(second > 30 ? { 'server.commit': 0.1 } : {}) },
    }),
  );
  const document = runDocument({ intervals });

  it.each(efforts)('comes back as it was, packed with effort "%s"', (effort) => {
    expect(unpackDocument(packDocument(document, effort))).toEqual(JSON.parse(JSON.stringify(document)));
    const empty = { schema: 'proofload.result/1', id: 'r-1' };
    expect(unpackDocument(packDocument(empty, effort))).toEqual(empty);
    expect(unpackDocument(packDocument({ ...empty, intervals: [] }, effort))).toEqual({ ...empty, intervals: [] });
  });

  it('is read as version 5 of the history has written it', () => {
    expect(unpackDocument(deflateSync(JSON.stringify(document)))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('takes less than it took then', () => {
    const before = deflateSync(JSON.stringify(document)).length;
    expect(packDocument(document, 'small').length).toBeLessThan(before * 0.75);
  });
});
