import { z } from 'zod';
import { gcName, idleName, placeOf } from './frames';

/**
 * A CPU profile in V8's format, which Chrome and other tools read (.cpuprofile; DevTools protocol, Profiler.Profile).
 */
export const cpuProfileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({
        functionName: z.string(),
        scriptId: z.string(),
        url: z.string(),
        /** Counts from 0. */
        lineNumber: z.int(),
        columnNumber: z.int(),
      }),
      hitCount: z.int().optional(),
      children: z.array(z.int()).optional(),
    }),
  ),
  /** Microseconds on the profiler's clock. */
  startTime: z.number(),
  endTime: z.number(),
  /** The node at the top of the stack at each sample, and the time since the previous sample, in microseconds. */
  samples: z.array(z.int()),
  timeDeltas: z.array(z.int()),
});
export type CpuProfile = z.infer<typeof cpuProfileSchema>;

/** The summary of a profile in a run document. The profile itself is stored separately. */
export const profileSummarySchema = z.object({
  durationMs: z.number(),
  samples: z.int(),
  /** The shares of idle time and of garbage collection. */
  idleShare: z.number(),
  gcShare: z.number(),
  /** The functions with the most self time, as a share of the busy time. */
  top: z.array(z.object({ functionName: z.string(), place: z.string(), selfShare: z.number() })),
});
export type ProfileSummary = z.infer<typeof profileSummarySchema>;

const topCount = 15;

/** Summarises a profile. The time of a sample belongs to the function at the top of the stack. */
export function summariseProfile({ nodes, samples, timeDeltas, startTime, endTime }: CpuProfile): ProfileSummary {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const selfUs = new Map<string, { functionName: string; place: string; us: number }>();
  let totalUs = 0;
  for (const [index, id] of samples.entries()) {
    const us = timeDeltas[index] ?? 0;
    totalUs += us;
    const { functionName, url, lineNumber } = frames.get(id) ?? { functionName: '(unknown)', url: '', lineNumber: 0 };
    const place = placeOf(url, lineNumber);
    const key = `${functionName} ${url}:${lineNumber}`;
    const known = selfUs.get(key) ?? { functionName: functionName || '(anonymous)', place, us: 0 };
    known.us += us;
    selfUs.set(key, known);
  }
  const all = [...selfUs.values()];
  const usOf = (name: string): number => all.find(({ functionName }) => functionName === name)?.us ?? 0;
  const busyUs = totalUs - usOf(idleName);
  const busy = all.filter(({ functionName }) => functionName !== idleName).sort((a, b) => b.us - a.us);
  return {
    durationMs: (endTime - startTime) / 1_000,
    samples: samples.length,
    idleShare: totalUs > 0 ? usOf(idleName) / totalUs : 0,
    gcShare: totalUs > 0 ? usOf(gcName) / totalUs : 0,
    top: busy
      .slice(0, topCount)
      .map(({ functionName, place, us }) => ({ functionName, place, selfShare: busyUs > 0 ? us / busyUs : 0 })),
  };
}
