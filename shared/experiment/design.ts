/**
 * The order of the variants in a block: ABBA for two, rotated for more, every second block reversed, so that a machine
 * that gets steadily slower or faster is no advantage for any of them. A block holds each variant once.
 */
export function blockOrder(block: number, variants: number): number[] {
  const rotation = Math.floor(block / 2) % variants;
  const turned =
    variants === 2 ? [0, 1] : Array.from({ length: variants }, (_, index) => (index + rotation) % variants);
  return block % 2 === 0 ? turned : turned.reverse();
}

/** When an experiment looks at its result, and which share of the false alarms that it may raise each look gets. */
export interface Look {
  pairs: number;
  alpha: number;
}

const alpha = 0.05;

/**
 * One look at the planned number of pairs or, when it may go on until it is sure, two more: the shares add up to 5 %,
 * so that looking again and again raises no more false alarms than looking once (Bonferroni).
 */
export function looksOf(pairs: number, untilSure: boolean): Look[] {
  if (!untilSure) return [{ pairs, alpha }];
  return [
    { pairs, alpha: alpha * 0.6 },
    { pairs: Math.ceil(pairs * 1.5), alpha: alpha * 0.2 },
    { pairs: pairs * 2, alpha: alpha * 0.2 },
  ];
}
