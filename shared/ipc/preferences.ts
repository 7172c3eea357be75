import { z } from 'zod';
import { savedFilterSchema } from '../history/runQuery';
import { traceUrlSchema } from '../run/traceUrl';

export const themes = ['system', 'dark', 'light'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;

/** A size of the history, in MB. */
export const historySizeSchema = z.int().min(50).max(1_000_000);
/** The size that the history is held to, in MB; null for any. */
export const historyBudgetSchema = historySizeSchema.nullable();

/** The lanes that the timeline of a run may have, in their order. */
export const timelineLanes = [
  'response-time',
  'throughput',
  'heatmap',
  'cache',
  'errors',
  'parts',
  'processor',
  'event-loop',
  'memory',
] as const;
export type TimelineLane = (typeof timelineLanes)[number];

/** How high a lane may be, in pixels. */
export const laneHeightPx = { least: 90, most: 600 } as const;

/** How the user wants a lane of the timeline. */
const laneLookSchema = z.object({
  isShown: z.boolean(),
  heightPx: z.int().min(laneHeightPx.least).max(laneHeightPx.most),
});
export type LaneLook = z.infer<typeof laneLookSchema>;

/** The lanes that are not as they are without a choice. */
export const timelineSchema = z.partialRecord(z.enum(timelineLanes), laneLookSchema);
export type Timeline = z.infer<typeof timelineSchema>;

/** A port of this machine; 0 takes a free one. */
export const portSchema = z.int().min(0).max(65_535);
/** A receiver of OTLP/HTTP. Credentials are headers in the environment, so that none is kept here. */
export const receiverUrlSchema = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'must be an http(s) URL')
  .refine((text) => {
    const { username, password, search } = URL.canParse(text)
      ? new URL(text)
      : { username: '', password: '', search: '' };
    return username === '' && password === '' && search === '';
  }, 'must have neither a user nor a query: credentials are headers, in OTEL_EXPORTER_OTLP_HEADERS');

/** Where the figures of the runs of this app go while they go on, and where their traces are. Null is nowhere. */
export const outputSettingsSchema = z.strictObject({
  /** The port of the endpoint for Prometheus on 127.0.0.1. */
  prometheusPort: portSchema.nullable(),
  otlpUrl: receiverUrlSchema.nullable(),
  /** Whether requests to a URL carry a trace context. */
  traceContext: z.boolean(),
  traceUrl: traceUrlSchema.nullable(),
});
export type OutputSettings = z.infer<typeof outputSettingsSchema>;
export const noOutputs: OutputSettings = { prometheusPort: null, otlpUrl: null, traceContext: false, traceUrl: null };

/** What the user has chosen for all windows. */
export const preferencesSchema = z.object({
  theme: themeSchema,
  historyBudgetMb: historyBudgetSchema.default(null),
  // What another version has kept of lanes must not cost the user all other choices.
  timeline: timelineSchema.catch({}).default({}),
  /** Filters of the History screen by their names, in the order in which they were saved. */
  // What another version has kept of them must not cost the user all other choices.
  savedFilters: z.array(savedFilterSchema).catch([]).default([]),
  // So must what it has kept of outputs.
  outputs: outputSettingsSchema.catch(noOutputs).default(noOutputs),
});
export type Preferences = z.infer<typeof preferencesSchema>;
