/*
 * Detects secrets by name and by shape. In doubt, a value is a secret: a value that is hidden unnecessarily is still
 * where the user typed it, but one that was shown cannot be taken back.
 */

/** Names of secrets, alone or as the last word: `auth`, `basic_auth`, `sid`. */
const lastWords = new Set(['auth', 'session', 'sid', 'sig', 'otp', 'totp', 'pin', 'pass', 'pw', 'authentication']);

/** Words that mark any name as a secret: `new-password`, `X-Amz-Security-Token`, `code_verifier`. */
const words = new Set([
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'secret',
  'secrets',
  'token',
  'tokens',
  'jwt',
  'bearer',
  'credential',
  'credentials',
  'authorization',
  'cookie',
  'cookies',
  'signature',
  'apikey',
  'verifier',
  'assertion',
  'hmac',
]);

/** Words that make a key a secret. An API key is one; cache keys and idempotency keys are not. */
const keyWords = new Set([
  'api',
  'access',
  'private',
  'secret',
  'subscription',
  'functions',
  'signing',
  'encryption',
  'master',
  'auth',
  'client',
  'consumer',
  'account',
  'shared',
  'license',
  'session',
  'app',
  'application',
  'server',
  'service',
  'admin',
  'write',
  'routing',
  'integration',
  'deploy',
]);

/** The same for names without separators between words, such as `PHPSESSID` and `accesstoken`. */
const within =
  /password|passwd|passphrase|secret|apikey|accesskey|privatekey|sess(?:ion)?id|credential|authtoken|samlresponse|token$|^dpop$/;

/** Last words of names that describe a secret and are not one: `token_type`, `password_policy`. */
const about = new Set(['type', 'types', 'count', 'limit', 'length', 'policy', 'endpoint', 'expiry', 'ttl', 'hint']);

/**
 * Splits names such as `clientSecret`, `X-Api-Key`, `user[pass_word]` and `token2` into lower-case words without
 * trailing digits.
 */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((part) => part.replace(/\d+$/, ''))
    .filter(Boolean);
}

/**
 * Whether values with this name are secrets. It can be a header, a query or form parameter, a JSON key, a data column
 * or an XML element.
 */
export function isSensitiveName(name: string): boolean {
  const parts = wordsOf(name);
  const last = parts.at(-1);
  if (last === undefined || (parts.length > 1 && about.has(last))) return false;
  if (lastWords.has(last) || parts.some((part) => words.has(part))) return true;
  if ((last === 'key' || last === 'keys') && parts.some((part) => keyWords.has(part))) return true;
  return within.test(parts.join(''));
}

/** Whether a value with a sensitive name is a count and not a secret: `max_tokens: 100`. */
export function isCount(name: string, value: string): boolean {
  return /tokens$/i.test(name) && /^\d{1,9}$/.test(value);
}

/**
 * Values that are recognisable anywhere: JSON Web Tokens (RFC 7519), private keys (RFC 7468), and service keys with a
 * fixed prefix (GitHub, GitLab, Slack, Stripe, AWS, Google, npm).
 */
export const secretShape =
  /\beyJ[\w-]{8,4000}\.eyJ[\w-]{2,8000}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|(?:sk|rk)_(?:live|test)_\w{10,}|sk-[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_\w{30,})/g;

/** The `Authorization` schemes that stay visible before hidden credentials (IANA, HTTP Authentication Schemes). */
export const authorizationScheme =
  /^(?:Basic|Bearer|Digest|DPoP|HOBA|Mutual|Negotiate|NTLM|OAuth|PrivateToken|SCRAM-SHA-1|SCRAM-SHA-256|Token|ApiKey|AWS4-HMAC-SHA256)\s+/i;
