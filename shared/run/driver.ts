import { z } from 'zod';

/** Other tools that can generate the load of a run. */
export const toolDrivers = ['k6', 'artillery'] as const;
export type ToolDriver = (typeof toolDrivers)[number];

/** The names of tools in sentences. */
export const toolNames: Readonly<Record<ToolDriver, string>> = { k6: 'k6', artillery: 'Artillery' };

/** The places other than this machine where a tool can make a load. */
export const remotePlaces = ['kubernetes', 'fargate', 'lambda'] as const;
export type RemotePlace = (typeof remotePlaces)[number];

/** The names of places in sentences. */
export const placeNames: Readonly<Record<RemotePlace, string>> = {
  kubernetes: 'Kubernetes',
  fargate: 'AWS Fargate',
  lambda: 'AWS Lambda',
};

/** The tool that makes the load at a place. */
export const toolAt: Readonly<Record<RemotePlace, ToolDriver>> = {
  kubernetes: 'k6',
  fargate: 'artillery',
  lambda: 'artillery',
};

/** The tool that generated the load of a run instead of Proofload's own generator. */
export const driverSchema = z.object({
  tool: z.enum(toolDrivers),
  /** As reported by the tool, or as its image is named. */
  version: z.string().max(200),
  /** Where it ran, if not on this machine. Other places give imported results and no run. */
  on: z.literal('kubernetes').optional(),
});
export type Driver = z.infer<typeof driverSchema>;
