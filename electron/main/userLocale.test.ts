import { expect, it } from 'vitest';
import { userLocale } from './userLocale';

it.each([
  ['of the system', 'de-CH', {}, 'de-CH'],
  ['as POSIX writes it', 'en_GB.UTF-8', {}, 'en-GB'],
  ['that the user has chosen', 'en-US', { PROOFLOAD_LOCALE: 'fr-FR' }, 'fr-FR'],
  ['of a system that has chosen none', 'en-US', { PROOFLOAD_LOCALE: '' }, 'en-US'],
  ['that is none', 'C', {}, undefined],
  ['of a system that does not say', '', {}, undefined],
  ['that nobody speaks', 'xx-QQ', {}, undefined],
])('a locale %s', (_which, system, env, expected) => {
  expect(userLocale(system, env)).toBe(expected);
});
