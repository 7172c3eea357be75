declare module 'parse-prometheus-text-format' {
  /** The metrics of a text; the callers parse what comes out. */
  export default function parsePrometheusTextFormat(text: string): unknown;
}
