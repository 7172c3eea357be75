import type { MomentText } from '../sections/moments';

/** The mark of a moment in charts over time: the seconds from `fromS` to `toS`, and what happened in them. */
export interface MomentMark {
  fromS: number;
  toS: number;
  text: string;
}

/** The marks of a run without moments: the same list at every drawing. */
export const noMoments: readonly MomentMark[] = [];

/** Returns the marks of moments. Second `t` of a run lasts from `t - 1` to `t`. */
export function momentMarks(moments: readonly MomentText[]): readonly MomentMark[] {
  if (moments.length === 0) return noMoments;
  return moments.map(({ moment: { t, durationS }, time, text }) => ({
    fromS: t - 1,
    toS: t - 1 + durationS,
    text: `${time} ${text}`,
  }));
}
