/** How a climb of the levels ended: before a locked level, with a run that did not complete, or at the top. */
export type ClimbEnd =
  | { kind: 'locked'; level: number; reason: string }
  | { kind: 'ended'; level: number }
  | { kind: 'top' };

/** Describes the end of a climb in a sentence. */
export function describeClimbEnd(end: ClimbEnd): string {
  switch (end.kind) {
    case 'locked':
      return `Level ${end.level} stays locked. ${end.reason}`;
    case 'ended':
      return `The climb ended at level ${end.level}: its run did not complete.`;
    case 'top':
      return 'Levels 0 to 6 have been run.';
  }
}
