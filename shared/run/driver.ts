import { z } from 'zod';

/** Other tools that can make the load of a run. */
export const toolDrivers = ['k6', 'artillery'] as const;
export type ToolDriver = (typeof toolDrivers)[number];

/** What a tool is called in sentences. */
export const toolNames: Readonly<Record<ToolDriver, string>> = { k6: 'k6', artillery: 'Artillery' };

/** The tool that made the load of a run in the place of our own generator. */
export const driverSchema = z.object({
  tool: z.enum(toolDrivers),
  /** As the tool tells it. */
  version: z.string().max(200),
});
export type Driver = z.infer<typeof driverSchema>;
