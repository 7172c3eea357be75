/**
 * Returns the order of the variants in a block: ABBA for two, rotated for more, with every second block reversed, so
 * that a machine that gets steadily slower or faster favours none of them. A block contains each variant once.
 */
export function blockOrder(block: number, variants: number): number[] {
  const rotation = Math.floor(block / 2) % variants;
  const turned =
    variants === 2 ? [0, 1] : Array.from({ length: variants }, (_, index) => (index + rotation) % variants);
  return block % 2 === 0 ? turned : turned.reverse();
}

/** When an experiment evaluates its result, and the share of the accepted false alarms for this look. */
export interface Look {
  pairs: number;
  alpha: number;
}

const alpha = 0.05;

/**
 * Returns one look at the planned number of pairs, and two more when the experiment may continue until it is sure. The
 * shares add up to 5 %, so that repeated looks cause no more false alarms than a single one (Bonferroni).
 */
export function looksOf(pairs: number, untilSure: boolean): Look[] {
  if (!untilSure) return [{ pairs, alpha }];
  return [
    { pairs, alpha: alpha * 0.6 },
    { pairs: Math.ceil(pairs * 1.5), alpha: alpha * 0.2 },
    { pairs: pairs * 2, alpha: alpha * 0.2 },
  ];
}
