import { formatNumber } from '../units/format';
import type { Load } from './schema';
import { requiredMs } from './timing';

/** Where the stages of a load begin, in seconds of its measured part, with what each goes to; none of a steady load. */
export function stageMarks(load: Load): { t: number; name: string }[] {
  if (!('stages' in load)) return [];
  let atMs = 0;
  return load.stages.map(({ duration, target }) => {
    const t = atMs / 1_000;
    atMs += requiredMs(duration);
    return { t, name: `to ${formatNumber(target)}` };
  });
}
