const percentiles = [0, 50, 90, 99, 99.9, 99.99, 99.999] as const;

/** Returns the position of a percentile on the axis of HdrHistogram's plots, on which each unit adds a nine. */
export function nines(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}

/** Returns the ticks of such an axis up to a percentile, with their labels. */
export function ninesTicks(last: number): [at: number, label: string][] {
  return percentiles
    .filter((percentile) => nines(percentile) <= nines(last) + 1e-9)
    .map((percentile) => [nines(percentile), `${percentile} %`]);
}
