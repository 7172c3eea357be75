import { type OperationMix, type OperationName, operationNames } from '../../../shared/scenario/schema';
import type { Random } from '../../../shared/statistics/random';

/** Draws operations with the weights of the mix. */
export function operationDrawer(mix: OperationMix, random: Random): () => OperationName {
  const total = operationNames.reduce((sum, name) => sum + mix[name], 0);
  const drawable = operationNames.filter((name) => mix[name] > 0);
  const [first = 'read'] = drawable;
  return () => {
    let rest = random() * total;
    for (const name of drawable) {
      rest -= mix[name];
      if (rest < 0) return name;
    }
    return first;
  };
}
