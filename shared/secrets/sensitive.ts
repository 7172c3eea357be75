/*
 * What is a secret, by the name that it stands under and by its look. When in doubt it is one: what is hidden without
 * need can be read where it was typed, what is shown without need can't be taken back.
 */

/** Names that say it all, alone or as the last word: `auth`, `basic_auth`, `sid`. */
const lastWords = new Set(['auth', 'session', 'sid', 'sig', 'otp', 'totp', 'pin', 'pass', 'pw', 'authentication']);

/** Words that make any name that has one a secret's: `new-password`, `X-Amz-Security-Token`, `code_verifier`. */
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

/** What a key must be called to be a secret: an API key is one, a cache key and an idempotency key are none. */
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

/** The same in names without a mark between their words, as in `PHPSESSID` and `accesstoken`. */
const within =
  /password|passwd|passphrase|secret|apikey|accesskey|privatekey|sess(?:ion)?id|credential|authtoken|samlresponse|token$|^dpop$/;

/** Last words of names about a secret that are none: `token_type`, `password_policy`. */
const about = new Set(['type', 'types', 'count', 'limit', 'length', 'policy', 'endpoint', 'expiry', 'ttl', 'hint']);

/** `clientSecret`, `X-Api-Key`, `user[pass_word]`, `token2` taken apart, in lower case and without numbers at the end. */
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
 * Whether what stands under a name is a secret: a header, a part of a query or a form, a key of JSON, a column of data,
 * an element of XML.
 */
export function isSensitiveName(name: string): boolean {
  const parts = wordsOf(name);
  const last = parts.at(-1);
  if (last === undefined || (parts.length > 1 && about.has(last))) return false;
  if (lastWords.has(last) || parts.some((part) => words.has(part))) return true;
  if ((last === 'key' || last === 'keys') && parts.some((part) => keyWords.has(part))) return true;
  return within.test(parts.join(''));
}

/** Whether a value under a sensitive name is a number of something and no secret: `max_tokens: 100`. */
export function isCount(name: string, value: string): boolean {
  return /tokens$/i.test(name) && /^\d{1,9}$/.test(value);
}

/**
 * Values that tell what they are wherever they stand: JSON Web Tokens (RFC 7519), private keys (RFC 7468) and keys of
 * services whose first letters are fixed so that they can be found (GitHub, GitLab, Slack, Stripe, AWS, Google, npm).
 */
export const secretShape =
  /\beyJ[\w-]{8,4000}\.eyJ[\w-]{2,8000}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)|\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|(?:sk|rk)_(?:live|test)_\w{10,}|sk-[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_\w{30,})/g;

/** The schemes of `Authorization` whose name may stay when what follows is hidden (IANA, HTTP Authentication Schemes). */
export const authorizationScheme =
  /^(?:Basic|Bearer|Digest|DPoP|HOBA|Mutual|Negotiate|NTLM|OAuth|PrivateToken|SCRAM-SHA-1|SCRAM-SHA-256|Token|ApiKey|AWS4-HMAC-SHA256)\s+/i;
