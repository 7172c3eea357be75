import {
  type OutputSettings,
  outputSettingsSchema,
  portSchema,
  receiverUrlSchema,
} from '../../../shared/ipc/preferences';
import { traceUrlSchema } from '../../../shared/run/traceUrl';

/** The typed values of the output settings. An empty field means off. */
export interface OutputFields {
  prometheusPort: string;
  otlpUrl: string;
  traceContext: boolean;
  traceUrl: string;
}
type TextField = Exclude<keyof OutputFields, 'traceContext'>;

export function fieldsOf({ prometheusPort, otlpUrl, traceContext, traceUrl }: OutputSettings): OutputFields {
  return {
    prometheusPort: prometheusPort === null ? '' : String(prometheusPort),
    otlpUrl: otlpUrl ?? '',
    traceContext,
    traceUrl: traceUrl ?? '',
  };
}

function given(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

const checks: Readonly<Record<TextField, (text: string) => string | undefined>> = {
  prometheusPort: (text) =>
    /^\d+$/.test(text) && portSchema.safeParse(Number(text)).success
      ? undefined
      : 'A port is a number from 0 to 65535.',
  otlpUrl: (text) => problemOf(receiverUrlSchema.safeParse(text)),
  traceUrl: (text) => problemOf(traceUrlSchema.safeParse(text)),
};

function problemOf({ error }: { error?: { issues: readonly { message: string }[] } | undefined }): string | undefined {
  const message = error?.issues[0]?.message;
  return message === undefined ? undefined : `It ${message}.`;
}

/** The problem of a field, as a sentence. Undefined when it is empty or valid. */
export function problemIn(fields: OutputFields, field: TextField): string | undefined {
  const text = given(fields[field]);
  return text === null ? undefined : checks[field](text);
}

/** The typed settings. Undefined while one is invalid. */
export function settingsOf(fields: OutputFields): OutputSettings | undefined {
  const port = given(fields.prometheusPort);
  const parsed = outputSettingsSchema.safeParse({
    prometheusPort: port === null ? null : /^\d+$/.test(port) ? Number(port) : Number.NaN,
    otlpUrl: given(fields.otlpUrl),
    traceContext: fields.traceContext,
    traceUrl: given(fields.traceUrl),
  });
  return parsed.success ? parsed.data : undefined;
}
