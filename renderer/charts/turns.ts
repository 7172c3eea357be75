import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Work that waits for its turn, by the element that it is for. */
const waiting = new Map<Element, () => void>();

function doNext(): void {
  const [next] = waiting;
  if (!next) return;
  const [element, work] = next;
  waiting.delete(element);
  if (waiting.size > 0) requestAnimationFrame(doNext);
  work();
}

/**
 * Has `work` done whenever it is another, as soon as the element is in sight, or, if it is `unseen`, in any case;
 * undefined is nothing to do. Of all work one is done in each frame: a second of a run changes ten charts, and together
 * they would keep the window from answering.
 */
export function useWorkInTurn(
  element: RefObject<Element | null>,
  work: (() => void) | undefined,
  unseen = false,
): void {
  const latest = useRef<(() => void) | undefined>(undefined);
  const isInSight = useRef(false);
  const enqueue = useCallback(() => {
    const worked = element.current;
    if (!worked || !latest.current || !(isInSight.current || unseen)) return;
    if (waiting.size === 0) requestAnimationFrame(doNext);
    waiting.set(worked, latest.current);
    latest.current = undefined;
  }, [element, unseen]);
  useEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const observer = new IntersectionObserver((entries) => {
      isInSight.current = entries.at(-1)?.isIntersecting ?? false;
      enqueue();
    });
    observer.observe(observed);
    return () => {
      observer.disconnect();
      waiting.delete(observed);
    };
  }, [element, enqueue]);
  useEffect(() => {
    latest.current = work;
    enqueue();
  }, [work, enqueue]);
}

/**
 * A value as it was at the last turn of an element that must be there from the start. It gets none out of sight as long
 * as the value is `moving`; the last one it gets in any case, for those who read what they don't see.
 */
export function useValueInTurn<Value extends object>(
  element: RefObject<Element | null>,
  value: Value,
  moving: boolean,
): Value {
  const [taken, setTaken] = useState(value);
  const take = useCallback(() => setTaken(value), [value]);
  useWorkInTurn(element, taken === value ? undefined : take, !moving);
  return taken;
}
