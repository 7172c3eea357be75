import { z } from 'zod';
import { savedFilterSchema } from '../history/runQuery';
import { traceUrlSchema } from '../run/traceUrl';

export const themes = ['system', 'dark', 'light'] as const;
export const themeSchema = z.enum(themes);
export type Theme = z.infer<typeof themeSchema>;

/** A size of the history, in MB. */
export const historySizeSchema = z.int().min(50).max(1_000_000);
/** The size limit of the history, in MB; null means no limit. */
export const historyBudgetSchema = historySizeSchema.nullable();

/** The lanes that the timeline of a run can have, in order. */
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

/** The limits of a lane's height, in pixels. */
export const laneHeightPx = { least: 90, most: 600 } as const;

/** The user's settings of a timeline lane. */
const laneLookSchema = z.object({
  isShown: z.boolean(),
  heightPx: z.int().min(laneHeightPx.least).max(laneHeightPx.most),
});
export type LaneLook = z.infer<typeof laneLookSchema>;

/** The lanes that differ from their defaults. */
export const timelineSchema = z.partialRecord(z.enum(timelineLanes), laneLookSchema);
export type Timeline = z.infer<typeof timelineSchema>;

/** A port of this machine; 0 selects a free one. */
export const portSchema = z.int().min(0).max(65_535);
/** A receiver of OTLP/HTTP. Credentials are headers in the environment, so that none is stored here. */
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

/** Where the metrics of running tests are sent, and where their traces are shown. Null means nowhere. */
export const outputSettingsSchema = z.strictObject({
  /** The port of the Prometheus endpoint on 127.0.0.1. */
  prometheusPort: portSchema.nullable(),
  otlpUrl: receiverUrlSchema.nullable(),
  /** Whether requests to a URL carry a trace context. */
  traceContext: z.boolean(),
  traceUrl: traceUrlSchema.nullable(),
});
export type OutputSettings = z.infer<typeof outputSettingsSchema>;
export const noOutputs: OutputSettings = { prometheusPort: null, otlpUrl: null, traceContext: false, traceUrl: null };

/** The user's settings for all windows. */
export const preferencesSchema = z.object({
  theme: themeSchema,
  historyBudgetMb: historyBudgetSchema.default(null),
  // Lanes stored by another version must not invalidate all other settings.
  timeline: timelineSchema.catch({}).default({}),
  /** Filters of the History screen by name, in the order in which they were saved. */
  // Filters stored by another version must not invalidate all other settings.
  savedFilters: z.array(savedFilterSchema).catch([]).default([]),
  // The same applies to outputs.
  outputs: outputSettingsSchema.catch(noOutputs).default(noOutputs),
});
export type Preferences = z.infer<typeof preferencesSchema>;
