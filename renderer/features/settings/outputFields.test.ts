import { describe, expect, it } from 'vitest';
import { noOutputs } from '../../../shared/ipc/preferences';
import { fieldsOf, problemIn, settingsOf } from './outputFields';

const empty = fieldsOf(noOutputs);

describe('the form of outputs', () => {
  it('is empty where nothing is set, and says what is typed', () => {
    expect(settingsOf(empty)).toEqual(noOutputs);
    const outputs = {
      prometheusPort: 0,
      otlpUrl: 'http://127.0.0.1:4318',
      traceContext: true,
      traceUrl: 'http://127.0.0.1:16686/trace/{traceId}',
    };
    expect(settingsOf(fieldsOf(outputs))).toEqual(outputs);
    expect(settingsOf({ ...empty, otlpUrl: ' http://127.0.0.1:4318 ' })).toMatchObject({
      otlpUrl: 'http://127.0.0.1:4318',
    });
  });

  it.each([
    ['prometheusPort', '70000', 'A port is a number from 0 to 65535.'],
    ['prometheusPort', '1e3', 'A port is a number from 0 to 65535.'],
    ['otlpUrl', 'collector:4318', 'It must be an http(s) URL.'],
    [
      'otlpUrl',
      'http://user:word@collector:4318',
      'It must have neither a user nor a query: credentials are headers, in OTEL_EXPORTER_OTLP_HEADERS.',
    ],
    ['traceUrl', 'http://127.0.0.1/trace', 'It must have {traceId} where the id of the trace goes.'],
  ] as const)('says what is wrong with %s %s, and takes none of it', (field, text, problem) => {
    expect(problemIn({ ...empty, [field]: text }, field)).toBe(problem);
    expect(settingsOf({ ...empty, [field]: text })).toBeUndefined();
    expect(problemIn(empty, field)).toBeUndefined();
  });
});
