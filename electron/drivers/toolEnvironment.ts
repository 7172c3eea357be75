import { withoutSecrets } from '../secrets/environment';

/**
 * Variables that would send the load elsewhere, or make another one, than the run document says: proxies, and the options
 * of k6, which go before those of the script (grafana.com/docs/k6, "Order of precedence").
 */
const misleading = /^(https?_proxy|all_proxy|no_proxy|k6_.*)$/i;

/** The environment of a tool: that of this process without secrets, and without what changes the load. */
export function toolEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => !misleading.test(name)));
}
