/**
 * What an exported k6 script exports, as its own code sets it, without k6. `handleSummary` is undefined for a script
 * that has none.
 */
export function k6ExportsOf(script: string) {
  const body = script
    .replace(/^import .*$/gm, '')
    .replace(/^export default /gm, 'const iterate = ')
    .replace(/^export /gm, '');
  class Metric {}
  const given = {
    http: { setResponseCallback: () => {}, expectedStatuses: () => ({}) },
    Rate: Metric,
    ProofloadMetric: Metric,
    SharedArray: Array,
    exec: {},
    __ENV: { PROOFLOAD_SECRET_KEY: 'x' },
  };
  const summary = "typeof handleSummary === 'undefined' ? undefined : handleSummary";
  return new Function(...Object.keys(given), `${body}\nreturn { options, handleSummary: ${summary} };`)(
    ...Object.values(given),
  );
}
