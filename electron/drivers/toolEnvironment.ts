import { withoutSecrets } from '../secrets/environment';

/**
 * Variables that would make the load differ from what the run document says: proxies, and the options of k6, which take
 * precedence over those of the script (grafana.com/docs/k6, "Order of precedence").
 */
const misleading = /^(https?_proxy|all_proxy|no_proxy|k6_.*)$/i;

/** The environment of a tool: that of this process, without secrets and without variables that change the load. */
export function toolEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => !misleading.test(name)));
}
