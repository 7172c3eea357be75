import { k6BaseVariable } from '../report/exporters/k6Script';
import { withoutSecrets } from '../secrets/environment';

/**
 * Variables that would make the load differ from what the run document says: proxies; the options of k6, which take
 * precedence over those of the script (grafana.com/docs/k6, "Order of precedence"); the server that an exported script
 * of k6 loads in the place of its own; and what makes Node.js trust every certificate.
 */
const misleading = new RegExp(
  `^(https?_proxy|all_proxy|no_proxy|k6_.*|${k6BaseVariable}|node_tls_reject_unauthorized)$`,
  'i',
);

/** The environment of a tool: that of this process, without secrets and without variables that change the load. */
export function toolEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => !misleading.test(name)));
}
