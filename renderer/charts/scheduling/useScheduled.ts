import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ElementWork, RenderScheduler } from './renderScheduler';

/** One scheduler for the window, so that only one of its charts is updated in each frame. */
const scheduler = new RenderScheduler((callback) => requestAnimationFrame(callback));

/**
 * Schedules `work` whenever it changes, as soon as the element is visible. `unseen` work does not wait for that.
 * Undefined means no work.
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
 * A value as of the last scheduled update of an element that must exist from the start. An invisible element gets no
 * updates while the value is `moving`. It always gets the last value, for screen readers.
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
