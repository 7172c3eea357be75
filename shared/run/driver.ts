import { z } from 'zod';

/** Other tools that can generate the load of a run. */
export const toolDrivers = ['k6', 'artillery'] as const;
export type ToolDriver = (typeof toolDrivers)[number];

/** The names of tools in sentences. */
export const toolNames: Readonly<Record<ToolDriver, string>> = { k6: 'k6', artillery: 'Artillery' };

/** What can generate a load on this machine in the place of Proofload's generator: a tool, or k6 that Docker starts. */
export type OtherGenerator = ToolDriver | 'k6-docker';

/** Their names in the window. */
export const generatorNames: Readonly<Record<OtherGenerator, string>> = { ...toolNames, 'k6-docker': 'k6 in Docker' };

/** The version of k6 that scripts are written for. */
export const k6Version = '2.2.0';
/** The image of k6 where none is named. */
export const k6Image = `grafana/k6:${k6Version}`;

/** The places other than this machine where a tool can generate a load. */
export const remotePlaces = ['kubernetes', 'fargate', 'lambda'] as const;
export type RemotePlace = (typeof remotePlaces)[number];

/** The names of places in sentences. */
export const placeNames: Readonly<Record<RemotePlace, string>> = {
  kubernetes: 'Kubernetes',
  fargate: 'AWS Fargate',
  lambda: 'AWS Lambda',
};

/** The tool that generates the load at a place. */
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
  /** The image of its container, if Docker ran it on this machine. */
  image: z.string().max(500).optional(),
});
export type Driver = z.infer<typeof driverSchema>;
