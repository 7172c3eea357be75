import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOfMs } from '../../tests/support/factories';
import { decodeHdr, encodeHdr } from '../hdr/hdrCodec';
import { pack, unpack } from './packing';
import { inOrder, inSteps, packResponses, type SecondOfOperation, unpackResponses } from './responseBlocks';

function secondOf(t: number, operation: string, ...latenciesMs: number[]): SecondOfOperation {
  // As it is read of single histograms: with the least values of the buckets.
  return { t, operation, histogram: decodeHdr(encodeHdr(histogramOfMs(...latenciesMs))).toSparse() };
}

const seconds = fc
  .uniqueArray(
    fc.record({
      t: fc.integer({ min: 1, max: 1_500 }),
      operation: fc.constantFrom('read', 'query', '', 'Ünïcode \u{1f4a5}'),
      latenciesMs: fc.array(fc.double({ min: 0, max: 3e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
    }),
    { selector: ({ t, operation }) => `${t} ${operation}`, maxLength: 30 },
  )
  .map((list) => list.map(({ t, operation, latenciesMs }) => secondOf(t, operation, ...latenciesMs)));

describe('response times in blocks', () => {
  it('come back bucket by bucket, in the order of the seconds', () => {
    fc.assert(
      fc.property(seconds, (list) => {
        const blocks = packResponses(list);
        expect(blocks.flatMap(({ packed }) => unpackResponses(packed))).toEqual(inOrder([...list]));
      }),
    );
  });

  it('come back in steps, as they were to be, in a block that tells its own steps', () => {
    fc.assert(
      fc.property(seconds, fc.constantFrom(64, 48, 32, 16), (list, perDoubling) => {
        const blocks = packResponses(list, perDoubling);
        expect(blocks.every(({ stepShare }) => stepShare === 1 / perDoubling)).toBe(true);
        expect(blocks.flatMap(({ packed }) => unpackResponses(packed))).toEqual(
          inSteps(inOrder([...list]), perDoubling),
        );
      }),
    );
  });

  it('hold ten minutes each', () => {
    const list = [1, 600, 601, 1_200, 3_000].map((t) => secondOf(t, 'read', t));
    expect(packResponses(list).map(({ fromT }) => fromT)).toEqual([1, 601, 2_401]);
    expect(packResponses([])).toEqual([]);
  });

  it('count as many requests as a bucket can hold', () => {
    const histogram = { ...histogramOfMs(1).toSparse(), counts: Uint32Array.of(2 ** 32 - 1) };
    const [block] = packResponses([{ t: 1, operation: 'read', histogram }]);
    expect(block && unpackResponses(block.packed)[0]?.histogram.count).toBe(2 ** 32 - 1);
  });

  it.each([undefined, 32])(
    'are refused when they are cut short or hold more than they say, in steps: %s',
    (perDoubling) => {
      const [block] = packResponses([secondOf(1, 'read', 1, 2, 3), secondOf(2, 'read', 1)], perDoubling);
      const bytes = unpack(block?.packed ?? Buffer.alloc(0));
      // A block in steps that is cut after its first byte is an empty one.
      for (let length = perDoubling ? 2 : 0; length < bytes.length; length += 1)
        expect(() => unpackResponses(pack(bytes.subarray(0, length), 'quick'))).toThrow(TypeError);
      expect(() => unpackResponses(pack(Buffer.concat([bytes, Buffer.of(0)]), 'quick'))).toThrow(/more than it says/);
      // An operation whose name is longer than the block, and a number without an end.
      expect(() => unpackResponses(pack(Buffer.of(1, 0xff, 0xff, 0x7f), 'quick'))).toThrow(/cut short/);
      expect(() => unpackResponses(pack(Buffer.alloc(20, 0xff), 'quick'))).toThrow(/cut short/);
    },
  );
});
