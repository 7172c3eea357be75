import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ElementWork, RenderScheduler } from './renderScheduler';

/** One for the window: of all its charts one is worked on in each frame. */
const scheduler = new RenderScheduler((callback) => requestAnimationFrame(callback));

/**
 * Has `work` done whenever it is another, in its turn, as soon as the element is in sight, or, if it is `unseen`, in any
 * case; undefined is nothing to do.
 */
export function useScheduledWork(
  element: RefObject<Element | null>,
  work: (() => void) | undefined,
  unseen = false,
): void {
  const scheduled = useRef<ElementWork>(undefined);
  useEffect(() => {
    const observed = element.current;
    if (!observed) return undefined;
    const own = new ElementWork(scheduler);
    scheduled.current = own;
    const observer = new IntersectionObserver((entries) => own.see(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(observed);
    return () => {
      observer.disconnect();
      own.cancel();
    };
  }, [element]);
  useEffect(() => scheduled.current?.offer(work, unseen), [work, unseen]);
}

/**
 * A value as it was at the last turn of an element that must be there from the start. It gets none out of sight as long
 * as the value is `moving`; the last one it gets in any case, for those who read what they don't see.
 */
export function useScheduledValue<Value extends object>(
  element: RefObject<Element | null>,
  value: Value,
  moving: boolean,
): Value {
  const [taken, setTaken] = useState(value);
  const take = useCallback(() => setTaken(value), [value]);
  useScheduledWork(element, taken === value ? undefined : take, !moving);
  return taken;
}
