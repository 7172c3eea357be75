/* Takes the place of electron/service/serverTiming.ts in a service that measures nothing of itself. */
import type {
  LoopHeld,
  PartTimer,
  ServerTiming as RealTiming,
  LoopUse as RealUse,
} from '../../../electron/service/serverTiming';

export const untimed: PartTimer = {
  add: () => {},
  hold: () => {},
  measure: (_part, work) => work(),
  measureAsync: (_part, work) => work(),
};

export class LoopUse implements Pick<RealUse, 'add' | 'take'> {
  add(): void {}

  take(): LoopHeld {
    return { loopHeldMs: {}, loopHeldMaxMs: {} };
  }
}

export class ServerTiming implements Pick<RealTiming, 'add' | 'hold' | 'measure' | 'measureAsync' | 'header'> {
  add(): void {}

  hold(): void {}

  measure<T>(_part: string, work: () => T): T {
    return work();
  }

  measureAsync<T>(_part: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  header(): string {
    return '';
  }
}
