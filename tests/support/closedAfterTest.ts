import { onTestFinished } from 'vitest';

/** Waits for a server or the like that is starting, and closes it after the test that started it. */
export async function closedAfterTest<Started extends { close: () => Promise<void> }>(
  starting: Promise<Started>,
): Promise<Started> {
  const started = await starting;
  onTestFinished(started.close);
  return started;
}
