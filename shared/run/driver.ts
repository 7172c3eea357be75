import { z } from 'zod';

/** Other tools that can generate the load of a run. */
export const toolDrivers = ['k6', 'artillery'] as const;
export type ToolDriver = (typeof toolDrivers)[number];

/** The names of tools in sentences. */
export const toolNames: Readonly<Record<ToolDriver, string>> = { k6: 'k6', artillery: 'Artillery' };

/** The tool that generated the load of a run instead of Proofload's own generator. */
export const driverSchema = z.object({
  tool: z.enum(toolDrivers),
  /** As reported by the tool. */
  version: z.string().max(200),
});
export type Driver = z.infer<typeof driverSchema>;
