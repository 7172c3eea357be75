import { z } from 'zod';
import { PartProfile } from './partProfile';

const schema = z.object({
  parts: z.array(z.string()),
  buckets: z.array(z.int().nonnegative()),
  counts: z.array(z.int().nonnegative()),
  sumsUs: z.array(z.number()),
});

/** Serialises a profile as JSON, with sums in whole microseconds. */
export function partProfileToText(profile: PartProfile): string {
  const { parts, buckets, counts, sumsUs } = profile.toSparse();
  return JSON.stringify({
    parts,
    buckets: [...buckets],
    counts: [...counts],
    sumsUs: Array.from(sumsUs, (sum) => Math.round(sum)),
  });
}

/** Parses the result of {@link partProfileToText}. Throws ZodError, SyntaxError. */
export function partProfileFromText(text: string): PartProfile {
  const { parts, buckets, counts, sumsUs } = schema.parse(JSON.parse(text));
  const profile = new PartProfile();
  profile.mergeSparse({
    parts,
    buckets: Uint16Array.from(buckets),
    counts: Uint32Array.from(counts),
    sumsUs: Float64Array.from(sumsUs),
  });
  return profile;
}
