import type { Random } from '../../../shared/statistics/random';

/** Returns a function that draws things by weight. At least one weight must be above 0. */
export function weightedDraw<Thing>(
  things: readonly (readonly [thing: Thing, weight: number])[],
  random: Random,
): () => Thing {
  const drawable = things.filter(([, weight]) => weight > 0);
  const total = drawable.reduce((sum, [, weight]) => sum + weight, 0);
  const [first] = drawable;
  if (!first) throw new RangeError('there is nothing to draw from');
  if (drawable.length === 1) return () => first[0];
  return () => {
    let rest = random() * total;
    for (const [thing, weight] of drawable) {
      rest -= weight;
      if (rest < 0) return thing;
    }
    return first[0];
  };
}
