import { childrenOf } from '../../electron/system/processes';

/** All processes below one, near and far. */
export function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}
